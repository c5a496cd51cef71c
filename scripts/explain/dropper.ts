import { argumentIn, type BlockSyntax, type Component, nameOf, printValue } from "../../lib/alloy";
import type { Data, Stage, Trace } from "../../lib/testing";

/** How many lines, records, samples or targets there are. */
export function count(data: Data): number {
  return Object.values(data).reduce((sum, items: readonly unknown[]) => sum + items.length, 0);
}

/**
 * The parts of a component that dropped something, as the config has them: rules, stages or conditions. Each gets what
 * those before it let through, as in Alloy, so that the first that a line meets is the one that is named.
 *
 * @returns empty where the component has no such parts
 */
export function droppers({ steps }: Trace, { address, block }: Component): string {
  const stages = steps
    .filter(({ component, in: before, out }) => component === address && count(out) < count(before))
    .flatMap(({ stage }) => stage ?? []);
  const innermost = stages.filter((one) => !stages.some((other) => isWithin(other, one)));
  return [...new Set(innermost.map((stage) => written(block, stage)))].join("; ");
}

/** Whether a stage is one of those in another. */
export function isWithin({ path }: Stage, around: Stage): boolean {
  return path.length > around.path.length && around.path.every((at, depth) => path[depth] === at);
}

/** A part of a component as the config has it, on one line. */
export function written(block: BlockSyntax, { name, path }: Stage): string {
  let found = block;
  for (const index of path) {
    const inner = found.body.blocks[index];
    if (inner === undefined) return conditionIn(found, name, index);
    found = inner;
  }
  const own = found.body.attributes.map(
    (one) => `${one.name} = ${nameOf(one.value) ?? printValue(one.value)}`,
  );
  return `${found.name} { ${own.join(", ").replaceAll(/\s+/g, " ")} }`;
}

/** A condition of a filter: its list has the name. */
function conditionIn(block: BlockSyntax, name: string, index: number): string {
  const list = argumentIn(block, name);
  const item = list?.kind === "list" ? list.items[index] : undefined;
  if (item === undefined) return name;
  return item.kind === "literal" ? String(item.value) : printValue(item);
}
