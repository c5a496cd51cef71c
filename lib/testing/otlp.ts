import type { Attributes, AttributeValue, DataPoint, LogRecord, Span } from "./data";

/** OTLP as JSON: the parts of it that are read here. Source: opentelemetry-proto, the JSON encoding of protobuf. */
export interface Otlp {
  readonly logs?: { readonly resourceLogs?: readonly ResourceOf<"scopeLogs", "logRecords", OtlpRecord>[] };
  readonly metrics?: {
    readonly resourceMetrics?: readonly ResourceOf<"scopeMetrics", "metrics", OtlpMetric>[];
  };
  readonly traces?: { readonly resourceSpans?: readonly ResourceOf<"scopeSpans", "spans", OtlpSpan>[] };
}

type ResourceOf<Scopes extends string, Items extends string, Item> = {
  readonly resource?: { readonly attributes?: readonly KeyValue[] };
} & { readonly [key in Scopes]?: readonly { readonly [key in Items]?: readonly Item[] }[] };

interface KeyValue {
  readonly key: string;
  readonly value?: OtlpValue;
}

interface OtlpValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  /** 64 bits: a text. */
  readonly intValue?: string | number;
  readonly doubleValue?: number | string;
  readonly bytesValue?: string;
  readonly arrayValue?: { readonly values?: readonly OtlpValue[] };
  readonly kvlistValue?: { readonly values?: readonly KeyValue[] };
}

interface OtlpRecord {
  readonly timeUnixNano?: string;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly body?: OtlpValue;
  readonly attributes?: readonly KeyValue[];
}

interface OtlpPoint {
  readonly timeUnixNano?: string;
  readonly asDouble?: number | string;
  readonly asInt?: string | number;
  readonly sum?: number | string;
  readonly attributes?: readonly KeyValue[];
}

interface OtlpMetric {
  readonly name?: string;
  readonly gauge?: { readonly dataPoints?: readonly OtlpPoint[] };
  readonly sum?: {
    readonly dataPoints?: readonly OtlpPoint[];
    readonly aggregationTemporality?: number;
    readonly isMonotonic?: boolean;
  };
  readonly histogram?: { readonly dataPoints?: readonly OtlpPoint[] };
  readonly exponentialHistogram?: { readonly dataPoints?: readonly OtlpPoint[] };
  readonly summary?: { readonly dataPoints?: readonly OtlpPoint[] };
}

interface OtlpSpan {
  readonly traceId?: string;
  readonly spanId?: string;
  readonly name?: string;
  readonly attributes?: readonly KeyValue[];
}

/** The log records in OTLP. */
export function recordsOf({ logs }: Otlp): readonly LogRecord[] {
  return (logs?.resourceLogs ?? []).flatMap(({ resource, scopeLogs = [] }) =>
    scopeLogs
      .flatMap(({ logRecords = [] }) => logRecords)
      .map(({ timeUnixNano, severityNumber, severityText, body, attributes }) => ({
        resource: attributesOf(resource?.attributes),
        attributes: attributesOf(attributes),
        body: body === undefined ? undefined : attributeValue(body),
        severityNumber: severityNumber === 0 ? undefined : severityNumber,
        severityText: severityText === "" ? undefined : severityText,
        timestamp: timestampOf(timeUnixNano),
      })),
  );
}

/** The data points in OTLP. */
export function pointsOf({ metrics }: Otlp): readonly DataPoint[] {
  return (metrics?.resourceMetrics ?? []).flatMap(({ resource, scopeMetrics = [] }) =>
    scopeMetrics
      .flatMap((scope) => scope.metrics ?? [])
      .flatMap((metric) =>
        kinds.flatMap((kind) =>
          (metric[kind]?.dataPoints ?? []).map(({ timeUnixNano, asDouble, asInt, sum, attributes }) => ({
            resource: attributesOf(resource?.attributes),
            attributes: attributesOf(attributes),
            name: metric.name ?? "",
            kind,
            value: Number(asDouble ?? asInt ?? sum ?? 0),
            timestamp: timestampOf(timeUnixNano),
          })),
        ),
      ),
  );
}

const kinds = ["gauge", "sum", "histogram", "exponentialHistogram", "summary"] as const;

/** The spans in OTLP. */
export function spansOf({ traces }: Otlp): readonly Span[] {
  return (traces?.resourceSpans ?? []).flatMap(({ resource, scopeSpans = [] }) =>
    scopeSpans
      .flatMap(({ spans = [] }) => spans)
      .map(({ name = "", traceId, spanId, attributes }) => ({
        resource: attributesOf(resource?.attributes),
        attributes: attributesOf(attributes),
        name,
        traceId,
        spanId,
      })),
  );
}

