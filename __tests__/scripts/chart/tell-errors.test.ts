import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../chart/fixtures/with-helm";

const root = join(__dirname, "..", "..", "..");

const folder = temporaryFolder();

/** Runs a command that throws what the expression makes. */
function run(expression: string) {
  const program = join(folder.path, "program.ts");
  const script = `
    import { DiagnosticsError } from "${root}/lib/environment";
    import { ChartError } from "${root}/lib/chart";
    import { tellErrors } from "${root}/scripts/chart/tell-errors.ts";
    tellErrors(async () => { ${expression} });
  `;
  writeFileSync(program, script);
  const { status, stderr } = spawnSync(process.execPath, ["scripts/run.js", program], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stderr };
}

test.each([
  ["a chart's error", 'throw new ChartError("no chart")', "no chart\n"],
  [
    "a mistake in an environment",
    'throw new DiagnosticsError([{ severity: "error", file: "a.yaml", line: 1, column: 2, key: "image", message: "is wrong" }])',
    "a.yaml:1:2: image: is wrong\n",
  ],
  ["several errors", 'throw new AggregateError([new ChartError("a")], "a\\nb")', "a\nb\n"],
])("%s is told as it is", (_, expression, stderr) => {
  expect(run(expression)).toEqual({ status: 1, stderr });
});

test("a fault of the program keeps its stack trace, were it one of several errors", () => {
  for (const expression of [
    'throw new Error("fault")',
    'throw new AggregateError([new ChartError("a"), new Error("fault")], "fault")',
  ]) {
    const { status, stderr } = run(expression);
    expect(status).toBe(1);
    expect(stderr).toMatch(/Error: fault\n +at /);
  }
});

test("a command that does what it should ends well", () => {
  expect(run("")).toEqual({ status: 0, stderr: "" });
});
