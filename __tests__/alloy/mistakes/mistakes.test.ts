import { definitions } from "../../../imports/alloy/definitions";
import { check, parse } from "../../../lib/alloy";
import { mistakesIn, tables } from "./mistakes";

const all = tables.flatMap(mistakesIn);

/** What is said of a config: errors, and warnings. */
function said(text: string): readonly string[] {
  return check(parse(text), { definitions }).map(
    ({ at, severity, message }) => `${at}: ${severity === "warning" ? "warning: " : ""}${message}`,
  );
}

function isError(line: string): boolean {
  return !/^\d+:\d+: warning: /.test(line);
}

describe.each(tables)("mistakes of %s", (table) => {
  test.each(mistakesIn(table))("are said where they are: $bad", ({ bad, says, good }) => {
    const lines = said(bad);
    expect(lines.filter(isError)).toEqual(says.filter(isError));
    expect(lines).toEqual(expect.arrayContaining([...says]));
    expect(lines.join()).not.toContain("hunter2");
    const ofGood = said(good);
    expect(ofGood.filter(isError)).toEqual([]);
    expect(ofGood.filter((line) => says.includes(line))).toEqual([]);
  });
});

test("there are more than a hundred, a third of which stop Alloy at its start alone, and some that nobody finds", () => {
  expect(new Set(all.map(({ bad }) => bad)).size).toBeGreaterThanOrEqual(100);
  const count = (by: string) => all.filter((one) => one.by === by).length;
  expect({ validate: count("validate"), run: count("run"), nobody: count("nobody") }).toMatchInlineSnapshot(`
{
  "nobody": 13,
  "run": 57,
  "validate": 86,
}
`);
});