/** Log records as OTLP: each by itself, with a resource of its own, as receivers of OpenTelemetry mostly give them. */
export function logsToOtlp(records: readonly LogRecord[]): Otlp {
  const resourceLogs = records.map(
    ({ resource, attributes, body, severityNumber, severityText, timestamp }) => ({
      resource: { attributes: toAttributes(resource) },
      scopeLogs: [
        {
          logRecords: [
            {
              ...timeOf(timestamp),
              ...(severityNumber !== undefined && { severityNumber }),
              ...(severityText !== undefined && { severityText }),
              ...(body !== undefined && { body: toValue(body) }),
              attributes: toAttributes(attributes),
            },
          ],
        },
      ],
    }),
  );
  return { logs: { resourceLogs } };
}

/** Data points as OTLP. @throws RangeError of a kind that can only be read */
export function pointsToOtlp(points: readonly DataPoint[]): Otlp {
  const resourceMetrics = points.map(({ resource, attributes, name, kind = "gauge", value, timestamp }) => {
    const dataPoints = [{ ...timeOf(timestamp), asDouble: value, attributes: toAttributes(attributes) }];
    if (kind !== "gauge" && kind !== "sum") {
      throw new RangeError(`${name}: a ${kind} can't be sent; send a gauge or a sum`);
    }
    const metric =
      kind === "gauge"
        ? { name, gauge: { dataPoints } }
        : { name, sum: { dataPoints, aggregationTemporality: 2, isMonotonic: true } };
    return { resource: { attributes: toAttributes(resource) }, scopeMetrics: [{ metrics: [metric] }] };
  });
  return { metrics: { resourceMetrics } };
}

/** Spans as OTLP. */
export function spansToOtlp(spans: readonly Span[]): Otlp {
  const resourceSpans = spans.map(({ resource, attributes, name, traceId, spanId }, index) => ({
    resource: { attributes: toAttributes(resource) },
    scopeSpans: [
      {
        spans: [
          {
            traceId: traceId ?? "1".padStart(32, "0"),
            spanId: spanId ?? (index + 1).toString(16).padStart(16, "0"),
            name,
            attributes: toAttributes(attributes),
          },
        ],
      },
    ],
  }));
  return { traces: { resourceSpans } };
}

function attributesOf(attributes: readonly KeyValue[] = []): Attributes {
  return Object.fromEntries(attributes.map(({ key, value = {} }) => [key, attributeValue(value)]));
}

function attributeValue(value: OtlpValue): AttributeValue {
  const { stringValue, boolValue, intValue, doubleValue, bytesValue, arrayValue, kvlistValue } = value;
  if (intValue !== undefined) return Number(intValue);
  if (doubleValue !== undefined) return Number(doubleValue);
  if (arrayValue !== undefined) return (arrayValue.values ?? []).map(attributeValue);
  if (kvlistValue !== undefined) return attributesOf(kvlistValue.values);
  return stringValue ?? boolValue ?? bytesValue ?? null;
}

function toAttributes(attributes: Attributes = {}): readonly KeyValue[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: toValue(value) }));
}

function toValue(value: AttributeValue): OtlpValue {
  if (value === null) return {};
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number") {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if (isList(value)) return { arrayValue: { values: value.map(toValue) } };
  return { kvlistValue: { values: toAttributes(value) } };
}

function isList(value: object): value is readonly AttributeValue[] {
  return Array.isArray(value);
}

function timeOf(timestamp: string | undefined): { readonly timeUnixNano?: string } {
  if (timestamp === undefined) return {};
  const [, seconds = timestamp, fraction = "", zone = ""] = /^(.*:\d\d)\.(\d+)(.*)$/.exec(timestamp) ?? [];
  const whole = BigInt(Date.parse(`${seconds}${zone}`)) * 1_000_000n;
  return { timeUnixNano: String(whole + BigInt(fraction.padEnd(9, "0").slice(0, 9))) };
}

/** To the nanosecond, which JavaScript's own times don't have. */
function timestampOf(timeUnixNano: string | undefined): string | undefined {
  const nanoseconds = BigInt(timeUnixNano ?? 0);
  if (nanoseconds === 0n) return undefined;
  const second = new Date(Number(nanoseconds / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  const fraction = String(nanoseconds % 1_000_000_000n)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return `${second}${fraction === "" ? "" : `.${fraction}`}Z`;
}
