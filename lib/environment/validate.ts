import { globalRegistry, safeParse } from "zod/mini";
// As a namespace of the package it would have the bundle take all of zod, which every run reads.
import * as core from "zod/v4/core";
import { nearest } from "../alloy";
import { chartPlacesOf } from "../chart";
import {
  alternatives,
  describeKind,
  formatKey,
  isKind,
  isRecord,
  type PlainSettings,
  type Report,
  type SettingKey,
  wrongKind,
  wrongWord,
} from "../schema";
import { hintFor } from "./hints";
import { type Settings, settings } from "./settings/settings";

type Schema = core.$ZodType;

/**
 * The names of the settings below a key, such as `resources.limits`; without one, at the top.
 *
 * @param value what a file has there: of some settings it decides which others there are
 */
export function namesIn(key: SettingKey = [], value?: unknown): readonly string[] {
  const schema = schemaAt(key);
  return schema === undefined ? [] : Object.keys(shapeOf(schema, value));
}

function schemaAt(key: SettingKey): Schema | undefined {
  return key.reduce<Schema | undefined>((schema, part) => schema && child(schema, part), settings);
}

/**
 * A file's settings without those that are there but unset: keys with nothing after them, and the empty strings that
 * values files have for what isn't used. A key that is no setting stays, whatever its value.
 */
export function withoutUnset(map: PlainSettings, schema: Schema | undefined = settings): PlainSettings {
  const names = schema === undefined ? [] : Object.keys(shapeOf(schema, map));
  const isSetting = (name: string) => names.length === 0 || names.includes(name);
  const isUnset = (value: unknown) => value === null || value === "";
  const inside = (value: unknown, inner: Schema | undefined): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => inside(item, inner && child(inner, index)));
    return isRecord(value) ? withoutUnset(value, inner) : value;
  };
  return Object.fromEntries(
    Object.entries(map)
      .filter(([name, value]) => !isUnset(value) || !isSetting(name))
      .map(([name, value]) => [name, inside(value, schema && child(schema, name, map))]),
  );
}

/** The sections that have a setting of this name, such as `local.tls`. Those that an operator names are left out. */
export function sectionsWith(name: string): readonly SettingKey[] {
  return sectionsBelow(settings, []).filter((section) => namesIn(section).includes(name));
}

function sectionsBelow(schema: Schema, key: SettingKey): readonly SettingKey[] {
  return Object.entries(shapeOf(schema)).flatMap(([name, setting]) => {
    const section = [...key, name];
    return Object.keys(shapeOf(setting)).length > 0 ? [section, ...sectionsBelow(setting, section)] : [];
  });
}

function child(schema: Schema, part: string | number, value?: unknown): Schema | undefined {
  const type = bare(schema);
  if (type instanceof core.$ZodArray || typeof part === "number") {
    return type instanceof core.$ZodArray && typeof part === "number" ? type._zod.def.element : undefined;
  }
  return type instanceof core.$ZodRecord ? type._zod.def.valueType : shapeOf(type, value)[part];
}

/** The settings of a section; of a list, those of its items. */
function shapeOf(schema: Schema, value?: unknown): Readonly<Record<string, Schema>> {
  const type = bare(schema);
  if (type instanceof core.$ZodArray) return shapeOf(type._zod.def.element);
  if (type instanceof core.$ZodDiscriminatedUnion) {
    const options = type._zod.def.options.map((option) => shapeOf(option));
    const { discriminator } = type._zod.def;
    const chosen = options.filter(
      (option) => isRecord(value) && takes(option[discriminator], value[discriminator]),
    );
    return Object.assign({}, ...(chosen.length > 0 ? chosen : options));
  }
  return type instanceof core.$ZodObject ? type._zod.def.shape : {};
}

function takes(schema: Schema | undefined, value: unknown): boolean {
  return schema instanceof core.$ZodLiteral && schema._zod.def.values.some((literal) => literal === value);
}

/** The schema of the value itself, taken out of what makes it optional or gives it a default. */
function bare(schema: Schema): Schema {
  return schema instanceof core.$ZodOptional || schema instanceof core.$ZodPrefault
    ? bare(schema._zod.def.innerType)
    : schema;
}

