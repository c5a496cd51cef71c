import fc from "fast-check";
import { canonicalJson, copyJson } from "../../../lib/chart/render/manifest";

describe("canonicalJson", () => {
  test("sorts keys at every depth and leaves lists as they are", () => {
    expect(canonicalJson({ b: [2, 1, { d: null, c: "x" }], a: true })).toBe(
      '{"a":true,"b":[2,1,{"c":"x","d":null}]}',
    );
  });

  test("is the same whatever the order of the keys, and parses back to the value", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (map) => {
        const reversed = Object.fromEntries(Object.entries(map).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(map));
        expect(JSON.parse(canonicalJson(map))).toEqual(JSON.parse(JSON.stringify(map)));
      }),
    );
  });

  test.each([[new Date(0)], [() => 1], [Number.NaN], [{ a: [Symbol("s")] }]])(
    "refuses %p, which is no JSON",
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );
});

describe("copyJson", () => {
  test("shares nothing with the original", () => {
    const original = { list: [{ a: 1 }] };
    const copy = copyJson(original);
    original.list.push({ a: 2 });
    expect(copy).toEqual({ list: [{ a: 1 }] });
  });

  test("leaves out keys without a value, and keeps null", () => {
    expect(copyJson({ a: undefined, b: null })).toEqual({ b: null });
  });
});
