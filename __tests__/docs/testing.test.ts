import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { describeTraces } from "../engines/describe";
import { explained } from "../scripts/explain/explained";
import { blocksIn, pages } from "./pages";

const page = pages.filter(({ path }) => path === "docs/testing.md");
const examples = ["with-jest", "with-node"].map((name) => ({ name, file: `examples/testing/${name}.ts` }));

test("the examples of the page are those that compile", () => {
  const read = ({ file }: { readonly file: string }) =>
    readFileSync(file, "utf8").replaceAll('"../../', '"./');
  expect(blocksIn(page, "ts")).toEqual(examples.map(read));
});

/** The example as a program of one file. */
function bundled(file: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    tsconfigRaw: {},
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

describeTraces("the line of docs/explain.md", () => {
  test("comes to what the page shows", () => {
    const explain = pages.filter(({ path }) => path === "docs/explain.md");
    const [, command = ""] = /npm run explain -- lab-1 (.*)/.exec(blocksIn(explain, "sh").join()) ?? [];
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
    expect(blocksIn(explain, "text")).toEqual([explained("least", ...words).replace(/^least:/, "lab-1:")]);
  });
});

describeTraces("the example of docs/testing.md", () => {
  describe("with jest", () => {
    // It declares its own tests.
    new Function("require", "module", bundled("examples/testing/with-jest.ts"))(require, { exports: {} });
  });

  test("with Node's own runner passes", () => {
    const folder = mkdtempSync(join(tmpdir(), "example-"));
    try {
      const file = join(folder, "example.js");
      writeFileSync(file, bundled("examples/testing/with-node.ts"));
      const { status, stdout } = spawnSync(process.execPath, ["--test-reporter=tap", file], {
        encoding: "utf8",
        env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      });
      expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("# pass 1\n") });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