/** The example that a setting has in its definition; undefined where there is none. */
export function exampleOf(key: SettingKey): unknown {
  const schema = schemaAt(key);
  if (schema === undefined) return undefined;
  const { examples } = globalRegistry.get(schema) ?? {};
  if (Array.isArray(examples)) return examples[0];
  const type = bare(schema);
  return type instanceof core.$ZodEnum ? Object.values(type._zod.def.entries)[0] : undefined;
}

/** Settings that there were once, and what to do now. */
const removedSettings: ReadonlyMap<string, string> = new Map([
  ["runtime.data", "is read by nothing any more; remove it"],
]);

/**
 * Reports a key that is no setting, with what was meant as far as it is known: by its meaning, then by where there is one of
 * its name, then by its likeness.
 *
 * @param section what the file has at `parent`
 */
export function reportUnknownKey(
  parent: SettingKey,
  name: string,
  section: unknown,
  chartValues: readonly string[],
  report: Report,
): void {
  const isTop = parent.length === 0;
  const known = namesIn(parent, section);
  const key = [...parent, name];
  const removed = removedSettings.get(formatKey(key));
  if (removed !== undefined) {
    report.add(key, removed);
    return;
  }
  const hint = hintFor(parent, name);
  if (hint !== undefined) {
    const [, single] = /^write ([\w.]+)$/.exec(hint) ?? [];
    const inside = single?.split(".") ?? [];
    const isThere = inside[0] !== undefined && known.includes(inside[0]);
    report.add(key, `is no setting; ${hint}`, isThere ? [...parent, ...inside] : key);
    return;
  }
  // Often its indentation is another than that of its section.
  const value = isRecord(section) ? section[name] : undefined;
  const places = placesOf(parent, name, value);
  const [first] = places;
  if (first !== undefined) {
    const where =
      first.length === 1
        ? "at the top level, without indentation"
        : `below ${alternatives(places.map((place) => formatKey(place.slice(0, -1))))}, indented`;
    // Of local and remote it is local, which asks for nothing else.
    report.add(key, `is no setting here; write it ${where}`, first);
    return;
  }
  const ofChart = isTop ? chartPlacesOf(name) : [];
  if (ofChart.length > 0) {
    report.add(key, `is no setting; write ${alternatives(ofChart.map(formatKey))}`);
    return;
  }
  const meant = nearest(name, isTop ? [...known, ...chartValues] : known);
  if (meant !== undefined) {
    report.add(key, `is no setting; write ${meant}`, [...parent, meant]);
    return;
  }
  const others = isTop ? ["a value of the Alloy chart"] : [];
  report.add(key, `is no setting; write ${alternatives([...known, ...others])}`);
}

/** Where a setting of this name could stand with its value: below its section, beside it, at the top, or elsewhere. */
function placesOf(parent: SettingKey, name: string, value: unknown): readonly SettingKey[] {
  const fits = (key: SettingKey) => isRecord(value) === takesMap(key);
  const sectionsIn = (outer: SettingKey) =>
    namesIn(outer)
      .map((inner) => [...outer, inner])
      .filter((section) => formatKey(section) !== formatKey(parent) && namesIn(section).includes(name));
  return [
    sectionsIn(parent),
    parent.length === 0 ? [] : sectionsIn(parent.slice(0, -1)),
    namesIn().includes(name) ? [[]] : [],
    parent.length === 0 ? sectionsWith(name) : [],
  ]
    .map((sections) => sections.map((section) => [...section, name]).filter(fits))
    .reduce((found, places) => (found.length > 0 ? found : places));
}

function takesMap(key: SettingKey): boolean {
  const schema = schemaAt(key);
  return (
    schema !== undefined &&
    (bare(schema) instanceof core.$ZodRecord || Object.keys(shapeOf(schema)).length > 0)
  );
}

/** What the schema says of a value, before it is put into words. */
interface Issue {
  readonly code?: string;
  readonly input?: unknown;
  readonly expected?: unknown;
  readonly values?: unknown;
  readonly issues?: unknown;
}

