import { attributeIn, type BodySyntax, blocksIn, literalOf, textOf } from "../syntax/tree";
import type { BodyDefinition } from "./body";
import type { Need, OwnNeed } from "./requirement";
import { type Signal, signals } from "./types";

/** Alloy's stability levels, from the one that allows the least. */
export const stabilityLevels = ["generally-available", "public-preview", "experimental"] as const;

/** What `--stability.level` of `alloy run` takes. */
export type StabilityLevel = (typeof stabilityLevels)[number];

/** Whether a level runs less than another. */
export function isAbove(level: StabilityLevel, allowed: StabilityLevel): boolean {
  return stabilityLevels.indexOf(level) > stabilityLevels.indexOf(allowed);
}

/** What an export is: a `Format` as the bindings write it; `any` is one that only a running Alloy knows. */
export type ExportKind = string;

/** What the bindings know of a component. */
export interface ComponentDefinition {
  /** Such as `prometheus.scrape`. */
  readonly name: string;
  /** Community components need `--feature.community-components.enabled`, whatever the stability level. */
  readonly stability: StabilityLevel | "community";
  readonly body: BodyDefinition;
  /** What it exports, by Alloy's names. @default - nothing */
  readonly exports?: Readonly<Record<string, ExportKind>>;
  /** The signals that its `input` takes, if it is an OpenTelemetry consumer. */
  readonly accepts?: readonly Signal[];
  /** The signals that its `output` gives, if it is an OpenTelemetry producer. */
  readonly emits?: readonly Signal[];
  /** What is known of it with its arguments, where they say what it gives and takes. @default - no more than this */
  readonly byArguments?: ByArguments;
  /** It has data of its own to send, even if nothing sends to its receiver. @default - if it has no receiver */
  readonly source?: true;
  /** What it needs whatever stands around it: API rights, storage. @default - nothing */
  readonly needs?: readonly OwnNeed[];
  /**
   * What it reads of the node, connects to and listens on.
   *
   * @default - the servers that its arguments name; where they name none, a connection that is not known
   */
  readonly surroundings?: readonly Need[];
  /** What it takes and gives is known to Alloy alone. */
  readonly isOpen?: true;
}

/**
 * What is known of a component with some arguments.
 *
 * @param allowed the agent's `--stability.level`, if it is known
 */
type ByArguments = (
  definition: ComponentDefinition,
  body: BodySyntax,
  allowed: StabilityLevel | undefined,
) => ComponentDefinition;

/** An export that may be a secret is one where the argument `is_secret` says so. */
export const secretByArgument: ByArguments = (definition, body) => {
  if (literalOf(attributeIn(body, "is_secret")) !== true) return definition;
  const exports = Object.entries(definition.exports ?? {}).map(([key, kind]) => [
    key,
    kind.replace("optional_secret", "secret"),
  ]);
  return { ...definition, exports: Object.fromEntries(exports) };
};

/** The signals that are balanced by a key. Metrics are experimental: at other levels Alloy drops them. */
export const signalsByRoutingKey: ByArguments = (definition, body, allowed) => {
  const value = attributeIn(body, "routing_key");
  const key = value === undefined ? "traceID" : textOf(value);
  if (key === undefined) return { ...definition, accepts: signals };
  const ofKey = signalsOfKey[key] ?? signals;
  const takesMetrics = allowed === undefined || allowed === "experimental";
  return { ...definition, accepts: ofKey.filter((signal) => signal !== "metrics" || takesMetrics) };
};

const signalsOfKey: Readonly<Record<string, readonly Signal[]>> = {
  traceID: ["logs", "traces"],
  service: signals,
  resource: ["metrics"],
  metric: ["metrics"],
  streamID: ["metrics"],
};

/** The blocks that configure Alloy itself: one of each, without a label, at the top of a file. */
export const rootOnly: ReadonlySet<string> = new Set([
  "http",
  "labelstore",
  "livedebugging",
  "logging",
  "remotecfg",
  "tracing",
]);

const receivers: ReadonlySet<ExportKind> = new Set<ExportKind>([
  "loki.LogsReceiver",
  "otelcol.Consumer",
  "prometheus.MetricsReceiver",
  "pyroscope.ProfilesReceiver",
]);

/** Whether data is sent to an export of this kind. */
export function isReceiver(kind: ExportKind | undefined): boolean {
  return kind !== undefined && receivers.has(kind);
}

/** Whether others can send data to a component. */
export function takesData({ exports = {} }: ComponentDefinition): boolean {
  return Object.values(exports).some(isReceiver);
}

/** Whether a component has a place for receivers. */
export function sendsData({ body: { byAlloyName } }: ComponentDefinition): boolean {
  return byAlloyName.has("forward_to") || byAlloyName.has("output");
}

/** Whether a component has a place for receivers, but names none. One that is required and missing is another mistake. */
export function namesNoReceiver(definition: ComponentDefinition, body: BodySyntax): boolean {
  if (!sendsData(definition)) return false;
  const forwardTo = body.attributes.filter(({ name }) => name === "forward_to");
  const outputs = blocksIn(body, "output");
  const isMissing =
    (forwardTo.length === 0 && definition.body.required.includes("forwardTo")) ||
    (outputs.length === 0 && definition.body.required.includes("output"));
  if (isMissing) return false;
  return [...forwardTo, ...outputs.flatMap((output) => output.body.attributes)].every(
    ({ value }) => value.kind === "list" && value.items.length === 0,
  );
}
