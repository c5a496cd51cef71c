import { inParallel } from "../../../scripts/chart/in-parallel";

/** Counts how many run at once. */
async function most(items: number, workers?: number): Promise<number> {
  let running = 0;
  let highest = 0;
  const results = await inParallel(
    Array.from({ length: items }, (_, index) => index),
    async (index) => {
      highest = Math.max(highest, ++running);
      await new Promise((resolve) => setTimeout(resolve, index % 2));
      running--;
      return index * 2;
    },
    workers,
  );
  expect(results).toEqual(Array.from({ length: items }, (_, index) => index * 2));
  return highest;
}

test.each([
  [10, 3, 3],
  [2, 3, 2],
  [5, 1, 1],
  [0, 3, 0],
])("of %d items, %d workers do %d at once", async (items, workers, expected) => {
  expect(await most(items, workers)).toBe(expected);
});

test("a failure is the whole's", async () => {
  const fail = inParallel([1, 2], async (item) => {
    if (item === 2) throw new Error("two");
  });
  await expect(fail).rejects.toThrow("two");
});
