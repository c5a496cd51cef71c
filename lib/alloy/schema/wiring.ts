import type { BodySyntax } from "../syntax/tree";
import type { ComponentDefinition, ExportKind } from "./definition";

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
  const outputs = body.blocks.filter(({ name }) => name === "output");
  const isMissing =
    (forwardTo.length === 0 && definition.body.required.includes("forwardTo")) ||
    (outputs.length === 0 && definition.body.required.includes("output"));
  if (isMissing) return false;
  return [...forwardTo, ...outputs.flatMap((output) => output.body.attributes)].every(
    ({ value }) => value.kind === "list" && value.items.length === 0,
  );
}
