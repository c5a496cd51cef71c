import { spawnSync } from "node:child_process";
import { formatKey } from "../../../lib/schema";
import { readValues } from "../../../scripts/migrate/read-values";
import { eachLeaf, printed, valueIn } from "../../../scripts/migrate/value";
import { packChart } from "../../chart/fixtures/packed-chart";
import { describeWithHelm, temporaryFolder } from "../../chart/fixtures/with-helm";

/** Texts of values, as Helm prints them. */
const scalars: readonly (readonly [text: string, printed: string])[] = [
  ["1234567", "1.234567e+06"],
  ["999999", "999999"],
  ["1000000", "1e+06"],
  ["12345678901234567890123", "1.2345678901234568e+22"],
  ["0.00001", "1e-05"],
  ["0.0001", "0.0001"],
  ["-1.50", "-1.5"],
  ["0", "0"],
  ["yes", "true"],
  ["Off", "false"],
  ["0123", "83"],
  ["0o17", "15"],
  [".", "."],
  ["0x1F", "31"],
  ["1_000", "1000"],
  ["2020-01-01", "2020-01-01"],
  ["12:30:45", "12:30:45"],
  ['"on"', "on"],
  ["'a  b'", "a  b"],
  ["~", ""],
  ["", ""],
  ["a # b", "a"],
  ["a#b", "a#b"],
];

function read(text: string) {
  const said: string[] = [];
  const say = ({ line, column }: { line: number; column: number }, _: unknown, message: string) =>
    said.push(`${line}:${column}: ${message}`);
  const { documents, comments } = readValues("a.yaml", text, say, say);
  return { documents, comments, said };
}

test.each(scalars)("%s is printed as %s", (text, is) => {
  const value = valueIn(read(`a: ${text}`).documents[0], ["a"]);
  expect(value && printed(value.content)).toBe(is);
});

describeWithHelm("values", () => {
  const folder = temporaryFolder();

  test("are printed as by helm's templates", () => {
    const values = scalars.map(([text], index) => `v${index}: ${text}`).join("\n");
    const lines = scalars.map((_, index) => `    v${index}=[{{ .Values.v${index} }}]`).join("\n");
    const text = `kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\ndata:\n  a: |\n${lines}\n`;
    const { archive } = packChart(folder.path, "scalars", "1.0.0", { "templates/a.yaml": text });
    const run = spawnSync(process.env.HELM || "helm", ["template", "a", archive, "--values", "-"], {
      input: values,
      encoding: "utf8",
    });
    const printedByHelm = [...run.stdout.matchAll(/v(\d+)=\[(.*)\]$/gm)].map(([, index, is]) => [
      scalars[Number(index)]?.[0],
      is,
    ]);
    expect(run.stderr).toBe("");
    expect(printedByHelm).toEqual(scalars);
  });
});

test("each value has its place, and the comments above and beside it", () => {
  const text = [
    "# Of the file.",
    "",
    "# Of a.",
    "a: 1 # beside a",
    "b:",
    "  # of c",
    "  c:",
    "  # of d",
    "  d: |",
    "    # no comment",
    "  e:",
    "    # of an item",
    "    - x: 2",
    "# At the end.",
  ].join("\n");
  const { documents, comments } = read(text);
  const leaves: unknown[] = [];
  for (const document of documents) {
    eachLeaf(document, ({ place, comment, content }, key) =>
      leaves.push([formatKey(key), place.line, place.column, content, comment]),
    );
  }
  expect(leaves).toEqual([
    ["a", 4, 1, 1, " Of a.\n beside a"],
    ["b.c", 7, 3, null, " of c"],
    ["b.d", 9, 3, "# no comment\n", " of d"],
    ["b.e[0].x", 13, 7, 2, " of an item"],
  ]);
  expect(comments).toEqual([" Of the file.", " At the end."]);
});

test("aliases and merge keys are what they stand for", () => {
  const { documents, said } = read("x: &x {a: 1, b: 2}\ntwo:\n  <<: *x\n  b: 3\nz: *x\n");
  expect(valueIn(documents[0], ["two", "a"])?.content).toBe(1);
  expect(valueIn(documents[0], ["two", "b"])?.content).toBe(3);
  expect(valueIn(documents[0], ["z", "b"])?.content).toBe(2);
  expect(said).toEqual([]);
});

test.each([
  ["lists", (name: string) => `[${Array(9).fill(name).join(", ")}]`],
  ["maps", (name: string) => `{a: ${name}, b: ${name}, <<: ${name}}`],
])("aliases that multiply without end are refused in %s", (_, of) => {
  const levels = Array.from(
    { length: 16 },
    (_, level) => `x${level + 1}: &x${level + 1} ${of(`*x${level}`)}`,
  );
  const { documents, said } = read(["x0: &x0 {a: 1}", ...levels].join("\n"));
  expect(documents).toEqual([]);
  expect(said).toEqual(["1:1: has too many aliases; write the values"]);
});

describe("what counts for nothing is told", () => {
  test.each([
    ["a: 1\nb: 2\na: 3", "1:1: is set again in line 3, which counts; left out", 3],
    ["a: &a\n  b: *a", "2:3: is an alias of what it stands in; left out", undefined],
    ["? [x]\n: 1\na: 4", "1:3: has a list, a map or nothing for a name, as {{ }} makes one; left out", 4],
  ])("%j", (text, message, a) => {
    const { documents, said } = read(text);
    expect(said).toEqual([message]);
    if (a !== undefined) expect(valueIn(documents[0], ["a"])?.content).toBe(a);
  });
});

test.each([
  ["a: 1\n\tb: 2", /^2:\d+: /],
  ['a: "b', /^1:\d+: /],
  ["a: [1", /^1:\d+: /],
])("%j is refused at its line", (text, message) => {
  const { documents, said } = read(text);
  expect(documents).toEqual([]);
  expect(said).toEqual([expect.stringMatching(message)]);
});
