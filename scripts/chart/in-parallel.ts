import { availableParallelism } from "node:os";

/** Maps items by as many workers as the machine has processors; results are in the items' order. */
export async function inParallel<T, R>(
  items: readonly T[],
  map: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const waiting = items.entries();
  const work = async () => {
    for (const [index, item] of waiting) {
      results.set(index, await map(item));
    }
  };
  await Promise.all(Array.from({ length: Math.min(items.length, availableParallelism()) }, work));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
