import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildResult, buildSync } from "esbuild";
import { readSchema } from "../../scripts/generate-alloy/schema";
import { build, traceProgram } from "../../scripts/go-program";
import { declareMissing } from "../engines/describe";

// npm, and compilers.
jest.setTimeout(300_000);

const root = join(__dirname, "../..");
const packageJson = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));

/** A pipeline as README has it, but for what imports and prints. */
const pipeline = `
const config = new AlloyConfig(new RootConstruct("app"), "config");
const archive = new LokiWrite(config, "archive", {
  endpoint: [{ url: "https://loki.example.com/loki/api/v1/push" }],
});
new LokiSourceFile(config, "system", {
  targets: [{ __path__: "/var/log/syslog" }],
  forwardTo: [archive.receiver],
});
console.log(JSON.stringify(config.node.validate()) + config.toString());
`;
const names = {
  constructs: "RootConstruct",
  "alloy-constructs": "AlloyConfig",
  "alloy-constructs/components/loki": "LokiWrite",
  "alloy-constructs/components/loki.source": "LokiSourceFile",
};
const imports = Object.entries(names)
  .map(([from, name]) => `import { ${name} } from "${from}";\n`)
  .join("");
const requires = Object.entries(names)
  .map(([from, name]) => `const { ${name} } = require("${from}");\n`)
  .join("");
const misspelt = pipeline.replace("forwardTo", "forwardsTo");
const printed = `[]loki.source.file "system" {
	targets = [
		{
			__path__ = "/var/log/syslog",
		},
	]
	forward_to = [loki.write.archive.receiver]
}

loki.write "archive" {
	endpoint {
		url = "https://loki.example.com/loki/api/v1/push"
	}
}

`;

test("the package has Alloy's version, and asks for what this project has", () => {
  const { version, dependencies } = packageJson("packages/alloy/package.json");
  expect(dependencies.re2js).toBe(`^${packageJson("package.json").dependencies.re2js}`);
  expect(readSchema().alloy.version).toMatch(new RegExp(`^v${version.replace(/\.\d+$/, "")}\\.`));
});

test("its engine has the same version, and the Alloy that it says", () => {
  const { version, peerDependencies } = packageJson("packages/alloy/package.json");
  const engine = packageJson("packages/engine/package.json");
  const [, alloy] =
    /github\.com\/grafana\/alloy (v\S+)/.exec(readFileSync(join(root, "packages/engine/go.mod"), "utf8")) ??
    [];
  const minor = (of: string) => of.replace(/^v|\.\d+$/g, "");

  expect(alloy).toBe(readSchema().alloy.version);
  expect(minor(engine.version)).toBe(minor(version));
  expect(peerDependencies["alloy-constructs-engine"]).toBe(`~${minor(version)}.0`);
});

if (process.env.CI) {
  describe("the package of Alloy's language, in a project of its own", define);
} else {
  declareMissing(
    "the package of Alloy's language, in a project of its own",
    "npm has to install compilers: set CI=true",
    define,
  );
}

