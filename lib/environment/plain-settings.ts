import { isRecord } from "./kind";
import type { SettingKey } from "./setting-key";

/** Settings or chart values as they stand in a file, whatever is in them. */
export type PlainSettings = Readonly<Record<string, unknown>>;

/** What stands below a name; nothing where there is no map. */
export function sectionOf(settings: unknown, name: string): PlainSettings {
  const section = isRecord(settings) ? settings[name] : undefined;
  return isRecord(section) ? section : {};
}

/** Whether something is set at a key, were it null or empty. */
export function hasValue(values: unknown, [first, ...rest]: SettingKey): boolean {
  if (first === undefined) {
    return values !== undefined;
  }
  return isRecord(values) && Object.hasOwn(values, first) && hasValue(values[first], rest);
}

/** What stands at a key; nothing where there is no such key. */
export function valueAt(values: unknown, [first, ...rest]: SettingKey): unknown {
  if (first === undefined) return values;
  return isRecord(values) && Object.hasOwn(values, first) ? valueAt(values[first], rest) : undefined;
}
