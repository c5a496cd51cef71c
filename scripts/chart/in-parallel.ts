import { availableParallelism } from "node:os";

/**
 * Maps items by several workers; results are in the items' order.
 *
 * @param workers @default - as many as the machine has processors
 */
export async function inParallel<T, R>(
  items: readonly T[],
  map: (item: T) => Promise<R>,
  workers = availableParallelism(),
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const waiting = items.entries();
  const work = async () => {
    for (const [index, item] of waiting) results.set(index, await map(item));
  };
  await Promise.all(Array.from({ length: Math.min(items.length, workers) }, work));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
