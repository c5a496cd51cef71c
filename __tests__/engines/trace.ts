import { traceProgram } from "../../scripts/go-program";
import { describeWithProgram } from "./describe";

/** A line of a log, with its labels. */
interface Line {
  readonly line: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly timestamp: string;
  readonly extracted?: Readonly<Record<string, unknown>>;
}

/** What passes between components: see `data.go` of packages/engine. */
interface Data {
  readonly logs?: readonly Line[];
  readonly targets?: readonly Readonly<Record<string, string>>[];
  readonly otlp?: Readonly<Record<string, unknown>>;
}

interface Input {
  readonly to: string;
  readonly logs?: readonly Partial<Line>[];
  readonly samples?: readonly object[];
  readonly targets?: Data["targets"];
  readonly otlp?: Data["otlp"];
}

interface Request {
  readonly config: string;
  readonly inputs: readonly Input[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

interface Step {
  readonly input: number;
  readonly component: string;
  readonly stage?: { readonly name: string; readonly path: readonly number[] };
  readonly in: Data;
  readonly out: Data;
  readonly dropped?: Readonly<Record<string, number>>;
  readonly note?: string;
}

interface Trace {
  readonly steps: readonly Step[];
  readonly arrived: readonly (Data & { readonly at: string; readonly not_run?: true })[];
  readonly errors: readonly string[];
}

/** A `describe` block whose tests ask the engine in packages/engine; it takes minutes to build. */
export function describeWithTrace(
  title: string,
  define: (trace: (request: Request) => Promise<Trace>) => void,
) {
  describeWithProgram(title, traceProgram, (ask) =>
    define(async (request) => {
      const answer = await ask<Trace>("trace", request);
      if (!answer.ok) throw new Error(answer.error);
      return answer.value;
    }),
  );
}
