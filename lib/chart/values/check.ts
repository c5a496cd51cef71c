import { nearest } from "../../alloy";
import {
  alternatives,
  formatKey,
  isKind,
  isRecord,
  isWithin,
  type Kind,
  type PlainSettings,
  type Report,
  type SettingKey,
  wrongKind,
} from "../../schema";
import type { ChartSchema } from "../render/pins";
import { type Allowed, allowed, isSection } from "./allowed";
import { checkTogether } from "./rules";
import { isRefused, type Shape, type Tell } from "./shape";
import { touches } from "./touches";

/**
 * Reports each chart value that isn't known to be right: by itself, beside others, and beside this project's settings.
 */
export function checkAllowedValues(
  settings: PlainSettings,
  chartValues: PlainSettings,
  report: Report,
): void {
  const wrong: SettingKey[] = [];
  const tell: Tell = (key, message, meant) => {
    if (report.has(key)) return;
    report.add(key, message, meant);
    wrong.push(key);
  };
  checkSection(chartValues, allowed, [], tell);
  const alone = [...wrong];
  const wrongKeys = [...report.wrongKeys];
  checkTogether(
    settings,
    chartValues,
    (key, message) => {
      // What has a mistake of its own, or in it, has no other by what it stands beside.
      if (!alone.some((other) => isWithin(other, key))) tell(key, message);
    },
    (list) => wrongKeys.some((key) => mayName(key, list)),
  );
}

/** Whether a mistake of one key may be one of what a list names: it is of the list, of an item, of a name or of a mount. */
function mayName(key: SettingKey, list: SettingKey): boolean {
  if (!isWithin(key, list)) return isWithin(list, key);
  return key.length <= list.length + 1 || key.includes("name") || key.includes("volumeMounts");
}

function checkSection(values: PlainSettings, entries: Allowed, parent: SettingKey, tell: Tell): void {
  for (const [name, value] of Object.entries(values)) {
    const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
    const key = [...parent, name];
    if (entry === undefined) {
      const names = Object.keys(entries);
      const places = chartPlacesOf(name).map(formatKey);
      const near = nearest(name, names);
      const words = places.length > 0 ? places : [near ?? alternatives(names)];
      tell(
        key,
        `is no value of the Alloy chart that this project takes; write ${alternatives(words)}`,
        near === undefined ? undefined : [...parent, near],
      );
    } else if (isSection(entry)) {
      // What is no map, the chart's own schema refuses.
      if (isRecord(value)) checkSection(value, entry, key, tell);
    } else if (value !== null || !mayBeNull(key)) {
      entry(value, key, tell);
    }
  }
}

/** What Kubernetes' objects and other charts call what is a value of this one, without case, `-` and `_`. */
const calledElsewhere: readonly (readonly [words: string, value: string])[] = [
  ["extravolumes volumes", "controller.volumes.extra"],
  ["extravolumemounts volumemounts mounts", "alloy.mounts.extra"],
  ["env environmentvariables", "alloy.extraEnv"],
  ["args", "alloy.extraArgs"],
  ["labels", "controller.podLabels"],
  ["annotations", "controller.podAnnotations"],
  ["containers sidecars", "controller.extraContainers"],
  ["serviceaccountname", "serviceAccount.name"],
  ["imagepullpolicy", "image.pullPolicy"],
  ["ports", "alloy.extraPorts"],
];

/** The values of the chart that are meant by a word that is none where it stands; none where that isn't known. */
export function chartPlacesOf(name: string): readonly SettingKey[] {
  const word = name.toLowerCase().replaceAll(/[-_]/g, "");
  const called = calledElsewhere.find(([words]) => words.split(" ").includes(word));
  if (called !== undefined) return [called[1].split(".")];
  const places = Object.entries<Shape | Allowed>(allowed).flatMap(([section, entry]) => {
    const value = isSection(entry) && Object.hasOwn(entry, name) ? entry[name] : undefined;
    return value === undefined || (!isSection(value) && isRefused(value)) ? [] : [[section, name]];
  });
  // A word of many sections, such as enabled, tells of none.
  return places.length > 2 ? [] : places;
}

/** Null takes a default away, which nothing but what touches one place can be without. */
function mayBeNull(key: SettingKey): boolean {
  return touches.some(({ value }) => value.join() === key.join());
}

/** Reports each chart value that the chart doesn't know, or that is of the wrong kind. */
export function checkChartValues(value: unknown, schema: ChartSchema, key: SettingKey, report: Report): void {
  // What may not be set at all is reported already.
  if (report.has(key)) return;
  const kinds = [schema.type ?? []].flat().filter(isKind);
  if (kinds.length > 0 && !kinds.some((kind) => isOfKind(value, kind))) {
    // Null takes a default away, which is no advice to give.
    report.add(
      key,
      wrongKind(
        value,
        kinds.filter((kind) => kind !== "null"),
      ),
    );
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      checkChartValues(item, schema.items ?? {}, [...key, index], report);
    });
  } else if (isRecord(value)) {
    for (const [name, entry] of Object.entries(value)) checkEntry(name, entry, schema, key, report);
  }
}

function checkEntry(
  name: string,
  value: unknown,
  schema: ChartSchema,
  parent: SettingKey,
  report: Report,
): void {
  const { properties = {}, additionalProperties = true } = schema;
  const key = [...parent, name];
  if (report.has(key)) return;
  const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (known !== undefined) {
    checkChartValues(value, known, key, report);
  } else if (additionalProperties === false) {
    const names = Object.keys(properties);
    report.add(key, `is no value of the Alloy chart; write ${nearest(name, names) ?? alternatives(names)}`);
  } else if (additionalProperties !== true) {
    checkChartValues(value, additionalProperties, key, report);
  }
}

function isOfKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case "array":
      return Array.isArray(value);
    case "object":
      return isRecord(value);
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === kind;
  }
}
