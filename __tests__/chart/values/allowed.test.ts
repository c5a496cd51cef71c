import { type ChartSchema, chartSchema } from "../../../lib/chart/render/pins";
import { type Allowed, allowed, isSection } from "../../../lib/chart/values/allowed";
import { fixedValues, touches } from "../../../lib/chart/values/touches";
import { diagnosticsOf, least } from "../../environment/reading";
import { refused, taken } from "./cases";

test.each(taken)("%s is taken", (values) => {
  expect(diagnosticsOf(...least, values)).toEqual([]);
});

test.each(refused)("%s is refused: %s", (values, message) => {
  const places = diagnosticsOf(...least, values).map((line) => line.replace(/^x\.yaml:\d+:\d+: /, ""));
  expect(places).toEqual([expect.stringContaining(message)]);
  expect(places.join()).toMatch(/; (?:write|put|leave|change|remove|add|mount|keep|raise|make)|write|keep/);
});

test("there are enough of both to be a list of what is right", () => {
  expect(taken.length).toBeGreaterThanOrEqual(50);
  expect(new Set(taken).size).toBe(taken.length);
});

/** Every value of the chart that is no map of others. */
function leaves({ properties = {} }: ChartSchema, entry: Allowed | undefined, path = ""): readonly string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const below = entry?.[name];
    const key = path === "" ? name : `${path}.${name}`;
    if (below === undefined) return [`${key} of the chart`];
    return isSection(below) ? leaves(schema, below, key) : [];
  });
}

/** Every value of the list that the chart doesn't have. */
function strangers(entry: Allowed, schema: ChartSchema | undefined, path = ""): readonly string[] {
  return Object.entries(entry).flatMap(([name, below]) => {
    const known = schema?.properties?.[name];
    const key = path === "" ? name : `${path}.${name}`;
    return known === undefined ? [key] : isSection(below) ? strangers(below, known, key) : [];
  });
}

test("each value of the chart is in the list, and no other", () => {
  expect(leaves(chartSchema() ?? {}, allowed)).toEqual([]);
  expect(strangers(allowed, chartSchema())).toEqual([]);
});

test("what touches one place is a value of the list", () => {
  const keys = [...touches.map(({ value }) => value), ...fixedValues];
  for (const key of keys) {
    const found = key.reduce<unknown>((entry, part) => Object(entry)[part], allowed);
    expect([key.join("."), typeof found]).toEqual([key.join("."), "function"]);
  }
});
