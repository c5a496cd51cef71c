import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");

/** Runs a command that throws what the expression makes. */
function run(expression: string) {
  const script = `
    const { Problems } = require("./lib/environment");
    const { ChartError } = require("./lib/workload/workload-error");
    const { tellErrors } = require("./scripts/chart/tell-errors.ts");
    tellErrors(async () => { ${expression} });
  `;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--require", "./scripts/register.js", "--eval", script],
    { cwd: root, encoding: "utf8" },
  );
  return { status, stderr };
}

test.each([
  ["a chart's error", 'throw new ChartError("no chart")', "no chart\n"],
  [
    "a problem of an environment",
    'throw new Problems([{ file: "a.yaml", line: 1, column: 2, key: "image", message: "is wrong" }])',
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
