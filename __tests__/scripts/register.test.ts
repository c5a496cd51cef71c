import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");

describe("register.js", () => {
  let project: string;
  const cache = (name: string) => join(project, "node_modules", ".cache", name);
  const codeFile = () => join(cache("code"), readdirSync(cache("code")).join());

  function write(text: string): void {
    writeFileSync(join(project, "greeting.ts"), `export const greeting: string = ${JSON.stringify(text)};\n`);
  }

  function run(flags: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [...flags, "--require", "./scripts/register.js", "main.ts"],
      { cwd: project, encoding: "utf8", env: { ...process.env, ...env } },
    );
    return { stdout, stderr };
  }

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "register-"));
    mkdirSync(join(project, "scripts"));
    mkdirSync(join(project, "node_modules"));
    for (const name of ["register.js", "late-optimization.js", "code-cache.js"]) {
      cpSync(join(root, "scripts", name), join(project, "scripts", name));
    }
    symlinkSync(join(root, "node_modules", "esbuild"), join(project, "node_modules", "esbuild"), "junction");
    write("hello");
    writeFileSync(
      join(project, "main.ts"),
      'import { greeting } from "./greeting";\n\nif (process.env.FAIL) throw new Error(greeting);\nconsole.log(greeting satisfies string, require.main === module);\n',
    );
  });

  afterEach(() => rmSync(project, { recursive: true }));

  test("runs TypeScript, and keeps what was compiled", () => {
    expect(run()).toEqual({ stdout: "hello true\n", stderr: "" });
    expect(readdirSync(cache("typescript"))).toHaveLength(2);
    const { mtimeMs, size } = statSync(codeFile());
    expect(size).toBeGreaterThan(0);
    expect(run()).toEqual({ stdout: "hello true\n", stderr: "" });
    expect(statSync(codeFile()).mtimeMs).toBe(mtimeMs);
  });

  test("takes nothing that was kept of another text of the same length", () => {
    run();
    const before = readFileSync(codeFile());
    write("howdy");
    expect(run().stdout).toBe("howdy true\n");
    expect(readFileSync(codeFile()).equals(before)).toBe(false);
  });

  test.each([
    ["empty", ""],
    ["no such thing", "garbage"],
    ["cut off", "\u00ff\u000f;"],
  ])("does without what was kept when it is %s", (_, text) => {
    run();
    writeFileSync(codeFile(), text);
    expect(run()).toEqual({ stdout: "hello true\n", stderr: "" });
    expect(statSync(codeFile()).size).toBeGreaterThan(1000);
  });

  test("does without a cache where none can be written", () => {
    writeFileSync(join(project, "node_modules", ".cache"), "a file");
    chmodSync(join(project, "node_modules", ".cache"), 0o400);
    expect(run()).toEqual({ stdout: "hello true\n", stderr: "" });
  });

  test("runs what stands on the command line", () => {
    const { stdout } = spawnSync(
      process.execPath,
      ["--require", "./scripts/register.js", "-e", 'console.log(require("./greeting").greeting)'],
      { cwd: project, encoding: "utf8" },
    );
    expect(stdout).toBe("hello\n");
  });

  test("leaves modules to node where a stack trace is to name the lines of the sources", () => {
    expect(run(["--enable-source-maps"], { FAIL: "yes" }).stderr).toMatch(/main\.ts:3/);
    expect(existsSync(cache("code"))).toBe(false);
  });
});
