import fc from "fast-check";
import {
  keyBefore,
  overlap,
  type PlainSettings,
  type SettingKey,
  valueAt,
  without,
  withValue,
} from "../../lib/schema";

test.each<[SettingKey, SettingKey, boolean]>([
  [["a"], ["a"], true],
  [["a"], ["a", "b"], true],
  [["a", "b"], ["a"], true],
  [[], ["a"], true],
  [["a", 0], ["a", 1], false],
  [["a", "b"], ["a", "c"], false],
  [["a", "b"], ["b"], false],
])("%j and %j: one stands in the other: %s", (one, other, expected) => {
  expect(overlap(one, other)).toBe(expected);
  expect(overlap(other, one)).toBe(expected);
});

test("settings without some of them", () => {
  const settings = { a: { b: 1, c: [10, { d: 1, e: 2 }, 30] }, f: null };
  expect(without(settings, [["a", "c", 1, "d"]])).toEqual({ a: { b: 1, c: [10, { e: 2 }, 30] }, f: null });
  expect(without(settings, [["a", "c", 0], ["f"]])).toEqual({ a: { b: 1, c: [{ d: 1, e: 2 }, 30] } });
  expect(without(settings, [["a"], ["a", "b"]])).toEqual({ f: null });
  expect(without(settings, [["x"], ["f", "x"], ["a", "b", "x"]])).toEqual(settings);
  expect(settings.a.c).toHaveLength(3);
});

test("settings with another", () => {
  expect(withValue({ a: 1 }, ["b", "c"], 2)).toEqual({ a: 1, b: { c: 2 } });
  expect(withValue({ a: null, b: { c: 1, d: 2 } }, ["a", "x"], 3)).toEqual({
    a: { x: 3 },
    b: { c: 1, d: 2 },
  });
  expect(withValue({ b: { c: 1, d: 2 } }, ["b", "c"], 3)).toEqual({ b: { c: 3, d: 2 } });
});

/** Lists in maps in lists: each leaf is the text of its own key. */
function labelled(value: unknown, key: SettingKey): unknown {
  if (Array.isArray(value)) return value.map((item, index) => labelled(item, [...key, index]));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, labelled(one, [...key, name])]),
    );
  }
  return JSON.stringify(key);
}

function keysIn(value: unknown, key: SettingKey): readonly SettingKey[] {
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : typeof value === "object" && value !== null
      ? Object.entries(value)
      : [];
  return [...(key.length > 0 ? [key] : []), ...entries.flatMap(([part, one]) => keysIn(one, [...key, part]))];
}

test("a key before others were taken away leads to the same value", () => {
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constant(0),
      fc.array(tie("value"), { maxLength: 5 }),
      fc.dictionary(fc.constantFrom("a", "b"), tie("value")),
    ),
  }));
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("a", "b"), value),
      fc.infiniteStream(fc.boolean()),
      (plain, coins) => {
        const settings = labelled(plain, []) as PlainSettings;
        const gone = keysIn(settings, []).filter(() => coins.next().value === true);
        const rest = without(settings, gone);
        for (const key of keysIn(rest, [])) {
          const before = keyBefore(key, gone);
          expect(gone).not.toContainEqual(before);
          const there = valueAt(rest, key);
          if (typeof there === "string") expect(there).toBe(JSON.stringify(before));
        }
      },
    ),
  );
});
