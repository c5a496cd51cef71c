import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");

describe("run.js", () => {
  let project: string;
  const cache = () => join(project, ".cache", "programs");
  const kept = (ending: string) => {
    const name = readdirSync(cache()).find((file) => file.endsWith(ending)) ?? "";
    return join(cache(), name);
  };

  function write(file: string, text: string): void {
    mkdirSync(join(project, file, ".."), { recursive: true });
    writeFileSync(join(project, file), text);
  }

  function greet(text: string): void {
    write("lib/greeting.ts", `export const greeting: string = ${JSON.stringify(text)};\n`);
  }

  function run(...args: readonly string[]) {
    return runWith({}, ...args);
  }

  function runWith(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
    return runProgram("main.ts", args, environment);
  }

  function runProgram(
    program: string,
    args: readonly string[] = [],
    environment: Readonly<Record<string, string>> = {},
  ) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/run.js", program, ...args], {
      cwd: project,
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });
    return { status, stdout, stderr };
  }

  const says = (stdout: string) => ({ status: 0, stdout: `${stdout}\n`, stderr: "" });

  beforeEach(() => {
    project = realpathSync(mkdtempSync(join(tmpdir(), "run-")));
    mkdirSync(join(project, "scripts"));
    cpSync(join(root, "scripts", "run.js"), join(project, "scripts", "run.js"));
    for (const name of ["esbuild", "@esbuild"]) {
      mkdirSync(join(project, "node_modules"), { recursive: true });
      symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name), "junction");
    }
    write("node_modules/.package-lock.json", "{}");
    greet("hello");
    write("main.ts", 'import { greeting } from "./lib/greeting";\nconsole.log(greeting satisfies string);\n');
  });

  afterEach(() => rmSync(project, { recursive: true }));

  test("runs TypeScript, and keeps the bundle", () => {
    expect(run()).toEqual(says("hello"));
    const { mtimeMs } = statSync(kept(".js"));
    expect(run()).toEqual(says("hello"));
    expect(statSync(kept(".js")).mtimeMs).toBe(mtimeMs);
  });

  test("makes it anew when a source says something else, though it is as long and as old", () => {
    run();
    const source = join(project, "lib/greeting.ts");
    const { atime, mtime } = statSync(source);
    greet("howdy");
    utimesSync(source, atime, mtime);
    expect(run()).toEqual(says("howdy"));
    expect(readdirSync(cache()).filter((file) => file.endsWith(".js"))).toHaveLength(1);
  });

  test("makes it anew when other packages are installed", () => {
    write("main.ts", 'import { greeting } from "greeting";\nconsole.log(greeting);\n');
    write("node_modules/greeting/index.js", 'exports.greeting = "one";');
    expect(run()).toEqual(says("one"));
    write("node_modules/greeting/index.js", 'exports.greeting = "two";');
    write("node_modules/.package-lock.json", '{ "two": true }');
    expect(run()).toEqual(says("two"));
  });

  test("has one of a program and of links to it, and none of a program that is no more", () => {
    run();
    const bundles = () => readdirSync(cache()).filter((file) => file.endsWith(".js"));
    symlinkSync(join(project, "main.ts"), join(project, "link.ts"));
    expect(runProgram("link.ts")).toEqual(says("hello"));
    expect(bundles()).toHaveLength(1);
    write("other.ts", "console.log(1);\n");
    expect(runProgram("other.ts")).toEqual(says("1"));
    expect(bundles()).toHaveLength(2);
    rmSync(join(project, "other.ts"));
    greet("hi");
    expect(run()).toEqual(says("hi"));
    expect(
      readdirSync(cache())
        .map((file) => file.replace(/^[^.]*/, ""))
        .sort(),
    ).toEqual([".js", ".js.json", ".js.map"]);
  });

  test.each([".js", ".js.map", ".js.json"])("makes it anew when the %s was cut off", (ending) => {
    run();
    truncateSync(kept(ending), 20);
    expect(run()).toEqual(says("hello"));
    expect(statSync(kept(ending)).size).toBeGreaterThan(20);
  });

  test("makes it anew when a bit of it has flipped", () => {
    run();
    const bytes = readFileSync(kept(".js"));
    bytes[bytes.indexOf("hello")] = 0x48;
    writeFileSync(kept(".js"), bytes);
    expect(run()).toEqual(says("hello"));
  });

  describe("keeps what V8 compiled", () => {
    const code = () => kept(".js.code");
    /** Runs that many functions. */
    function count(functions: number): void {
      const all = Array.from(
        { length: functions },
        (_, place) => `function f${place}() { return ${place}; }`,
      );
      const sum = Array.from({ length: functions }, (_, place) => `f${place}()`).join(" + ");
      write("main.ts", `${all.join("\n")}\nif (process.argv[2] !== "--help") console.log(${sum});\n`);
    }

    beforeEach(() => count(5_000));

    test("until a run compiles much more", () => {
      expect(run("--help")).toMatchObject({ status: 0, stdout: "" });
      const { size } = statSync(code());
      expect(run()).toEqual(says("12497500"));
      expect(statSync(code()).size).toBeGreaterThan(size);
      const { mtimeMs } = statSync(code());
      expect(run()).toEqual(says("12497500"));
      expect(statSync(code()).mtimeMs).toBe(mtimeMs);
    });

    test.each<[string, (bytes: Buffer) => Buffer]>([
      ["was cut off", (bytes) => bytes.subarray(0, 20_000)],
      ["is empty", () => Buffer.of()],
      [
        "has a bit flipped",
        (bytes) => Buffer.from(bytes.map((byte, at) => (at === 5_000 ? byte ^ 1 : byte))),
      ],
    ])("and compiles anew when it %s", (_, broken) => {
      run();
      const bytes = readFileSync(code());
      writeFileSync(code(), broken(bytes));
      expect(run()).toEqual(says("12497500"));
      expect(statSync(code()).size).toBeGreaterThan(0.9 * bytes.length);
    });

    test.each([
      // The flags of V8 are those of the major version.
      ["version", process.version.replace(/\d+$/, "999")],
      ["arch", "another"],
      ["config", { variables: { v8_enable_i18n_support: 0 } }],
    ])("of one Node, and compiles anew what one of another %s has left", (name, value) => {
      run();
      const other = Buffer.from(readFileSync(code()));
      write("other.js", `Object.defineProperty(process, "${name}", { value: ${JSON.stringify(value)} });`);
      expect(runWith({ NODE_OPTIONS: "--require ./other.js" })).toEqual(says("12497500"));
      expect(readFileSync(code()).equals(other)).toBe(false);
    });

    test("unless it can't be written, and then leaves nothing half written", () => {
      run();
      rmSync(code());
      mkdirSync(`${kept(".js")}.code`);
      const files = readdirSync(cache());
      expect(run()).toEqual(says("12497500"));
      expect(readdirSync(cache())).toEqual(files);
    });

    test("and compiles anew what is another bundle's", () => {
      run();
      // As long as it was: by its length alone V8 would take it.
      write(
        "main.ts",
        readFileSync(join(project, "main.ts"), "utf8").replace("return 4999;", "return 4998;"),
      );
      expect(run()).toEqual(says("12497499"));
    });
  });

  test("takes a package that is an ES module alone", () => {
    write("node_modules/modern/package.json", '{ "type": "module", "exports": "./index.js" }');
    write("node_modules/modern/index.js", 'export const modern = "modern";');
    write("main.ts", 'import { modern } from "modern";\nconsole.log(modern);\n');
    expect(run()).toEqual(says("modern"));
  });

  test("takes what is imported while it runs", () => {
    write(
      "main.ts",
      'void Promise.all([import("./lib/greeting"), import("node:path")]).then(([{ greeting }, { join }]) => console.log(join(greeting, "x")));\n',
    );
    expect(run()).toEqual(says(join("hello", "x")));
  });

  test("lets a source know its own folder, and the program its arguments", () => {
    write("lib/folder.ts", "export const folder = __dirname;\n");
    write(
      "main.ts",
      'import { folder } from "./lib/folder";\nconsole.log(folder, require.main === module, ...process.argv.slice(2));\n',
    );
    expect(run("--all", "x")).toEqual(says(`${join(project, "lib")} true --all x`));
  });

  test.each([
    ["an error", 'throw new Error("no");'],
    ["a rejected promise", 'Promise.reject(new Error("no"));'],
  ])("names the lines of the sources where %s ends the program", (_, statement) => {
    write("lib/failing.ts", `interface Nothing {}\n\nexport function failing(): void {\n  ${statement}\n}\n`);
    write("main.ts", 'import { failing } from "./lib/failing";\n\nfailing();\n');
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain("Error: no\n");
    expect(stderr).toMatch(/lib\/failing\.ts:4:\d+/);
    expect(stderr).toContain(`${join(project, "main.ts")}:3:1`);
  });

  test("says what does not compile, without a stack trace", () => {
    write("main.ts", 'import { greeting } from "./lib/greetings";\nconsole.log(greeting);\n');
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain('main.ts:1:25: ERROR: Could not resolve "./lib/greetings"');
    expect(stderr).not.toContain("    at ");
  });

  test("runs where nothing can be kept", () => {
    write(".cache", "a file");
    expect(run()).toEqual(says("hello"));
  });

  test("keeps one bundle of a program, whatever becomes of its sources", () => {
    for (const text of ["a", "b", "c"]) {
      greet(text);
      expect(run()).toEqual(says(text));
    }
    expect(readdirSync(cache()).filter((file) => !file.endsWith(".code"))).toHaveLength(3);
  });
});
