import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Labels, LogLine, Sample } from "./data";
import type { Otlp } from "./otlp";

/** What the engine takes and gives, of one kind. */
export interface EngineData {
  readonly logs?: readonly LogLine[];
  readonly samples?: readonly Sample[];
  readonly targets?: readonly Labels[];
  readonly otlp?: Otlp;
}

/** Data, and the place of the config that it goes in. */
export interface EngineInput extends EngineData {
  readonly to: string;
}

/** What the engine is asked: what becomes of inputs in a config. */
export interface EngineRequest {
  readonly config: string;
  readonly inputs: readonly EngineInput[];
  readonly environment: Labels;
  readonly files: Labels;
}

/** What became of the inputs: each component's step, what arrived where, and what failed. */
export interface EngineAnswer {
  readonly steps: readonly {
    readonly component: string;
    readonly stage?: { readonly name: string; readonly path: readonly number[] };
    readonly in: EngineData;
    readonly out: EngineData;
  }[];
  readonly arrived: readonly (EngineData & { readonly at: string })[];
  readonly errors?: readonly string[];
}

/** The engine can't be had here. */
export class EngineMissing extends Error {
  override readonly name = "EngineMissing";
}

/** Runs the WebAssembly program of its argument on its own standard input and output, which are files. */
const runWasm = `
const [{ readFileSync }, { WASI }] = await Promise.all([import("node:fs"), import("node:wasi")]);
const wasi = new WASI({ version: "preview1", args: ["engine"] });
const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[1]), wasi.getImportObject());
wasi.start(instance);
`;

/**
 * Asks the engine once: the program that `ALLOY_ENGINE` names, or else that of the package `alloy-constructs-engine`.
 *
 * @throws EngineMissing
 */
export function ask(request: EngineRequest): EngineAnswer | { readonly error: string } {
  const engine = process.env.ALLOY_ENGINE ?? installedEngine();
  if (!existsSync(engine)) throw new EngineMissing(`${engine}, which ALLOY_ENGINE names, is not there`);
  const [command, ...args] = engine.endsWith(".wasm")
    ? [process.execPath, "--no-warnings", "--input-type=module", "--eval", runWasm, engine]
    : [engine];
  const { stdout, stderr, error } = answerOf(
    command,
    args,
    `${JSON.stringify({ id: 1, op: "trace", ...request })}\n`,
  );
  if (error !== undefined) throw new EngineMissing(`${engine}: ${error.message}`);
  const { result, error: refusal, fault } = JSON.parse(stdout || "{}");
  if (refusal !== undefined) return { error: refusal };
  if (result === undefined) throw new Error(`${engine} failed: ${fault ?? stderr}`);
  return result;
}

/** A package of its own, for it is large and has other licenses. */
function installedEngine(): string {
  try {
    return createRequire(join(__dirname, "engine.js")).resolve("alloy-constructs-engine/engine.wasm");
  } catch {
    throw new EngineMissing(
      "the engine is missing; install alloy-constructs-engine, or set ALLOY_ENGINE to the path of one",
    );
  }
}

/** Through files: what WebAssembly writes to a pipe is lost where that is full. */
function answerOf(command: string, args: readonly string[], input: string) {
  const folder = mkdtempSync(join(tmpdir(), "alloy-engine-"));
  try {
    const [asked, answered] = [join(folder, "asked"), join(folder, "answered")];
    writeFileSync(asked, input);
    const files = [openSync(asked, "r"), openSync(answered, "w")];
    // Nothing of this machine may change an answer.
    const options = { env: {}, encoding: "utf8", timeout: 120_000 } as const;
    const { stderr, error } = spawnSync(command, args, { ...options, stdio: [...files, "pipe"] });
    for (const file of files) closeSync(file);
    return { stdout: readFileSync(answered, "utf8"), stderr, error };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
