/** A value of an attribute or of a record's body. */
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

/** Attributes by their names. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Labels by their names. */
export type Labels = Readonly<Record<string, string>>;

/** A line of a log, as Loki's components pass it on. */
export interface LogLine {
  readonly line: string;
  /** @default - none */
  readonly labels?: Labels | undefined;
  /** Structured metadata. @default - none */
  readonly metadata?: Labels | undefined;
  /** As RFC 3339 has times. @default - now */
  readonly timestamp?: string | undefined;
  /** What the stages of a `loki.process` have extracted so far: it is there within one alone. */
  readonly extracted?: Attributes | undefined;
}

/** A sample of a series, as Prometheus' components pass it on. */
export interface Sample {
  /** The series, with its name. */
  readonly labels: Labels & { readonly __name__: string };
  readonly value: number;
  /** As RFC 3339 has times. @default - now */
  readonly timestamp?: string | undefined;
}

/** What something of OpenTelemetry belongs to. */
interface OfResource {
  /** The attributes of its resource. @default - none */
  readonly resource?: Attributes | undefined;
  /** Its own. @default - none */
  readonly attributes?: Attributes | undefined;
}

/** A log record of OpenTelemetry. */
export interface LogRecord extends OfResource {
  /** @default - none */
  readonly body?: AttributeValue | undefined;
  /** 1 to 24. @default - unspecified */
  readonly severityNumber?: number | undefined;
  /** @default - unspecified */
  readonly severityText?: string | undefined;
  /** As RFC 3339 has times. @default - unknown */
  readonly timestamp?: string | undefined;
}

/** A data point of a metric of OpenTelemetry. */
export interface DataPoint extends OfResource {
  /** The metric's name. */
  readonly name: string;
  /** A sum is monotonic and cumulative here, where it is sent. @default "gauge" */
  readonly kind?: "gauge" | "sum" | "histogram" | "exponentialHistogram" | "summary" | undefined;
  /** Of a gauge or a sum; of the other kinds, the sum of what was observed, and nothing can be sent. */
  readonly value: number;
  /** As RFC 3339 has times. @default - unknown */
  readonly timestamp?: string | undefined;
}

/** A span of OpenTelemetry. */
export interface Span extends OfResource {
  readonly name: string;
  /** 32 hexadecimal digits. @default - one of all spans that name none */
  readonly traceId?: string | undefined;
  /** 16 hexadecimal digits. @default - one of its own */
  readonly spanId?: string | undefined;
}

/** What flows through a config. A place takes some of it alone; of the rest there is nothing there. */
export interface Data {
  readonly logs: readonly LogLine[];
  readonly samples: readonly Sample[];
  readonly records: readonly LogRecord[];
  readonly points: readonly DataPoint[];
  readonly spans: readonly Span[];
  /** What `discovery.*` finds: the labels of things to read. */
  readonly targets: readonly Labels[];
}

/** No data. */
export const nothing: Data = { logs: [], samples: [], records: [], points: [], spans: [], targets: [] };

/** Whether there is any. */
export function isEmpty(data: Data): boolean {
  return Object.values(data).every((items) => items.length === 0);
}

/** All of some data. */
export function joined(all: readonly Data[]): Data {
  return {
    logs: all.flatMap(({ logs }) => logs),
    samples: all.flatMap(({ samples }) => samples),
    records: all.flatMap(({ records }) => records),
    points: all.flatMap(({ points }) => points),
    spans: all.flatMap(({ spans }) => spans),
    targets: all.flatMap(({ targets }) => targets),
  };
}
