// Keeps what V8 compiles of each module, its functions too, for the next run of the same script: a sixth of the app's
// time otherwise (see `npm run bench`).
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, isAbsolute, join, relative } = require("node:path");
const { deserialize, serialize } = require("node:v8");
const { constants, Script } = require("node:vm");

const root = join(__dirname, "..");
const script = `${process.version} ${process.arch} ${relative(root, process.argv[1] ?? "")}`;
const path = join(root, "node_modules", ".cache", "code", hash(script, "hex"));

/** V8's code of each module, by the module's file and content. */
const kept = read();
const compiled = new Map();
let isComplete = true;

const compileByNode = Module.prototype._compile;

function compile(source, file) {
  // What `node -e` runs is no file.
  if (!isAbsolute(file)) return compileByNode.call(this, source, file);
  const key = `${hash(source, "base64")} ${file}`;
  const cachedData = kept.get(key);
  const code = new Script(Module.wrap(source.replace(/^#!/, "//")), {
    filename: file,
    cachedData,
    importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (cachedData === undefined || code.cachedDataRejected) isComplete = false;
  compiled.set(key, code);
  const run = code.runInThisContext();
  return run.call(this.exports, this.exports, Module.createRequire(file), this, file, dirname(file));
}

function keep() {
  if (isComplete) return;
  try {
    const content = serialize(new Map([...compiled].map(([key, code]) => [key, code.createCachedData()])));
    mkdirSync(dirname(path), { recursive: true });
    // Renamed into place: another process may read it.
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch {
    // A folder that can't be written costs time, nothing else.
  }
}

// Node finds the source maps of what it compiles itself.
if (!process.sourceMapsEnabled) {
  Module.prototype._compile = compile;
  process.on("exit", keep);
}

function hash(text, encoding) {
  return createHash("sha256").update(text).digest(encoding);
}

function read() {
  try {
    return deserialize(readFileSync(path));
  } catch {
    return new Map();
  }
}
