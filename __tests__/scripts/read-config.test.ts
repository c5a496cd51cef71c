import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definitions } from "../../imports/alloy/definitions";
import { check } from "../../lib/alloy";
import { lineOf, readConfig } from "../../scripts/read-config";

describe("a config's file", () => {
  const folder = mkdtempSync(join(tmpdir(), "config-"));
  const file = join(folder, "x.alloy");
  afterAll(() => rmSync(folder, { recursive: true }));

  const linesOf = (text: string) => {
    writeFileSync(file, text);
    return check(readConfig(file), { definitions }).map((diagnostic) =>
      lineOf(diagnostic).replace(file, "x"),
    );
  };

  test.each([
    ["of several lines", "a `b\n  c` { }", 'x:1:3: a label stands in double quotes; write "b c"'],
    [
      "that a terminal would act on",
      'loki.echo "x" { }\nlocal.file "\u001b[31m" { }',
      'x:2:12: the label "\\u001b[31m" has more than letters, digits and _; write "__31m"',
    ],
    [
      "that is a warning",
      'prometheus.relabel "x" { forward_to = [] }',
      "x:1:1: warning: nothing sends data to it",
    ],
  ])("has each mistake told in one line: one %s", (_, text, line) => {
    expect(linesOf(text)).toContain(line);
  });

  test("is named where it can't be read", () => {
    expect(() => readConfig(join(folder, "none.alloy"))).toThrow(
      /none\.alloy: cannot be read: ENOENT: no such file or directory; make it a file that can be/,
    );
  });
});
