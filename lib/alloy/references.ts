import type { Component, ExportKind } from "./component";
import { type BlockSyntax, walkValue } from "./syntax";
import { type Signal, signals } from "./types";

/** What a component refers to. */
export interface Reference {
  readonly to: Component;
  /** The export, such as `receiver`. */
  readonly exportName: string;
  /** The attribute that holds the reference, with the blocks around it, such as `output.logs`. */
  readonly attribute: string;
}

/** A reference of one component to an export of another. */
export interface Edge extends Reference {
  readonly from: Component;
}

/** The references in a block, in the order of the text; each once. */
export function referencesIn(block: BlockSyntax): readonly Reference[] {
  const found: Reference[] = [];
  collect(block, "", (reference) => {
    if (!found.some((one) => isSame(one, reference))) found.push(reference);
  });
  return found;
}

/**
 * Whether data flows along the reference, from the component that refers to the one that it names: into a
 * receiver or a consumer. Along others a component takes what another gives: targets, rules, a handler.
 */
export function isForwarding({ to, exportName, attribute }: Reference): boolean {
  const kind = to.definition.exports?.[exportName];
  return kind === "any" ? takesReceivers.test(attribute) : isReceiver(kind);
}

/** Whether data is sent to an export of this kind. */
export function isReceiver(kind: ExportKind | undefined): boolean {
  return kind !== undefined && receivers.has(kind);
}

/** The signal that flows along a reference to an OpenTelemetry consumer: its attribute is named after it. */
export function consumedSignal({ to, exportName, attribute }: Reference): Signal | undefined {
  const kind = to.definition.exports?.[exportName];
  if (kind !== "otelcol.Consumer" && kind !== "any") return undefined;
  // Alloy writes nothing but its own traces to consumers.
  if (attribute === "write_to") return "traces";
  const name = /(?:^|\.)output\.(\w+)$/.exec(attribute)?.[1];
  return signals.find((signal) => signal === name);
}

/** Where receivers are named: what an argument of a custom component holds is not known. */
const takesReceivers = /(?:^|\.)(?:forward_to|write_to|output\.(?:metrics|logs|traces))$/;

const receivers: ReadonlySet<ExportKind> = new Set<ExportKind>([
  "loki.LogsReceiver",
  "otelcol.Consumer",
  "prometheus.MetricsReceiver",
  "pyroscope.ProfilesReceiver",
]);

function collect(block: BlockSyntax, path: string, visit: (reference: Reference) => void): void {
  for (const { name, value } of block.body.attributes) {
    walkValue(value, (part) => {
      if (part.kind === "export")
        visit({ to: part.component, exportName: part.name, attribute: path + name });
    });
  }
  for (const inner of block.body.blocks) collect(inner, `${path}${inner.name}.`, visit);
}

function isSame(one: Reference, other: Reference): boolean {
  return one.to === other.to && one.exportName === other.exportName && one.attribute === other.attribute;
}
