import type { ComponentDefinition } from "../schema/definition";
import { type Signal, signals } from "../schema/types";
import { cyclesIn, namesNoReceiver, sendsData, takesData } from "../schema/wiring";
import type { BodySyntax, Syntax } from "../syntax/tree";
import type { Diagnostics } from "./diagnostics";
import type { Named } from "./scope";

/** A reference of one component to an export of another. */
export interface Wire {
  readonly from: Named;
  readonly to: Named;
  readonly value: Syntax;
  readonly exportName: string;
}

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
      const message = takesData(definition) ? "nothing sends data to it" : "nothing uses it";
      diagnostics.add("warning", block, message);
    }
    if (namesNoReceiver(definition, block.body)) {
      diagnostics.add("warning", block, "it sends its data nowhere");
    }
  }
  for (const wire of wires) checkSignal(wire, diagnostics);
}

/** Whether a component has no effect unless others use it. */
function isPassive(definition: ComponentDefinition): boolean {
  const { name, exports, source } = definition;
  const kinds = Object.values(exports ?? {});
  if (kinds.length === 0 || kinds.includes("any") || source === true || name === "argument") return false;
  return takesData(definition) || !sendsData(definition);
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
  return cyclesIn(components, (component) => outgoing.get(component) ?? []);
}
