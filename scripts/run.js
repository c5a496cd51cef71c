// Runs a TypeScript program of this project: `node scripts/run.js main.ts [argument...]`. Types are taken away, not checked.
//
// esbuild makes one bundle of the program and the packages that it uses. The bundle is kept until a source, a package,
// this file or the version of Node changes: by content, not by times. So is what V8 compiled of it: without it, most of a
// run of one environment would be compiling.
const { createHash, randomUUID } = require("node:crypto");
const {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require("node:fs");
const { createRequire, SourceMap } = require("node:module");
const { tmpdir } = require("node:os");
const { dirname, join, relative, resolve } = require("node:path");
const { inspect } = require("node:util");
const { getHeapCodeStatistics, setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");
const { isMainThread } = require("node:worker_threads");

// What reading keeps, building throws away, and V8 takes the one for the other: what it believes to live long is collected
// late. Without that guess a thousand environments take a sixth less time, and a quarter less memory.
setFlagsFromString("--no-allocation-site-pretenuring");

// V8 begins with little memory for new objects, and doubles it each time that it is short. At once in full, one environment
// and a hundred take some 6 to 9 % less time.
setFlagsFromString("--semi-space-growth-factor=16");

// The V8 of Node 20 and 22 optimizes so early that a run of seconds ends before that pays: a third of the app's time on
// Node 20, a sixth on Node 22 (see `npm run bench`). The bytes of bytecode that a function runs, or how often it is called,
// before it is looked at:
if (process.version.startsWith("v20.")) setFlagsFromString("--interrupt-budget=2000000");
if (process.version.startsWith("v22.")) setFlagsFromString("--invocation-count-for-turbofan=40000");

const root = join(__dirname, "..");
const cache = cacheFolder();
const [node, , program = "", ...rest] = process.argv;
// A link to a program is the program: what it imports is found beside it.
const entry = existsSync(program) ? realpathSync(program) : resolve(program);
const bundle = join(cache, `${hash(entry).slice(0, 16)}.js`);
const map = `${bundle}.map`;
/** What the bundle was made of, and the hashes of that and of the bundle. */
const record = `${bundle}.json`;
/** What V8 compiled of the bundle, behind the hash of that, of the bundle and of what runs it. */
const compiled = `${bundle}.code`;

async function run() {
  const { code, sum } = current() ?? (await build().catch(fail));
  process.argv = [node, entry, ...rest];
  // What a thread fails by is told by the program that started it.
  if (isMainThread) process.setUncaughtExceptionCaptureCallback(tell);
  evaluate(code, sum);
}

/**
 * Runs the bundle, without compiling again what earlier runs did. `module.enableCompileCache` saves less: it keeps what
 * is compiled at the start alone, and Node 20 doesn't have it.
 */
function evaluate(code, sum) {
  const script = new Script(code.toString(), { filename: bundle, cachedData: compiledOf(sum) });
  const before = compiledBytes();
  process.on("exit", () => {
    // Half of that is Node's own in any run.
    if (compiledBytes() - before > 200_000) keepCompiled(sum, script.createCachedData());
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle));
}

function compiledBytes() {
  return getHeapCodeStatistics().bytecode_and_metadata_size;
}

/**
 * V8 itself refuses what other flags or another of its versions compiled, but takes what another Node compiled with the same
 * version, such as v20.11.0 and v20.20.2 have, and crashes. So this Node has its own, by its version, its kind of processor
 * and how it was built: a folder may be shared. V8 also runs what a bit has flipped in.
 */
function hashOfCompiled(sum, data) {
  const { version, arch, config } = process;
  return hash(version, arch, JSON.stringify(config), sum, data);
}

function compiledOf(sum) {
  try {
    const kept = readFileSync(compiled);
    const data = kept.subarray(sum.length);
    return kept.subarray(0, sum.length).toString() === hashOfCompiled(sum, data) ? data : undefined;
  } catch {
    return undefined;
  }
}

function keepCompiled(sum, data) {
  try {
    replace(compiled, Buffer.concat([Buffer.from(hashOfCompiled(sum, data)), data]));
  } catch {
    // The next run compiles it again.
  }
}

function tell(error) {
  fail({ message: withSourceLines(inspect(error)) });
}

function fail({ message }) {
  console.error(message);
  // The program may have said what its failure is to mean.
  process.exit(process.exitCode || 1);
}

/** In the project, or, where nothing can be written to it, for this run alone. */
function cacheFolder() {
  const folder = join(root, ".cache", "programs");
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    const temporary = mkdtempSync(join(tmpdir(), "programs-"));
    process.on("exit", () => rmSync(temporary, { recursive: true }));
    return temporary;
  }
}

/** The bundle, and the hash of what was made; undefined where there is none of today's sources. */
function current() {
  try {
    const { inputs, madeOf, made } = JSON.parse(readFileSync(record, "utf8"));
    const code = readFileSync(bundle);
    const isRight = madeOf === hashOfFiles(inputs) && made === hash(code, readFileSync(map));
    return isRight ? { code, sum: made } : undefined;
  } catch {
    // There is none, it was cut off, or a source is no more.
    return undefined;
  }
}

function hashOfFiles(inputs) {
  const always = ["node_modules/.package-lock.json", relative(root, __filename)];
  return hash(process.version, root, ...[...always, ...inputs].map((file) => readFileSync(join(root, file))));
}

function hash(...parts) {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part).update("\0");
  return sum.digest("hex");
}

