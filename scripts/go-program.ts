import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { acquireLock } from "../lib/synthesis";

const sources = join(__dirname, "../.ci");
const builds = join(tmpdir(), "aistore-alloy-engines");
/** Compiling without optimizing takes half the time; what the tests ask is answered quickly all the same. */
const buildFlags = ["-gcflags=all=-N -l", "-ldflags=-s -w"];

const noGo = "go is not on PATH: install Go 1.26 or newer";

/** A Go program. */
export interface Program {
  /** Its folder, as seen from `.ci`. */
  readonly folder: string;
  /**
   * The module file to build with.
   * @default "go.mod"
   */
  readonly moduleFile?: string;
  /** Whether the folder's own `build FILE` builds it; its exit code is 3 where its modules cannot be had. */
  readonly script?: boolean;
  /** Whether building it takes minutes: then tests build it only where `CI` is set. */
  readonly slow?: boolean;
}

/** The engine of lib/testing. */
export const traceProgram: Program = { folder: "../packages/engine", slow: true };

/** An executable, or why there is none. */
export type Build = { readonly executable: string } | { readonly missing: string };

/**
 * Builds a program, unless an earlier run has built the same sources.
 *
 * It blocks, so that a test file knows while it declares its tests whether they can run.
 *
 * @param beforeWait is called before one is built that takes minutes. @default - such a one is built only where `CI` is set
 * @throws Error when the program does not compile.
 */
export function build(
  program: Program,
  beforeWait: (() => void) | undefined = process.env.CI ? () => undefined : undefined,
): Build {
  const version = go(["version"], sources);
  if (version.error !== undefined) return { missing: noGo };
  const executable = join(builds, `${basename(program.folder)}-${fingerprint(program, version.stdout)}`);
  if (existsSync(executable)) return { executable };
  if (program.slow === true) {
    if (beforeWait === undefined) return { missing: "its program takes minutes to build: set CI=true once" };
    beforeWait();
  }
  mkdirSync(builds, { recursive: true });
  // Two jest workers that want the same program would otherwise both compile it.
  const release = acquireLock(`${executable}.lock`, Number.POSITIVE_INFINITY);
  try {
    if (!existsSync(executable)) {
      const partial = `${executable}.${process.pid}`;
      const missing = compile(program, partial);
      if (missing !== undefined) {
        return { missing: `the modules of .ci/${program.folder} cannot be had: ${missing.trim()}` };
      }
      renameSync(partial, executable);
    }
    return { executable };
  } finally {
    release();
  }
}

/** Where the sources of a Go module are, and their checksum; or why they cannot be had. */
export function moduleSources(
  module: string,
): { readonly folder: string; readonly sum: string } | { readonly missing: string } {
  // Outside of a module nothing of its own go.sum is asked.
  const { stdout, stderr, error } = go(["mod", "download", "-json", module], tmpdir());
  if (error !== undefined) return { missing: noGo };
  const { Dir: folder, Sum: sum, Error: reason } = JSON.parse(stdout || "{}");
  return folder === undefined ? { missing: `${module} cannot be had: ${reason ?? stderr}` } : { folder, sum };
}

/** Says why the program's modules cannot be had; nothing where it is compiled. */
function compile(program: Program, executable: string): string | undefined {
  const folder = join(sources, program.folder);
  if (program.script === true) {
    const built = spawnSync(join(folder, "build"), [executable], { encoding: "utf8" });
    return built.status === 3 ? built.stderr : assertCompiled(program, built);
  }
  const moduleFile = `-modfile=${program.moduleFile ?? "go.mod"}`;
  const modules = go(["list", moduleFile, "-deps", "."], folder);
  return modules.status === 0
    ? assertCompiled(program, go(["build", moduleFile, ...buildFlags, "-o", executable, "."], folder))
    : modules.stderr;
}

function assertCompiled(program: Program, { status, stderr }: ReturnType<typeof go>): undefined {
  if (status !== 0) throw new Error(`building .ci/${program.folder} fails:\n${stderr}`);
}

function go(args: readonly string[], cwd: string) {
  return spawnSync("go", args, { cwd, encoding: "utf8", env: { ...process.env, CGO_ENABLED: "0" } });
}

function fingerprint(program: Program, goVersion: string): string {
  const hash = createHash("sha256").update(JSON.stringify([program, goVersion, buildFlags]));
  for (const folder of ["protocol", program.folder]) {
    for (const file of filesOf(join(sources, folder))) {
      hash.update(`\0${folder}/${file}\0`).update(readFileSync(join(sources, folder, file)));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
