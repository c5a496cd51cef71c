import { spawnSync } from "node:child_process";
import type { Labels, LogLine, Sample } from "./data";
import type { Otlp } from "./otlp";

/** What the engine takes and gives, of one kind. */
export interface EngineData {
  readonly logs?: readonly LogLine[];
  readonly samples?: readonly Sample[];
  readonly targets?: readonly Labels[];
  readonly otlp?: Otlp;
}

export interface EngineInput extends EngineData {
  readonly to: string;
}

export interface EngineRequest {
  readonly config: string;
  readonly inputs: readonly EngineInput[];
  readonly environment: Labels;
  readonly files: Labels;
}

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

/** Asks the engine once. @throws EngineMissing */
export function ask(request: EngineRequest): EngineAnswer | { readonly error: string } {
  const [command = "", ...args] = [process.env.ALLOY_ENGINE ?? ""];
  const { stdout, stderr, error } = spawnSync(command, args, {
    input: `${JSON.stringify({ id: 1, op: "trace", ...request })}\n`,
    encoding: "utf8",
    env: {},
    maxBuffer: 1 << 30,
    timeout: 120_000,
  });
  if (error !== undefined) throw new EngineMissing(error.message);
  const { result, error: refusal, fault } = JSON.parse(stdout || "{}");
  if (refusal !== undefined) return { error: refusal };
  if (result === undefined) throw new Error(`the engine failed: ${fault ?? stderr}`);
  return result;
}
