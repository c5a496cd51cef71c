import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** As `biome.json` has it. */
const lineWidth = 110;

const sources = execFileSync("git", ["ls-files", "*.ts", "*.js", ":!imports"], { encoding: "utf8" })
  .trim()
  .split("\n")
  .map((path) => ({ path, lines: readFileSync(path, "utf8").split("\n") }));

/** The places whose line, with those that follow it, is against a rule. */
function offending(isWrong: (line: string, following: readonly string[]) => boolean): readonly string[] {
  return sources.flatMap(({ path, lines }) =>
    lines.flatMap((line, at) => (isWrong(line, lines.slice(at + 1)) ? [`${path}:${at + 1}`] : [])),
  );
}

const head = /^( *)(?:if|for|while) \(/;

/** Whether what a line begins has braces: where its condition takes several lines, the last of them opens them. */
function hasBraces(line: string, following: readonly string[]): boolean {
  const indent = line.search(/\S/);
  const end = following.findIndex((other) => other.search(/\S/) <= indent);
  return [line, ...following.slice(0, end + 1)].some(
    (other) => /\) \{$/.test(other) && (other === line || !head.test(other)),
  );
}

test("if, for and while without braces are on one line", () => {
  expect(
    offending((line, following) => head.test(line) && !line.endsWith(";") && !hasBraces(line, following)),
  ).toEqual([]);
});

test("if, for and while that fit on one line have no braces", () => {
  expect(
    offending((line, [statement = "", end = ""]) => {
      const [, indent] = head.exec(line) ?? [];
      const isAlone = indent !== undefined && line.endsWith(") {") && end === `${indent}}`;
      const isSimple = /^ *\b(?!if |for |while |const |let ).*;$/.test(statement);
      const joined = line.length - 1 + statement.trim().length;
      return isAlone && isSimple && joined <= lineWidth;
    }),
  ).toEqual([]);
});

test("what is private says so", () => {
  expect(offending((line) => /^ +(?:static |readonly |async |get |set )*#\w/.test(line))).toEqual([]);
});
