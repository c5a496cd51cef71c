// What the collections of JavaScript lack, in the versions of Node that this project runs on: Map.groupBy comes with Node 21.

/** Groups by a key, in the order of the first of each group. */
export function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}

/** Sorts, without duplicates. */
export function sortedSet(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].sort();
}

/**
 * What was found before, by what it was found of, so that an environment need not find it again that a fleet's others have.
 *
 * It forgets all when it is full. The memory of a run has a bound so, and what most environments have is soon known again:
 * to tell which was asked for last would cost each of them, and spare hardly any.
 */
export class Remembered<T> extends Map<string, T> {
  /** @param most how many are remembered at once */
  constructor(private readonly most: number) {
    super();
  }

  override set(key: string, value: T): this {
    if (this.size >= this.most && !this.has(key)) this.clear();
    return super.set(key, value);
  }
}
