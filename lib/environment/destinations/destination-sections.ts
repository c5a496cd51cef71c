import { type PlainSettings, sectionOf } from "../plain-settings";
import type { SettingKey } from "../setting-key";

const atTop = ["local", "remote"];

/** Where the settings of a destination stand: two of them by their old names, at the top. */
export function destinationKey(name: string): SettingKey {
  return atTop.includes(name) ? [name] : ["destinations", name];
}

/** The settings of all destinations as they stand in a file, and where. */
export function destinationSections(
  settings: PlainSettings,
): readonly (readonly [key: SettingKey, section: unknown])[] {
  const named = sectionOf(settings, "destinations");
  return [
    ...atTop.map((name) => [destinationKey(name), settings[name]] as const),
    ...Object.entries(named).map(([name, section]) => [["destinations", name], section] as const),
  ];
}
