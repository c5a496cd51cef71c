import type { ComponentDefinition } from "../schema/definition";
import { type Signal, signals } from "../schema/types";
import type { BodySyntax, Syntax } from "../syntax/tree";
import { headOf } from "./body";
import type { Diagnostics } from "./diagnostics";
import type { Named } from "./scope";

/** A reference of one component to an export of another. */
export interface Wire {
  readonly from: Named;
  readonly to: Named;
  readonly value: Syntax;
  readonly exportName: string;
}

const receivers: ReadonlySet<string> = new Set([
  "loki.LogsReceiver",
  "otelcol.Consumer",
  "prometheus.MetricsReceiver",
  "pyroscope.ProfilesReceiver",
]);

/** Finds what no component alone can tell. */
export function checkWiring(
  components: readonly Named[],
  wires: readonly Wire[],
  diagnostics: Diagnostics,
): void {
  for (const cycle of cycles(components, wires)) {
    const [first] = cycle;
    if (first !== undefined) {
      const addresses = [...cycle, first].map(({ from }) => from.address);
      diagnostics.add("error", first.value, `a cycle, which Alloy refuses: ${addresses.join(" -> ")}`);
    }
  }
  const targets = new Set(wires.map(({ to }) => to));
  for (const component of components) {
    const { definition, block } = component;
    if (definition === undefined) continue;
    if (!targets.has(component) && isPassive(definition)) {
      const takes = Object.values(definition.exports ?? {}).some((kind) => receivers.has(kind));
      diagnostics.add("warning", headOf(block), takes ? "nothing sends data to it" : "nothing uses it");
    }
    if (sendsNowhere(definition, block.body)) {
      diagnostics.add("warning", headOf(block), "it sends its data nowhere");
    }
  }
  for (const wire of wires) checkSignal(wire, diagnostics);
}

/** Whether a component has no effect unless others use it. */
function isPassive({ name, exports, source, body }: ComponentDefinition): boolean {
  const kinds = Object.values(exports ?? {});
  if (kinds.length === 0 || kinds.includes("any") || source === true || name === "argument") return false;
  const isSource =
    !kinds.some((kind) => receivers.has(kind)) &&
    (body.byAlloyName.has("forward_to") || body.byAlloyName.has("output"));
  return !isSource;
}

function sendsNowhere({ body: definition }: ComponentDefinition, body: BodySyntax): boolean {
  if (!definition.byAlloyName.has("output") && !definition.byAlloyName.has("forward_to")) return false;
  const outputs = body.blocks.filter(({ name }) => name === "output");
  const lists = [
    ...body.attributes.filter(({ name }) => name === "forward_to"),
    ...outputs.flatMap((output) => output.body.attributes),
  ];
  return lists.every(({ value }) => value.kind === "list" && value.items.length === 0);
}

/** Alloy drops signals that a component doesn't take without a word. */
function checkSignal({ from, to, value, exportName }: Wire, diagnostics: Diagnostics): void {
  if (to.definition?.exports?.[exportName] !== "otelcol.Consumer") return;
  const signal = signalOf(from.block.body, value);
  if (signal === undefined) return;
  if (to.definition.accepts?.includes(signal) === false) {
    diagnostics.add("warning", value, `${to.address} takes no ${signal}: they are dropped`);
  }
  if (from.definition?.emits?.includes(signal) === false) {
    diagnostics.add("warning", value, `${from.address} gives no ${signal}`);
  }
}

function signalOf(body: BodySyntax, value: Syntax): Signal | undefined {
  const outputs = body.blocks.filter(({ name }) => name === "output");
  const holder = outputs
    .flatMap((output) => output.body.attributes)
    .find(({ value: list }) => list === value || (list.kind === "list" && list.items.includes(value)));
  return signals.find((signal) => signal === holder?.name);
}

/** Each way that leads from a component back to it, once. */
function cycles(components: readonly Named[], wires: readonly Wire[]): readonly (readonly Wire[])[] {
  const outgoing = new Map<Named, Wire[]>();
  for (const wire of wires) {
    const known = outgoing.get(wire.from);
    if (known === undefined) outgoing.set(wire.from, [wire]);
    else known.push(wire);
  }
  const done = new Set<Named>();
  const trail: Wire[] = [];
  const found: (readonly Wire[])[] = [];
  const visit = (component: Named) => {
    const start = trail.findIndex(({ from }) => from === component);
    if (start >= 0) found.push(trail.slice(start));
    if (start >= 0 || done.has(component)) return;
    for (const wire of outgoing.get(component) ?? []) {
      trail.push(wire);
      visit(wire.to);
      trail.pop();
    }
    done.add(component);
  };
  for (const component of components) visit(component);
  return found;
}
