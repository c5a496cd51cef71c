import { safeParse } from "zod/mini";
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
  Remembered,
  type Report,
  type SettingKey,
  sectionOf,
  wrongKind,
  wrongWord,
} from "../schema";
import { hintFor } from "./hints";
import { namesIn, sections, takesMap } from "./setting-tree";
import { type Settings, settings } from "./settings/settings";

/** Settings of older versions, and what to do about them. */
const removedSettings: ReadonlyMap<string, string> = new Map([
  ["runtime.data", "is read by nothing any more; remove it"],
]);

/**
 * Reports a key that is no setting, with the setting that was most likely meant. Tried in turn: what other tools call so
 * ({@link hintFor}), a setting of that name in another place, a value of the chart, a similar name here, one elsewhere.
 *
 * @param section what the file has at `parent`
 * @param chartValues the keys of chart values, which the key may stand for at the top
 */
function reportUnknownKey(
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
  const places = placesAround(parent, isRecord(section) ? section[name] : undefined);
  const exact = placesNamed(name, places);
  if (exact !== undefined) {
    report.add(key, `is no setting here; write it ${whereIs(exact)}`, exact[0]);
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
  // Too many settings are similar to a short word.
  const elsewhere = name.length < 6 ? undefined : nearest(name, places.flat().map(nameOf));
  const near = elsewhere === undefined ? undefined : placesNamed(elsewhere, places);
  if (near !== undefined) {
    report.add(key, `is no setting; write ${elsewhere} ${whereIs(near)}`, near[0]);
    return;
  }
  const others = isTop ? ["a value of the Alloy chart"] : [];
  report.add(key, `is no setting; write ${alternatives([...known, ...others])}`);
}

/** The keys of settings with one name: the one that is taken for meant, then the others. */
type Places = readonly [SettingKey, ...SettingKey[]];

/**
 * The settings that could be meant by a key that is none, nearest first: in sections below that in which it stands, in those
 * beside that, at the top, and for a key at the top in any section. A map is meant for a section, anything else for a value.
 */
function placesAround(parent: SettingKey, value: unknown): readonly (readonly SettingKey[])[] {
  const isTop = parent.length === 0;
  const below = (outer: SettingKey) => namesIn(outer).map((name) => [...outer, name]);
  return [
    below(parent),
    isTop ? [] : below(parent.slice(0, -1)).filter((one) => formatKey(one) !== formatKey(parent)),
    isTop ? [] : [[]],
    isTop ? sections() : [],
  ].map((all) => all.flatMap(below).filter((key) => isRecord(value) === takesMap(key)));
}

/** The nearest settings of a name. @param places the nearest first */
function placesNamed(name: string, places: readonly (readonly SettingKey[])[]): Places | undefined {
  for (const all of places) {
    const [first, ...others] = all.filter((key) => nameOf(key) === name);
    if (first !== undefined) return [first, ...others];
  }
  return undefined;
}

function nameOf(key: SettingKey): string {
  return String(key.at(-1));
}

function whereIs(places: Places): string {
  return places[0].length === 1
    ? "at the top level, without indentation"
    : `below ${alternatives(places.map((place) => formatKey(place.slice(0, -1))))}, indented`;
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
  if (isRecord(values)) reportNameless(values, report);
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

/** What stands below a name of the operator's own, and what the name is of. */
const named = [
  ["destinations", "a destination", "archive"],
  ["secrets", "a Secret", "alloy-remote"],
] as const;

/** Reports settings that stand where a name belongs: nothing else can be said of their section. */
function reportNameless(values: PlainSettings, report: Report): void {
  for (const [section, noun, example] of named) {
    const inside = sectionOf(values, section);
    const known = namesIn([section, example]);
    // A name may be that of a setting, with a map below it.
    const nameless = Object.keys(inside).find((name) => known.includes(name) && !isRecord(inside[name]));
    if (nameless === undefined || report.has([section, nameless])) continue;
    report.add(
      [section, nameless],
      `stands where the name of ${noun} belongs; write the name above it, such as ${example}, and indent it below`,
      [section],
    );
  }
}

/** What right settings mean, by their names and values: the files of a fleet have most alike. */
const found = new Remembered<unknown>(1_000);

/** What settings mean; undefined where one of them is wrong, or is no setting. A known name and value are not read again. */
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
    // The one union without a message of its own is a boolean that may be quoted.
    return wrongKind(input, ["boolean"]);
  }
  if (code === "invalid_value" && Array.isArray(values)) return wrongWord(input, values.map(String));
  const kind = expected === "record" ? "object" : expected;
  return code === "invalid_type" && isKind(kind) ? wrongKind(input, [kind]) : undefined;
}