function define(): void {
  let folder = "";
  const run = (command: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
    return { status, output: stdout + stderr };
  };
  const node = (...args: readonly string[]) => run(process.execPath, ...args);
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return name;
  };
  const tsc = (compiler: string, ...options: readonly string[]) =>
    node(
      join("node_modules", compiler, "bin", "tsc"),
      "--noEmit",
      "--strict",
      "--target",
      "es2022",
      ...options,
    );

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "alloy-package-"));
    const built = join(folder, "package");
    const { status, stderr } = spawnSync(
      process.execPath,
      ["scripts/run.js", "scripts/alloy-package.ts", built],
      {
        cwd: root,
        encoding: "utf8",
      },
    );
    if (status !== 0) throw new Error(stderr);
    write("package.json", JSON.stringify({ private: true, type: "module" }));
    const { version } = packageJson("packages/alloy/package.json");
    expect(run("npm", "pack", "--silent", built).output).toBe(`alloy-constructs-${version}.tgz\n`);
    const { cdk8s, constructs } = packageJson("package.json").dependencies;
    const { typescript } = packageJson("package.json").devDependencies;
    const packages = [
      `./alloy-constructs-${version}.tgz`,
      `cdk8s@${cdk8s}`,
      `constructs@${constructs}`,
      "typescript59@npm:typescript@5.9.3",
      `typescript7@npm:typescript@${typescript}`,
      "tsx@4.20.6",
    ];
    expect(run("npm", "install", "--silent", "--no-audit", "--no-fund", ...packages)).toEqual({
      status: 0,
      output: "",
    });
    write("pipeline.ts", imports + pipeline);
    write("pipeline.cts", imports + pipeline);
    write("misspelt.ts", imports + misspelt);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is imported, and required", () => {
    expect(node(write("pipeline.mjs", imports + pipeline)).output).toBe(printed);
    expect(node(write("pipeline.cjs", requires + pipeline)).output).toBe(printed);
  });

  describe("tests of pipelines", () => {
    const traced = `
const to = "loki.process.shop.receiver";
const config = 'loki.process "shop" {\\n forward_to = [loki.echo.end.receiver]\\n stage.replace {\\n expression = "(b)"\\n replace = "c"\\n }\\n}\\nloki.echo "end" { }';
const run = trace(config, { to, logs: [{ line: "abc" }] });
console.log(run.arrived("loki.echo.end.receiver").logs.map(({ line }) => line).join());
`;
    const ways: readonly (readonly [file: string, from: string])[] = [
      ["traced.mjs", 'import { trace } from "alloy-constructs/testing";'],
      ["traced.cjs", 'const { trace } = require("alloy-constructs/testing");'],
    ];

    test.each(ways)("run in %s", (file, from) => {
      const engine = build(traceProgram);
      if ("missing" in engine) throw new Error(engine.missing);
      write(file, from + traced);
      const env = { ...process.env, ALLOY_ENGINE: engine.executable };
      const { stdout } = spawnSync(process.execPath, [file], { cwd: folder, encoding: "utf8", env });
      expect(stdout).toBe("acc\n");
    });

    test.each(ways)("ask in %s for the engine, which is another package", (file, from) => {
      write(file, from + traced);
      expect(node(file).output).toMatch(
        /EngineMissing: the engine is missing; install alloy-constructs-engine, or set ALLOY_ENGINE to the path of one/,
      );
    });

    test("compile, and no data that a place doesn't take", () => {
      write("traced.ts", `import { trace } from "alloy-constructs/testing";${traced}`);
      expect(tsc("typescript7", "--module", "nodenext", "traced.ts")).toEqual({ status: 0, output: "" });
      write(
        "untaken.ts",
        `import { trace } from "alloy-constructs/testing";${traced.replace("{ line:", "{ lines:")}`,
      );
      expect(tsc("typescript7", "--module", "nodenext", "untaken.ts").output).toMatch(/'lines'.*'line'/);
    });
  });

  test("runs below a chart of cdk8s, and by tsx", () => {
    const underCdk8s = (imports + pipeline)
      .replace('{ RootConstruct } from "constructs"', '{ App, Chart } from "cdk8s"')
      .replace("new RootConstruct", "new Chart(new App(), ")
      .replace('Chart(new App(), ("app")', 'Chart(new App(), "app")');
    expect(node(join("node_modules", "tsx", "dist", "cli.mjs"), write("chart.ts", underCdk8s)).output).toBe(
      printed,
    );
  });

  if ("typescript" in process.features && process.features.typescript !== false) {
    test("runs by Node, which strips types", () => {
      expect(node("--no-warnings", "pipeline.ts").output).toBe(printed);
    });
  }

  const bundler = ["--module", "esnext", "--moduleResolution", "bundler"];
  const strictest = [
    ...["verbatimModuleSyntax", "isolatedModules", "exactOptionalPropertyTypes", "noUncheckedIndexedAccess"],
    ...["declaration", "isolatedDeclarations", "noPropertyAccessFromIndexSignature", "erasableSyntaxOnly"],
  ].map((option) => `--${option}`);
  const ways = [
    { way: "nodenext, for import", file: "pipeline.ts", options: ["--module", "nodenext"] },
    { way: "nodenext, for require", file: "pipeline.cts", options: ["--module", "nodenext"] },
    { way: "for a bundler", file: "pipeline.ts", options: bundler },
    { way: "for a bundler, strictest", file: "pipeline.ts", options: [...bundler, ...strictest] },
  ];
  // The types of all packages are checked too: the lib is without `skipLibCheck`.
  test.each(["typescript59", "typescript7"].flatMap((compiler) => ways.map((way) => ({ compiler, ...way }))))(
    "compiles with $compiler, $way",
    ({ compiler, file, options }) => {
      expect(tsc(compiler, ...options, file)).toEqual({ status: 0, output: "" });
    },
  );

  test("a misspelt argument does not compile", () => {
    expect(tsc("typescript7", "--module", "nodenext", "misspelt.ts").output).toMatch(
      /^misspelt\.ts\(\d+,\d+\): error TS2561: .*'forwardsTo'.*Did you mean to write 'forwardTo'/,
    );
  });

  /** The program and what it takes of the package, as a bundler has it. */
  const bundled = (text: string) => {
    const { outputFiles }: BuildResult<{ write: false }> = buildSync({
      stdin: { contents: text, resolveDir: folder },
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      platform: "neutral",
      external: ["constructs"],
    });
    return outputFiles[0]?.text ?? "";
  };

  test("bundles to what is used, without anything of Node", () => {
    const whole = bundled(imports + pipeline);
    const inWhole = (text: string) => whole.includes(text);
    // Of one module of components, those that nobody takes are not in it.
    expect(["file", "heroku"].map((name) => inWhole(`name:"loki.source.${name}"`))).toEqual([true, false]);
    expect(["require(", "Buffer", "process."].filter(inWhole)).toEqual([]);
    // What is known of other versions of Alloy is no part of what runs one.
    expect(inWhole("v1.8.1")).toBe(false);
    const parser = bundled(
      'import { parse, print } from "alloy-constructs"; console.log(print(parse("a {}", {})))',
    );
    expect(parser.includes('"constructs"')).toBe(false);
    expect(parser.length).toBeLessThan(whole.length / 2);
  });

  test("brings with a component neither the parser nor what is known of others", () => {
    const one = bundled(`import { AlloyConfig } from "alloy-constructs";
      import { LokiWrite } from "alloy-constructs/components/loki";
      import { RootConstruct } from "constructs";
      const config = new AlloyConfig(new RootConstruct("app"), "config");
      new LokiWrite(config, "archive", { endpoint: [{ url: "https://loki.example.com/loki/api/v1/push" }] });
      console.log(config.node.validate(), config.toString());`);
    const all = bundled(`import { check, parse } from "alloy-constructs";
      import { definitions } from "alloy-constructs/components/definitions";
      console.log(check(parse(""), { definitions }));`);
    const own = ["has no scheme", "is no duration"];
    const ofOthers = [
      "a value is expected",
      "is no LogQL",
      "of OTTL",
      "endpointslices",
      "/var/log/journal",
      "streamID",
      // RE2 itself, which is twice as large as all else.
      "missing closing )",
    ];
    expect([...own, ...ofOthers].filter((text) => !all.includes(text))).toEqual([]);
    expect([...own, ...ofOthers].filter((text) => one.includes(text))).toEqual(own);
    // Of which half is the check of whatever a config has.
    expect(one.length).toBeLessThan(70_000);
  });
}