/**
 * Checks each setting by itself.
 *
 * @param chartValues the keys of chart values, one of which a misspelt key may stand for
 * @returns undefined when something is wrong
 */
export function validateSettings(
  values: unknown,
  chartValues: readonly string[],
  report: Report,
): Settings | undefined {
  const right = isRecord(values) ? rightSettings(values) : undefined;
  if (right !== undefined) return right;
  const result = safeParse(settings, values, { error: explain, reportInput: true });
  // Of what has a mistake already, such as two values, another is told elsewhere, or follows from it.
  const issues = (result.error?.issues ?? []).filter((issue) => !report.has(keyOf(issue)));
  for (const issue of issues) {
    const unknown = issue.code === "unrecognized_keys" ? issue.keys : [];
    for (const name of unknown.filter((one) => !report.has([...keyOf(issue), one]))) {
      reportUnknownKey(keyOf(issue), name, issue.input, chartValues, report);
    }
  }
  for (const issue of issues) {
    const key = keyOf(issue);
    // What is missing because its key is misspelt is reported already.
    const isMisspelt = issue.input === undefined && report.has(key);
    if (issue.code !== "unrecognized_keys" && !isMisspelt) {
      report.add(key, noSection(key, issue) ?? issue.message);
    }
  }
  return result.data;
}

/** What settings mean that have been found right, by name and value: the files of a fleet have most alike. */
const found = new Map<string, unknown>();

/** The settings, each looked at once; undefined where one of them is wrong, or none. */
function rightSettings(values: PlainSettings): Settings | undefined;
function rightSettings(values: PlainSettings) {
  const { shape } = settings._zod.def;
  if (Object.keys(values).some((name) => !Object.hasOwn(shape, name))) return undefined;
  const entries: [string, unknown][] = [];
  for (const [name, schema] of Object.entries(shape)) {
    if (!Object.hasOwn(values, name) && schema instanceof core.$ZodOptional) continue;
    const id = `${name}: ${JSON.stringify(values[name])}`;
    if (!found.has(id)) {
      const { success, data } = safeParse(schema, values[name]);
      if (!success) return undefined;
      if (found.size >= 1_000) found.clear();
      found.set(id, data);
    }
    entries.push([name, found.get(id)]);
  }
  return Object.fromEntries(entries);
}

/** The message for what stands where a section belongs, with the names of what goes below it. */
function noSection(key: SettingKey, { code, input, expected }: Issue): string | undefined {
  const isMap = code === "invalid_type" && (expected === "object" || expected === "record");
  if (!isMap || input === undefined || isRecord(input)) return undefined;
  const names = namesIn(key);
  const [first = ""] = typeof input === "string" ? input.split(/[\s:=]/, 1) : [];
  const instead = () => {
    if (names.includes(first)) return `write a colon and a space behind ${first}`;
    if (names.length === 0) {
      return "write each name below it, indented, with what belongs to it behind its colon or below";
    }
    const isSwitch = typeof input === "boolean" && names.includes("enabled");
    const known = names.length > 4 ? "its settings" : alternatives(names);
    return `write ${isSwitch ? `enabled: ${input}` : known} below it, indented`;
  };
  return `must be a map, is ${describeKind(input)}; ${instead()}`;
}

function keyOf({ path }: { readonly path: readonly PropertyKey[] }): SettingKey {
  return path.map((part) => (typeof part === "symbol" ? String(part) : part));
}

/** The messages for mistakes for which the schema has no message of its own. */
function explain({ code, input, expected, values, issues }: Issue): string | undefined {
  if (code === "invalid_key" && Array.isArray(issues)) {
    return issues.map(({ message }) => String(message)).join("; ");
  }
  if (code === "invalid_union") {
    // The one union is a boolean that may be quoted.
    return wrongKind(input, ["boolean"]);
  }
  if (code === "invalid_value" && Array.isArray(values)) return wrongWord(input, values.map(String));
  const kind = expected === "record" ? "object" : expected;
  return code === "invalid_type" && isKind(kind) ? wrongKind(input, [kind]) : undefined;
}
