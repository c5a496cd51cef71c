import { nearest } from "../../nearest";
import { alternatives, isRecord } from "../kind";
import type { PlainSettings } from "../plain-settings";
import type { Report } from "../report";
import type { SettingKey } from "../setting-key";
import { type Allowed, allowed, isSection } from "./allowed";
import { checkTogether } from "./rules";
import type { Tell } from "./shape";
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
  const tell: Tell = (key, message) => {
    if (report.has(key)) return;
    report.add(key, message);
    wrong.push(key);
  };
  checkSection(chartValues, allowed, [], tell);
  const alone = [...wrong];
  checkTogether(settings, chartValues, (key, message) => {
    // What has a mistake of its own, or in it, has no other by what it stands beside.
    if (!alone.some((other) => key.every((part, index) => part === other[index]))) tell(key, message);
  });
}

function checkSection(values: PlainSettings, entries: Allowed, parent: SettingKey, tell: Tell): void {
  for (const [name, value] of Object.entries(values)) {
    const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
    const key = [...parent, name];
    if (entry === undefined) {
      const names = Object.keys(entries);
      tell(
        key,
        `is no value of the Alloy chart that this project takes; write ${nearest(name, names) ?? alternatives(names)}`,
      );
    } else if (isSection(entry)) {
      // What is no map, the chart's own schema refuses.
      if (isRecord(value)) checkSection(value, entry, key, tell);
    } else if (value !== null || !mayBeNull(key)) {
      entry(value, key, tell);
    }
  }
}

/** Null takes a default away, which nothing but what touches one place can be without. */
function mayBeNull(key: SettingKey): boolean {
  return touches.some(({ value }) => value.join() === key.join());
}
