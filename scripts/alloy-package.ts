import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { parseWords, run, tellFileErrors, UsageError } from "../lib/synthesis";
import { name } from "../packages/alloy/package.json";

const usage = `Writes the npm package of Alloy's language and components, for npm pack and npm publish.

  npm run alloy:package                  to .cache/alloy-constructs
  npm run alloy:package -- FOLDER        elsewhere; what was written there before is replaced

Options, behind --:
  --help   says this
`;

const root = process.cwd();
const source = join(root, "packages", "alloy");

/** What the package holds, and where in its folder of modules. */
const folders: readonly (readonly [from: string, to: string])[] = [
  ["lib/alloy", "."],
  ["imports/alloy", "components"],
  ["lib/testing", "testing"],
];

/** Each kind of modules: for `import`, and for `require`. */
const formats = [
  { folder: "esm", type: "module", module: "esnext" },
  { folder: "cjs", type: "commonjs", module: "commonjs" },
] as const;

/** The path of a module below the compiler's output and in the package, without `.js`. */
interface Module {
  readonly from: string;
  readonly to: string;
}

/**
 * Writes the package of Alloy's language and components: modules for `import` and for `require`, each with its types. What
 * stands in a folder is what `npm pack` and `npm publish` take.
 *
 * @throws Error if a module does not compile, or imports one that the package lacks
 */
function writePackage(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const format of formats) {
    const compiled = mkdtempSync(join(tmpdir(), "alloy-package-"));
    try {
      compile(format.module, compiled);
      const modules = folders.flatMap(([from, to]) => modulesBelow(compiled, from, to));
      for (const module of modules) {
        const read = (extension: string) => readFileSync(join(compiled, module.from) + extension, "utf8");
        const to = join(folder, format.folder, module.to);
        if (module.from.endsWith(".json")) {
          write(
            `${to}.js`,
            `${format.type === "module" ? "export default " : "module.exports = "}${read("")}`,
          );
        } else {
          const code = format.type === "module" ? asModule(read(".js")) : read(".js");
          write(`${to}.js`, withPaths(code, module, modules));
          write(`${to}.d.ts`, withPaths(read(".d.ts"), module, modules));
        }
      }
    } finally {
      rmSync(compiled, { recursive: true });
    }
    const { type } = format;
    write(join(folder, format.folder, "package.json"), `${JSON.stringify({ type, sideEffects: false })}\n`);
  }
  for (const name of ["package.json", "README.md"]) cpSync(join(source, name), join(folder, name));
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
}

/** The compiler's own JavaScript and types of all modules. */
function compile(module: string, folder: string): void {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = spawnSync(
    process.execPath,
    [tsc, "--project", source, "--module", module, "--moduleResolution", "bundler", "--outDir", folder],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stdout);
}

function modulesBelow(compiled: string, from: string, to: string): readonly Module[] {
  return readdirSync(join(compiled, from), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(js|json)$/.test(path))
    .map((path) => path.replace(/\.js$/, ""))
    .sort()
    .map((path) => ({ from: join(from, path), to: join(to, path) }));
}

/** Names the file behind each import of another module of the package, as ES modules must. */
function withPaths(code: string, { from, to }: Module, modules: readonly Module[]): string {
  return code.replace(/(\bfrom |\bimport\(|\brequire\()"(\.[^"]*)"/g, (_, before: string, path: string) => {
    const target = join(dirname(from), path);
    const module = modules.find((one) => one.from === target || one.from === join(target, "index"));
    if (module === undefined) throw new Error(`${from}.ts: imports ${path}, which the package does not hold`);
    const way = relative(dirname(to), module.to).replaceAll("\\", "/");
    return `${before}"${way.startsWith(".") ? way : `./${way}`}.js"`;
  });
}

/**
 * ES modules have no `require`: what this project loads only when it is needed is imported. Nor have they `__dirname`. And what
 * bundlers can't know: a definition that nobody uses can be left away.
 */
function asModule(code: string): string {
  const imports = new Set<string>();
  const text = code.replace(/ = require\("([^".]+)"\)/g, (_, name: string) => {
    imports.add(`import * as ${name} from "${name}";\n`);
    return ` = ${name}`;
  });
  return (
    [...imports].join("") +
    text
      .replaceAll("__dirname", "import.meta.dirname")
      .replace(/( = |: )(?=(?:body|choice|many|fields|labelled)\()/g, "$1/* @__PURE__ */ ")
  );
}

/** All that is in the folder is replaced, so that it must be new, or such a package. */
function refuseOthers(folder: string): void {
  const file = join(folder, "package.json");
  const isPackage =
    existsSync(file) &&
    existsSync(join(folder, formats[0].folder)) &&
    readFileSync(file, "utf8").includes(`"name": ${JSON.stringify(name)}`);
  if (isPackage || !existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new UsageError(`${folder} holds other things, which would be removed; name a new folder`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

run(() => {
  const { values, positionals } = parseWords("alloy:package", process.argv.slice(2), {});
  if (values.help) return { notices: [], summary: usage };
  const [folder = join(".cache", "alloy-constructs"), ...others] = positionals;
  if (others.length > 0) throw new UsageError(`${positionals.join(" ")}: are several folders; write one`);
  tellFileErrors(folder, () => {
    refuseOthers(folder);
    writePackage(resolve(folder));
  });
  return { notices: [], answer: `${folder}\n` };
});
