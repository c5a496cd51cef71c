import { AlloyAgent } from "../../lib/alloy-agent";
import {
  alloyRenderInput,
  type ChartSchema,
  chartSchema,
  isJsonMap,
  type JsonMap,
  jsonAt,
  RenderStore,
} from "../../lib/chart";
import { type Diagnostic, DiagnosticsError, readEnvironment } from "../../lib/environment";
import { formatKey, type SettingKey } from "../../lib/schema";
import { synthesize } from "../../lib/synthesis";
import type { Draft } from "./draft";
import type { Say } from "./report";
import { leftOut } from "./rules";
import { correctUrl, isUrl } from "./urls";
import { entriesOf, plain, type Value } from "./value";
import { textOf } from "./write";

/** Settings that are never left out, as the environment would become another one: a person mends them. */
const needed = ["container_runtime", "namespace", "local", "remote"];

/** What synth makes of a draft. */
interface Trial {
  readonly problems: readonly Diagnostic[];
  /** What it says though nothing is wrong. */
  readonly notices: readonly Diagnostic[];
  /** All that is written, to be compared. */
  readonly manifests: string;
}

/**
 * Brings a draft to what synthesizes. What this project doesn't take is corrected where it is known how, or left out;
 * either is said, in the words of synth.
 *
 * @param refuse is told what only the operator can say
 */
export function settle(draft: Draft, refuse: Say): void {
  // Each round takes out or corrects something, and there is only so much.
  for (;;) {
    const { problems, notices, manifests } = trial(draft);
    if (problems.length === 0) {
      for (const { key, message } of notices) {
        const there = nearestKey(draft, key);
        draft.tell(draft.at(there) ?? draft.root, there, message);
      }
      leaveOutUsual(draft, manifests);
      return;
    }
    if (mendAll(draft, problems)) continue;
    for (const { key, message } of problems) {
      const { place } = draft.at(nearestKey(draft, key)) ?? draft.root;
      refuse(place, key, message);
    }
    return;
  }
}

function trial(draft: Draft): Trial {
  const { name, root } = draft;
  const { environment, diagnostics: problems } = readEnvironment(name, `${name}.yaml`, textOf(root));
  if (environment === undefined) return { problems, notices: [], manifests: "" };
  if (leaveOutRendered(draft)) return trial(draft);
  let notices: readonly Diagnostic[] = [];
  try {
    const manifests = synthesize([environment], (app, one) => {
      ({ notices } = new AlloyAgent(app, one));
    });
    return { problems, notices, manifests: JSON.stringify([...(manifests.get(name) ?? [])]) };
  } catch (error) {
    if (error instanceof DiagnosticsError) return { problems: error.diagnostics, notices, manifests: "" };
    throw error;
  }
}

/** Leaves out chart values that say what the chart has anyway, where nothing differs without them. */
function leaveOutUsual(draft: Draft, manifests: string): void {
  const usual = Object.entries(chartSchema()?.properties ?? {}).flatMap(([name, schema]) =>
    usualKeys(draft.at([name]), schema, [name]),
  );
  leaveOut(draft, usual, manifests);
}

/** All of them at once, which most often changes nothing, or else one by one. */
function leaveOut(draft: Draft, keys: readonly SettingKey[], manifests: string): void {
  const values = keys.flatMap((key) => {
    const value = draft.at(key);
    return value === undefined ? [] : [{ key, value }];
  });
  if (values.length === 0) return;
  for (const { key } of values) draft.remove(key);
  if (trial(draft).manifests === manifests) {
    for (const { key, value } of values) leftOut("the chart has it anyway")(value, key, draft);
    return;
  }
  for (const { key, value } of values) draft.set(key, value);
  if (values.length > 1) for (const { key } of values) leaveOut(draft, [key], manifests);
}

/** The keys of values that are the chart's defaults. */
function usualKeys(value: Value | undefined, schema: ChartSchema, key: SettingKey): readonly SettingKey[] {
  if (value === undefined) return [];
  if ("default" in schema && JSON.stringify(schema.default) === JSON.stringify(plain(value))) return [key];
  return entriesOf(value).flatMap(([name, inner]) =>
    usualKeys(inner, schema.properties?.[name] ?? {}, [...key, name]),
  );
}

/** @returns whether anything was mended */
function mendAll(draft: Draft, problems: readonly Diagnostic[]): boolean {
  // What stands in a list has another index once something before it is gone.
  const lists = new Set<string>();
  const mended = problems.filter((problem) => {
    const key = withinItem(nearestKey(draft, problem.key));
    const list = typeof key.at(-1) === "number" ? formatKey(key.slice(0, -1)) : "";
    if (lists.has(list)) return false;
    if (list !== "") lists.add(list);
    return mend(draft, problem);
  });
  return mended.length > 0;
}

/** Corrects or takes out what a problem is of. @returns whether it has */
function mend(draft: Draft, { key: text, message }: Diagnostic): boolean {
  const key = nearestKey(draft, text);
  const [section] = key;
  const value = draft.at(key);
  if (section === undefined || value === undefined) return false;
  if (isUrl(key)) return correctUrl(draft, key, message, () => trial(draft).problems.map((one) => one.key));
  if (needed.includes(String(section))) return false;
  const item = withinItem(key);
  const left = draft.at(item) ?? value;
  const said = formatKey(item) === text ? message : `${text} ${message}`;
  leftOut(`synth would say: ${said}`)(left, item, draft);
  draft.remove(item);
  return true;
}

/** An item of a list goes as a whole: half of a toleration is another one. */
function withinItem(key: SettingKey): SettingKey {
  const index = key.findIndex((part) => typeof part === "number");
  return index === -1 ? key : key.slice(0, index + 1);
}

/** The key that a problem names, or the nearest above it that is there. */
function nearestKey(draft: Draft, text: string): SettingKey {
  for (let name = text; name !== ""; name = name.replace(/(^|\.)[^.[\]]*$|\[[^[\]]*\]$/, "")) {
    const key = draft.keyOf(name);
    if (key !== undefined) return key;
  }
  return [];
}

/**
 * Leaves out chart values with which the chart would have to be rendered: what synthesizes needs no helm.
 *
 * @returns whether there were any
 */
function leaveOutRendered(draft: Draft): boolean {
  const names = Object.keys(chartSchema()?.properties ?? {});
  const isChartValue = ([name]: readonly [string, unknown]) => names.includes(name);
  const chartValues = Object.fromEntries(Object.entries(plain(draft.root) ?? {}).filter(isChartValue));
  const input = alloyRenderInput({ chartValues });
  if (RenderStore.committed.find(input) !== undefined) return false;
  const usual = alloyRenderInput().values;
  const others = leaves(input.values, []).filter((key) => jsonAt(usual, key) === undefined);
  for (const key of others) {
    const value = draft.at(key);
    if (value === undefined) continue;
    const why =
      "the chart has to be rendered with it, by helm; write it into the environment's file, and run npm run chart:record";
    leftOut(why)(value, key, draft);
    draft.remove(key);
  }
  return others.length > 0;
}

/** The keys of values that are no maps. */
function leaves(map: JsonMap, key: readonly string[]): readonly (readonly string[])[] {
  return Object.entries(map).flatMap(([name, value]) =>
    isJsonMap(value) && Object.keys(value).length > 0 ? leaves(value, [...key, name]) : [[...key, name]],
  );
}
