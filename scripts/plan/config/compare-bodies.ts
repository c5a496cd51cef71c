import { type BlockSyntax, type BodySyntax, printBlocks, type Syntax } from "../../../lib/alloy";
import { changeLines, commonPairs, itemLines, type Line, sequenceChange, signed } from "../statement";
import { shownBlock, shownValue } from "./values";

/** How a part of a component changes. */
export interface PartChange {
  /** Such as `rule[2].regex`. */
  readonly path: string;
  readonly lines: readonly Line[];
}

/** The attributes and blocks in which two bodies differ. */
export function compareBodies(path: string, before: BodySyntax, after: BodySyntax): readonly PartChange[] {
  return [...compareAttributes(path, before, after), ...compareBlocks(path, before, after)];
}

function compareAttributes(path: string, before: BodySyntax, after: BodySyntax): readonly PartChange[] {
  const valuesOf = ({ attributes }: BodySyntax) =>
    new Map(attributes.map(({ name, value }) => [name, value]));
  const [old, present] = [valuesOf(before), valuesOf(after)];
  return [...new Set([...old.keys(), ...present.keys()])].flatMap((name) =>
    compareValues({ path: path + name, attribute: name }, old.get(name), present.get(name)),
  );
}

/** Where a value is. */
interface ValuePlace {
  readonly path: string;
  readonly attribute: string;
}

function compareValues(
  { path, attribute }: ValuePlace,
  before: Syntax | undefined,
  after: Syntax | undefined,
): readonly PartChange[] {
  const text = (value: Syntax) => shownValue(value, attribute);
  if (before !== undefined && after !== undefined) {
    if (same(before, after)) return [];
    if (before.kind === "map" && after.kind === "map") {
      const [old, present] = [entriesOf(before.entries), entriesOf(after.entries)];
      const keys = [...new Set([...old.keys(), ...present.keys()])];
      const changes = keys.flatMap((key) => {
        const place = { path: `${path}[${JSON.stringify(key)}]`, attribute };
        return compareValues(place, old.get(key), present.get(key));
      });
      if (changes.length > 0) return changes;
    }
    if (text(before) === text(after)) return [{ path, lines: signed("~", `${path}: another value`) }];
    if (before.kind === "list" && after.kind === "list") {
      const [gone, come] = sequenceChange(before.items.map(text), after.items.map(text));
      return [{ path, lines: itemLines(path, gone, come) }];
    }
  }
  return [{ path, lines: changeLines(path, before && text(before), after && text(after), " = ") }];
}

function entriesOf(entries: Extract<Syntax, { kind: "map" }>["entries"]): ReadonlyMap<string, Syntax> {
  return new Map(entries.map(([key, value]) => [key, value]));
}

/** Compares blocks of one name in their order, which can matter: equal ones are matched first, then those between. */
function compareBlocks(path: string, before: BodySyntax, after: BodySyntax): readonly PartChange[] {
  const keyOf = ({ name, label }: BlockSyntax) => JSON.stringify([name, label]);
  const keys = new Set([...before.blocks, ...after.blocks].map(keyOf));
  return [...keys].flatMap((key) => {
    const own = ({ blocks }: BodySyntax) => blocks.filter((block) => keyOf(block) === key);
    const [old, present] = [own(before), own(after)];
    const isOnly = old.length <= 1 && present.length <= 1;
    const pathOf = (block: BlockSyntax, place: number) => {
      const label = block.label === undefined ? "" : `[${JSON.stringify(block.label)}]`;
      return `${path}${block.name}${label}${isOnly ? "" : `[${place}]`}`;
    };
    return unequalRuns(old.map(textOf), present.map(textOf)).flatMap(({ gone, come }) =>
      Array.from({ length: Math.max(gone.length, come.length) }, (_, index): readonly PartChange[] => {
        const [from = -1, to = -1] = [gone[index], come[index]];
        const [was, is] = [old[from], present[to]];
        if (was && is) return compareBodies(`${pathOf(is, to)}.`, was.body, is.body);
        return [
          ...(was ? [whole("-", pathOf(was, from), was)] : []),
          ...(is ? [whole("+", pathOf(is, to), is)] : []),
        ];
      }).flat(),
    );
  });
}

/** The places where two sequences differ, between those that they have in common. */
function unequalRuns(before: readonly string[], after: readonly string[]) {
  const ends = [...commonPairs(before, after), [before.length, after.length] as const];
  let [i, j] = [0, 0];
  return ends.map(([toBefore, toAfter]) => {
    const run = { gone: places(i, toBefore), come: places(j, toAfter) };
    [i, j] = [toBefore + 1, toAfter + 1];
    return run;
  });
}

function places(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(to - from, 0) }, (_, index) => from + index);
}

function textOf(block: BlockSyntax): string {
  return printBlocks([block]);
}

/** A block that comes or goes. */
function whole(sign: "+" | "-", path: string, block: BlockSyntax): PartChange {
  return { path, lines: signed(sign, shownBlock({ ...block, name: path })) };
}

/** Whether two parts of a config mean the same. */
export function same(before: Syntax | BodySyntax, after: Syntax | BodySyntax): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
