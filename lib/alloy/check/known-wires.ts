import type { StabilityLevel } from "../schema/definition";
import { Memory, type NameIn } from "../syntax/memory";
import type { Diagnostics } from "./diagnostics";
import type { Named, Resolved, Scope } from "./scope";
import type { Wire } from "./wiring";

/** A reference of a block to another: which of its names it is, and the attribute that it is in. */
type KnownWire = readonly [name: number, attribute: string];

/** The references of blocks in which nothing is wrong. */
const clean = new Memory<readonly KnownWire[] | undefined>();

/** Knows what components refer to without a check, where nothing was wrong with another that says the same. */
export class KnownWires {
  /** @param stability the agent's, if there is one */
  constructor(
    private readonly diagnostics: Diagnostics,
    private readonly stability: StabilityLevel | undefined,
  ) {}

  /** @param check finds what the component refers to, and what is wrong with it */
  wiresOf(from: Named, scope: Scope, check: () => readonly Wire[]): readonly Wire[] {
    const { block, owner } = from;
    const reading = owner?.readingOf(block);
    if (owner === undefined || reading === undefined) return check();
    const { names } = reading;
    const resolved: Resolved[] = [];
    const by: unknown[] = [owner.definition, this.stability];
    for (const { value } of names) {
      const one = scope.resolved(value);
      if (one.kind === "mistake") return check();
      resolved.push(one);
      by.push(one.kind, one.format);
    }
    let found: readonly Wire[] | undefined;
    const known = clean.of(reading, by, () => {
      const before = this.diagnostics.count;
      found = check();
      return this.diagnostics.count === before ? this.places(found, names) : undefined;
    });
    if (found !== undefined || known === undefined) return found ?? [];
    const wires: Wire[] = [];
    for (const [place, attribute] of known) {
      const [name, to] = [names[place], resolved[place]];
      if (name === undefined || to?.kind !== "export") continue;
      wires.push({ from, to: to.of, exportName: to.exportName, attribute, ...name });
    }
    return wires;
  }

  /** Undefined where some are in a part of an attribute by itself, such as a field of an object. */
  private places(wires: readonly Wire[], names: readonly NameIn[]): readonly KnownWire[] | undefined {
    const known: KnownWire[] = [];
    for (const { attribute, value, holder } of wires) {
      const place = names.findIndex((name) => name.value === value && name.holder === holder);
      if (place < 0) return undefined;
      known.push([place, attribute]);
    }
    return known;
  }
}