async function build() {
  const { outputFiles, metafile } = await require("esbuild").build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    platform: "node",
    target: "node20",
    sourcemap: "external",
    sourcesContent: false,
    banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
    footer: { js: "})" },
    define: { "require.main": "module" },
    // A Script has no import(). What is left of it are Node's own modules, which require() takes too.
    supported: { "dynamic-import": false },
    plugins: [ownFolders],
    tsconfigRaw: {},
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const [mapText, code] = outputFiles.map(({ contents }) => Buffer.from(contents));
  const made = hash(code, mapText);
  // Packages change with the lockfile alone.
  const inputs = Object.keys(metafile.inputs).filter((file) => !file.includes("node_modules/"));
  replace(map, mapText);
  replace(bundle, code);
  replace(record, JSON.stringify({ entry, inputs, madeOf: hashOfFiles(inputs), made }));
  removeOrphans();
  return { code, sum: made };
}

/** Removes what is kept of programs that are no more, such as those of a folder for one use. */
function removeOrphans() {
  for (const name of readdirSync(cache).filter((file) => file.endsWith(".js.json"))) {
    try {
      const program = JSON.parse(readFileSync(join(cache, name), "utf8")).entry;
      if (program !== undefined && existsSync(program)) continue;
    } catch {
      // It was cut off.
    }
    const kept = join(cache, name.slice(0, -".json".length));
    for (const ending of ["", ".map", ".json", ".code"]) rmSync(`${kept}${ending}`, { force: true });
  }
}

/** By renaming, so that nobody reads half of a file. Containers that share the folder may have the same process ids. */
function replace(file, content) {
  const part = `${file}.${randomUUID()}`;
  try {
    writeFileSync(part, content);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** In a bundle, `__dirname` would be the bundle's folder. */
const ownFolders = {
  name: "own folders",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const folder = `const __dirname = ${JSON.stringify(dirname(path))};`;
      return { loader: "ts", contents: text.includes("__dirname") ? folder + text : text };
    });
  },
};

/** A stack trace in terms of the sources. */
function withSourceLines(trace) {
  const sources = new SourceMap(JSON.parse(readFileSync(map, "utf8")));
  return trace.replace(/([^\s(]+):(\d+):(\d+)/g, (place, file, line, column) => {
    if (file !== bundle) return place;
    const { originalSource, originalLine, originalColumn } = sources.findEntry(line - 1, column - 1);
    return `${resolve(cache, originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
  });
}

run();
