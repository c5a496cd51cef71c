import type { Answer } from "./connection";
import { type Ask, describeWithProgram } from "./describe";

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What stands between the braces of an Alloy block, or in the whole file, in the order written. */
export interface Body {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
}

/** A block of an Alloy configuration. */
export interface Block extends Body {
  /** Such as "prometheus.scrape". */
  readonly name: string;
  /** "" when it has none. */
  readonly label: string;
}

/** An attribute of an Alloy block. The lists hold what its expression is made of, in the order written. */
export interface Attribute {
  readonly name: string;
  /** Absent where it depends on other components, unless their values are given, on constants or on environment variables. */
  readonly value?: Json;
  /** String literals, unescaped. */
  readonly strings: readonly string[];
  /** Functions called, such as "sys.env". */
  readonly calls: readonly string[];
  /** Other names read, such as "otelcol.exporter.otlphttp.local.input". */
  readonly references: readonly string[];
}

/** Where OTTL stands: a statements block of a transform, or a conditions block of a filter. */
export interface OttlPlace {
  /**
   * OTTL's context.
   * @default inferred from the paths, which must then begin with their context
   */
  readonly context?: "log" | "metric" | "datapoint" | "resource" | "scope" | "span" | "spanevent";
  /** @default that of the context; "log" where the context is in every signal */
  readonly signal?: "log" | "metric" | "trace";
}

/** A log record, or a data point of a gauge, with the attributes of its resource. */
export interface TelemetryRecord {
  readonly resource?: { readonly [key: string]: Json };
  readonly attributes?: { readonly [key: string]: Json };
  /** Of a log record. */
  readonly body?: Json;
  /** Of a log record. Absent: unspecified. */
  readonly severity_number?: number;
  /** Of a log record. */
  readonly severity_text?: string;
  /** Of a log record: when it was written, as RFC 3339 has times. Absent: not known. */
  readonly time?: string;
  /** Of a data point: its metric's name. */
  readonly name?: string;
  /** Of a data point. */
  readonly value?: number;
}

/** OTTL to run on sample records. */
export interface OttlRun extends OttlPlace {
  /** Of a transform's block: it applies only where one of them holds. Of a filter's: it drops what one holds for. */
  readonly conditions?: readonly string[] | undefined;
  /**
   * Alloy's `error_mode`. Alloy's own default is "ignore".
   * @default "propagate"
   */
  readonly error_mode?: "ignore" | "silent" | "propagate";
  readonly records: readonly TelemetryRecord[];
}

/** A YAML document as it is read. */
export interface YamlReadings {
  /** By kubectl and Helm. */
  readonly kubernetes: Json;
  /** By Kustomize and Flux. */
  readonly kustomize: Json;
}

/** One of a chain of processors, by the last part of its component's name in Alloy, with the collector's settings. */
export interface ChainedProcessor {
  readonly name: "batch" | "filter" | "groupbyattrs" | "transform";
  readonly settings: { readonly [key: string]: Json };
}

/** What goes through a queue of the collector's own, and to what a receiver. */
export interface Delivering {
  /** The collector's `sending_queue`. */
  readonly queue: { readonly [key: string]: Json };
  readonly signal: "metrics" | "logs";
  readonly requests: number;
  /** Lines of a request, or samples, each of a series of its own. */
  readonly records: number;
  /** Of a line. */
  readonly bytes?: number;
  /** The bytes of one line in the middle of each request. @default - it is like the others */
  readonly oversized?: number;
  readonly receiver: {
    /** It answers 503 for as long at first. */
    readonly away_ms?: number;
    /** It answers 503 to larger requests. */
    readonly max_bytes?: number;
    /** It refuses a request for good at its first sample that is older than the newest of its series. */
    readonly in_order?: boolean;
  };
  /** How long deliveries are awaited. */
  readonly ms: number;
}

/** What became of it, in records; and the bytes of the largest request. */
export interface Delivered {
  readonly sent: number;
  readonly delivered: number;
  readonly refused: number;
  readonly largest: number;
}

/** The engines that read what this project writes. Strings given to them must be well-formed Unicode. */
export class Engines {
  constructor(private readonly ask: Ask) {}

  /** What `alloy fmt` makes of a configuration. */
  format(text: string): Promise<Answer<string>> {
    return this.ask("format", { text });
  }

  /**
   * What Alloy's parser reads in a configuration. Refuses functions that Alloy does not have.
   *
   * @param values secrets that components export, by names such as `local.file.token.content`
   */
  evaluate(text: string, values: Readonly<Record<string, string>> = {}): Promise<Answer<Body>> {
    return this.ask("evaluate", { text, values });
  }

  /**
   * Whether an attribute of a type takes a value.
   *
   * @param value an expression, which may name what `given.x` exports: `secret`, `hidden`, `shown` and others
   * @param to a type as the bindings write it
   */
  convert(value: string, to: string): Promise<Answer<true>> {
    return this.ask("convert", { value, to });
  }

  /** Whether a transform takes this OTTL statement, or a filter this condition. */
  ottl(kind: "statement" | "condition", place: OttlPlace, text: string): Promise<Answer<unknown>> {
    return this.ask("ottl", { ...place, kind, text });
  }

  /** The records as a transform's statements leave them. */
  runOttl(run: OttlRun & { readonly statements: readonly string[] }): Promise<Answer<TelemetryRecord[]>> {
    return this.ask("ottl_run", run);
  }

  /** For each record, whether a filter's conditions drop it. */
  matchOttl(run: OttlRun & { readonly conditions: readonly string[] }): Promise<Answer<boolean[]>> {
    return this.ask("ottl_match", run);
  }

  /** What the readers of manifests make of a YAML document. */
  yaml(text: string): Promise<Answer<YamlReadings>> {
    return this.ask("yaml", { text });
  }

  /** What comes out of a chain of processors that log records go into one by one. */
  chain(
    processors: readonly ChainedProcessor[],
    records: readonly TelemetryRecord[],
  ): Promise<Answer<TelemetryRecord[]>> {
    return this.ask("chain", { processors, records });
  }

  /** Sends through the collector's queue, batches and retries. */
  deliver(delivering: Delivering): Promise<Answer<Delivered>> {
    return this.ask("deliver", delivering);
  }

  /** For each input, whether a Go (RE2) regexp finds a match in it. */
  regexp(text: string, inputs: readonly string[] = []): Promise<Answer<boolean[]>> {
    return this.ask("regexp", { text, inputs });
  }
}

/** A `describe` block whose tests ask the engines: skipped without Go, failing without Go where `CI` is set. */
export function describeWithEngines(title: string, define: (engines: Engines) => void): void {
  describeWithProgram(title, { folder: "engines" }, (ask) => define(new Engines(ask)));
}
