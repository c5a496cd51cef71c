import fc from "fast-check";
import { canonicalJson, copyJson, parseManifests } from "../../../lib/chart/render/manifest";
import { ChartError } from "../../../lib/chart/render/names";

const service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: alloy\n";

describe("parseManifests", () => {
  test("reads each object in Helm's order, and passes over documents of comments", () => {
    const role =
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: alloy, namespace: ais}\n";
    const manifests = parseManifests(`# header\n---\n${service}---\n# Source: x\n\n---\n${role}`, "chart");
    expect(manifests.map(({ kind, name, namespace }) => [kind, name, namespace])).toEqual([
      ["Service", "alloy", undefined],
      ["Role", "alloy", "ais"],
    ]);
  });

  test("reads scalars as Kubernetes does: octal numbers, and neither timestamps nor base-60 numbers", () => {
    const [manifest] = parseManifests(
      `${service}spec: {mode: 0644, day: 2026-01-02, port: 12:30, on: yes}\n`,
      "chart",
    );
    expect(manifest?.content.spec).toEqual({ mode: 420, day: "2026-01-02", port: "12:30", true: true });
  });

  test.each([
    ["a list", "- 1\n", "a list"],
    ["no kind", "apiVersion: v1\nmetadata: {name: x}\n", "a map with apiVersion, metadata"],
    ["no name", "apiVersion: v1\nkind: Service\nmetadata: {}\n", "a Service with apiVersion, kind, metadata"],
    ["a text", "boom\n", "a string"],
  ])("refuses %s", (_, text, shown) => {
    expect(() => parseManifests(`${service}---\n${text}`, "chart alloy 1.11.1")).toThrow(
      new ChartError(
        `chart alloy 1.11.1: not a Kubernetes object with apiVersion, kind and a name: ${shown}`,
      ),
    );
  });

  test("refuses what is no YAML, and says where", () => {
    expect(() => parseManifests(`${service}spec: [1\n`, "chart alloy 1.11.1")).toThrow(
      /^chart alloy 1\.11\.1: .* at line \d+, column \d+$/,
    );
  });
});

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
