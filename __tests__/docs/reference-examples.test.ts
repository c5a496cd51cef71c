import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { transformSync } from "@swc/core";
import { RootConstruct } from "constructs";
import { definitions } from "../../imports/alloy/definitions";
import { AlloyConfig, check, parse, stabilityLevels } from "../../lib/alloy";
import { blocksIn, referencePages } from "./pages";

const root = join(__dirname, "..", "..");
const examples = referencePages().flatMap((page) => {
  const [typescript = ""] = blocksIn([page], "ts");
  const [alloy] = blocksIn([page], "alloy");
  return alloy === undefined ? [] : [{ name: basename(page.path, ".md"), typescript, alloy }];
});
const named = examples.map((one) => [one.name, one] as const);
const experimental = stabilityLevels.at(-1);

/** The module that an example imports. */
function moduleOf(name: string): string {
  return name
    .replace(/^alloy-constructs\/components/, "imports/alloy")
    .replace(/^alloy-constructs$/, "lib/alloy");
}

/** The config that an example makes. */
function configOf(typescript: string): AlloyConfig {
  const config = new AlloyConfig(new RootConstruct(), "config", { communityComponents: true });
  const options = {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  } as const;
  const { code } = transformSync(typescript, options);
  new Function("require", "exports", "config", code)(
    (name: string) => require(join(root, moduleOf(name))),
    {},
    config,
  );
  return config;
}

test("there are examples of nearly all components", () => expect(examples.length).toBeGreaterThan(190));

test.each(named)("nothing is wrong with the example in Alloy's language: %s", (name, { alloy }) => {
  const config = parse(alloy, { file: name });
  expect(check(config, { definitions, communityComponents: true, stability: experimental })).toEqual([]);
});

test.each(named)("the example in TypeScript makes the same: %s", (_, { typescript, alloy }) => {
  // Components that don't depend on each other stand in the order in which a program makes them.
  const blocks = (text: string) =>
    text
      .trim()
      .split(/\n\n(?=\S)/)
      .toSorted();
  expect(blocks(configOf(typescript).toString())).toEqual(blocks(alloy));
});

describe("all examples in TypeScript", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "reference-"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What the compiler says of programs. */
  function compile(programs: ReadonlyMap<string, string>): string {
    mkdirSync(join(folder, "src"), { recursive: true });
    for (const [name, text] of programs) {
      const known = `import { AlloyConfig } from "alloy-constructs";\ndeclare const config: AlloyConfig;\n`;
      const own = text.replaceAll(/from "(alloy-constructs[^"]*)"/g, 'from "$1"');
      writeFileSync(join(folder, "src", `${name}.ts`), `${known}${own}\nexport {};\n`);
    }
    const paths = {
      "alloy-constructs": [join(root, "lib/alloy/index.ts")],
      "alloy-constructs/components/*": [join(root, "imports/alloy/*.ts")],
    };
    const compilerOptions = { paths, noUnusedLocals: false, moduleResolution: "bundler", module: "esnext" };
    const include = [...programs.keys()].map((name) => `src/${name}.ts`);
    const config = join(folder, "tsconfig.json");
    writeFileSync(config, JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions, include }));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    return spawnSync(process.execPath, [tsc, "--project", config], { encoding: "utf8" }).stdout;
  }

  test("compile, as they are and no other", () => {
    expect(compile(new Map(examples.map(({ name, typescript }) => [name, typescript])))).toBe("");
    const [first] = examples;
    const wrong = first?.typescript.replace(/new (\w+)\(config, /, "new $1(config, 1, ") ?? "";
    expect(compile(new Map([["wrong", wrong]]))).toMatch(/wrong\.ts\(\d+,\d+\): error TS/);
  }, 120_000);
});
