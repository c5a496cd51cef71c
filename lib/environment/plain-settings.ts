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
