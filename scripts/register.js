// Lets node require TypeScript: `node --require ./scripts/register.js main.ts`. Types are taken away, not checked.
//
// Each file is compiled once and kept by its content. tsx does the same, but reads every file of every package
// too, to see whether it is an ES module: the app then takes twice as long (see `npm run bench`).
// For the lines of the sources in a stack trace, add `--enable-source-maps`.

// First, since V8 takes none of the code that was kept if its flags were others then.
require("./late-optimization");
require("./code-cache");
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { _extensions: extensions } = require("node:module");
const { join } = require("node:path");

const modules = join(__dirname, "..", "node_modules");
const cache = join(modules, ".cache", "typescript");
const compiler = require(join(modules, "esbuild", "package.json")).version;

extensions[".ts"] = (module, file) => {
  const source = readFileSync(file, "utf8");
  const key = createHash("sha256").update(`${compiler}\n${file}\n${source}`).digest("hex");
  const compiled = join(cache, `${key}.js`);
  module._compile(read(compiled) ?? compile(source, file, compiled), file);
};

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function compile(source, sourcefile, compiled) {
  // Without it, esbuild starts a process for each file.
  process.env.ESBUILD_WORKER_THREADS = "1";
  const { code } = require("esbuild").transformSync(source, {
    loader: "ts",
    format: "cjs",
    target: "node20",
    sourcefile,
    sourcemap: "inline",
    sourcesContent: false,
  });
  // esbuild wraps the getters that a module exports in getters, for packages that look for `__esModule`: ours don't.
  const plain = code.replace(/module\.exports = __toCommonJS\((\w+)\)/, "module.exports = $1");
  try {
    mkdirSync(cache, { recursive: true });
    // Renamed into place: another process may compile the same file.
    const temporary = `${compiled}.${process.pid}`;
    writeFileSync(temporary, plain);
    renameSync(temporary, compiled);
  } catch {
    // A folder that can't be written costs time, nothing else.
  }
  return plain;
}
