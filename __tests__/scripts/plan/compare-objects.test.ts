import fc from "fast-check";
import { copyMap, type JsonMap } from "../../../lib/chart/render/manifest";
import { compareObjects } from "../../../scripts/plan/objects/compare-objects";

describe("compareObjects", () => {
  test.each<[string, JsonMap, JsonMap, object[]]>([
    ["a value", { a: { b: 1 } }, { a: { b: 2 } }, [{ path: "a.b", before: 1, after: 2 }]],
    ["a part that is new", {}, { a: { b: 1 } }, [{ path: "a", after: { b: 1 } }]],
    ["a part that is gone", { a: [1] }, {}, [{ path: "a", before: [1] }]],
    ["a null, which is not nothing", { a: null }, {}, [{ path: "a", before: null }]],
    ["another kind of value", { a: [] }, { a: {} }, [{ path: "a", before: [], after: {} }]],
    [
      "a key that is no identifier",
      { labels: { "a.b/c": "x" } },
      { labels: { "a.b/c": "y" } },
      [{ path: 'labels["a.b/c"]', before: "x", after: "y" }],
    ],
    [
      "one of the named items, whatever its place",
      { containers: [{ name: "a" }, { name: "b", image: "x" }] },
      { containers: [{ name: "b", image: "y" }, { name: "a" }] },
      [{ path: "containers[b].image", before: "x", after: "y" }],
    ],
    [
      "named items that are new or gone",
      { env: [{ name: "a" }] },
      { env: [{ name: "b" }] },
      [
        { path: "env[a]", before: { name: "a" } },
        { path: "env[b]", after: { name: "b" } },
      ],
    ],
    [
      "one of several mounts of a volume",
      { mounts: ["/a", "/b"].map((mountPath) => ({ name: "v", mountPath })) },
      { mounts: ["/a", "/c"].map((mountPath) => ({ name: "v", mountPath })) },
      [
        { path: "mounts[/b]", before: { name: "v", mountPath: "/b" } },
        { path: "mounts[/c]", after: { name: "v", mountPath: "/c" } },
      ],
    ],
    [
      "items without names, as often as they are there",
      { args: ["run", "--a=1", "--b", "--b"] },
      { args: ["run", "--a=2", "--b"] },
      [
        { path: "args[]", before: "--a=1" },
        { path: "args[]", before: "--b" },
        { path: "args[]", after: "--a=2" },
      ],
    ],
    [
      "the order of a list",
      { args: ["a", "b"] },
      { args: ["b", "a"] },
      [{ path: "args", before: ["a", "b"], after: ["b", "a"] }],
    ],
  ])("finds %s", (_, before, after, changes) => {
    expect(compareObjects(before, after)).toEqual(changes);
  });

  const anyMap = fc.dictionary(fc.string(), fc.jsonValue()).map(copyMap);

  test("finds nothing in equal objects, and something in others", () => {
    fc.assert(
      fc.property(anyMap, anyMap, (before, after) => {
        expect(compareObjects(before, copyMap(before))).toEqual([]);
        const isEqual = JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
        expect(compareObjects(before, after).length === 0).toBe(isEqual);
      }),
    );
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => [key, sorted(entry)]);
}
