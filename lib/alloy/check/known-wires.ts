import type { StabilityLevel } from "../schema/definition";
import { Memory } from "../syntax/memory";
import type { Diagnostics } from "./diagnostics";
import type { Named, Scope } from "./scope";
import type { Wire } from "./wiring";

/** A reference of a block to another: which of its names it is, and the attribute that it is in. */
type KnownWire = readonly [name: number, attribute: string];

/** The references of blocks in which nothing is wrong. */
const clean = new Memory<readonly KnownWire[] | undefined>();

/**
 * What a component refers to: without a check where nothing was wrong with another that says the same, whose names stand for
 * the same.
 *
 * @param stability the agent's, if there is one
 * @param check finds what the component refers to, and what is wrong with it
 */
export function knownWires(
  from: Named,
  scope: Scope,
  stability: StabilityLevel | undefined,
  diagnostics: Diagnostics,
  check: () => readonly Wire[],
): readonly Wire[] {
  const { block, owner } = from;
  const reading = owner?.readingOf(block);
  if (reading === undefined) return check();
  const { names } = reading;
  const resolved = names.map(({ value }) => scope.resolved(value));
  const by: unknown[] = [owner?.definition, stability];
  for (const { kind, format } of resolved) by.push(kind, format);
  let wires: readonly Wire[] | undefined;
  const known = clean.of(reading, by, () => {
    const before = diagnostics.count;
    wires = check();
    const found = wires.map(({ attribute, value, holder }): KnownWire => {
      return [names.findIndex((name) => name.value === value && name.holder === holder), attribute];
    });
    // A field of an object is no attribute that the block has.
    return diagnostics.count > before || found.some(([name]) => name < 0) ? undefined : found;
  });
  if (wires !== undefined || known === undefined) return wires ?? [];
  return known.flatMap(([place, attribute]): readonly Wire[] => {
    const [name, to] = [names[place], resolved[place]];
    if (name === undefined || to?.kind !== "export") return [];
    return [{ from, to: to.of, exportName: to.exportName, attribute, ...name }];
  });
}
