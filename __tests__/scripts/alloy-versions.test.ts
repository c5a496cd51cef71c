import type { VersionSchema } from "../../scripts/alloy-versions/facts";
import { contradictions, historyOf } from "../../scripts/alloy-versions/history";

type Component = VersionSchema["components"][number];

/** A version with one component, which takes these arguments. */
function version(component: Partial<Component>, functions: readonly string[] = []): VersionSchema {
  return {
    components: [{ name: "a.b", stability: "generally-available", args: {}, ...component }],
    configBlocks: [],
    stdlib: { identifiers: functions.map((name) => ({ name })) },
  };
}

const text = { k: "string" };
const none: VersionSchema = { components: [], configBlocks: [], stdlib: { identifiers: [] } };

/** The history of versions v1.0.0 and so on; the bindings are of the one before the last. */
function history(...schemas: readonly VersionSchema[]) {
  const byVersion = new Map(schemas.map((schema, index) => [`v1.${index}.0`, schema]));
  const found = historyOf(byVersion, `v1.${schemas.length - 2}.0`);
  expect(contradictions(found, byVersion)).toEqual([]);
  return { since: found.since, until: found.until };
}

test("what comes, comes with what it can't be without", () => {
  const block = { name: "c", optional: true, body: { attributes: [{ name: "d", type: text }] } };
  expect(history(none, version({ args: { blocks: [block] } }), none)).toEqual({
    since: { "v1.1.0": ["a.b"] },
    until: { "v1.2.0": ["a.b"] },
  });
  expect(history(version({}), version({ args: { blocks: [block] } }), version({}))).toEqual({
    since: { "v1.1.0": ["a.b: c"] },
    until: { "v1.2.0": ["a.b: c"] },
  });
});

test("what was gone in between counts from its return", () => {
  const has = version({ args: { attributes: [{ name: "c", type: text }] } }, ["f"]);
  const hasNot = version({});
  expect(history(has, hasNot, has, has, has).since).toEqual({ "v1.2.0": ["a.b: c", "function f"] });
});

test("what takes something else is another; texts of all kinds are one", () => {
  const takes = (type: Component["args"]) => version({ args: type });
  const attribute = (k: string) => takes({ attributes: [{ name: "c", type: { k } }] });
  expect(history(attribute("number"), attribute("string"), attribute("bool"))).toEqual({
    since: { "v1.1.0": ["a.b: c"] },
    until: { "v1.2.0": ["a.b: c"] },
  });
  expect(history(attribute("string"), attribute("secret"), attribute("duration"))).toEqual({
    since: {},
    until: {},
  });
  const block = (repeated: boolean) => takes({ blocks: [{ name: "c", repeated, body: {} }] });
  expect(history(block(false), block(true), block(true)).since).toEqual({ "v1.1.0": ["a.b: c"] });
});

test("what had to be written, and has to be again", () => {
  const written = (optional: boolean) =>
    version({ args: { attributes: [{ name: "c", optional, type: text }] } });
  expect(history(written(false), written(true), written(false))).toEqual({
    since: { "v1.1.0": ["a.b: c left out"] },
    until: { "v1.2.0": ["a.b: c left out"] },
  });
});

test("levels of stability and exports", () => {
  const levels = [
    version({ stability: "experimental" }),
    version({ stability: "public-preview" }),
    version({ exports: [{ name: "e", type: text }] }),
  ];
  expect(history(...levels, version({ stability: "experimental" }))).toEqual({
    since: {
      "v1.1.0": ["a.b at public-preview"],
      "v1.2.0": ["a.b at generally-available", "a.b exports e"],
    },
    until: { "v1.3.0": ["a.b at generally-available", "a.b at public-preview", "a.b exports e"] },
  });
});

test("a history that says too much is contradicted", () => {
  const byVersion = new Map([
    ["v1.0.0", version({})],
    ["v1.1.0", version({ args: { attributes: [{ name: "c", optional: true, type: text }] } })],
  ]);
  const found = historyOf(byVersion, "v1.1.0");
  expect(contradictions({ ...found, since: {} }, byVersion)).toEqual([
    "v1.0.0 doesn't have a.b: c",
    "v1.0.0 doesn't have a.b: c left out",
  ]);
});

test("a history goes on from the one before", () => {
  const attribute = (name: string, k = "string") => ({ name, type: { k } });
  const takes = (...attributes: readonly ReturnType<typeof attribute>[]) => version({ args: { attributes } });
  const schemas = new Map([
    ["v1.0.0", takes(attribute("c"), attribute("gone"))],
    ["v1.1.0", takes(attribute("c"), attribute("d"), attribute("e"))],
    ["v1.2.0", takes(attribute("c"), attribute("d", "number"), attribute("e"), attribute("gone"))],
    ["v1.3.0", takes(attribute("c"), attribute("d", "number"))],
  ]);
  const before = historyOf(new Map([...schemas].slice(0, 2)), "v1.1.0");
  expect(historyOf(new Map([...schemas].slice(1)), "v1.2.0", before)).toEqual(historyOf(schemas, "v1.2.0"));
});

test("the whole history as it would be from one version on is the history of all", () => {
  const levels = (level: "experimental" | "generally-available") =>
    version({ stability: level, args: { blocks: [{ name: "c", optional: true, body: {} }] } });
  const schemas = new Map([
    ["v1.0.0", none],
    ["v1.1.0", levels("experimental")],
    ["v1.2.0", levels("experimental")],
    ["v1.3.0", levels("generally-available")],
  ]);
  const before = historyOf(new Map([...schemas].slice(0, 3)), "v1.2.0");
  expect(historyOf(new Map([...schemas].slice(2)), "v1.3.0", before)).toEqual(historyOf(schemas, "v1.3.0"));
  expect(() => historyOf(schemas, "v1.3.0", before)).toThrow("the sources of v1.2.0 are missing");
});
