import { nearest } from "../nearest";
import { alternatives } from "./kind";
import type { Report } from "./report";
import type { SettingKey } from "./setting-key";
import { namesIn, sectionsWith } from "./settings";

/** Reports a key that is no setting, with the one that was most likely meant. */
export function reportUnknownKey(
  parent: SettingKey,
  name: string,
  chartValues: readonly string[],
  report: Report,
): void {
  // Items of a list stand in its section.
  const section = parent.filter((part) => typeof part === "string").join(".") || undefined;
  const known = namesIn(section);
  const meant = nearest(name, section === undefined ? [...known, ...chartValues] : known);
  const key = [...parent, name];
  if (meant !== undefined) {
    report.add(key, `is no setting; write ${meant}`, [...parent, meant]);
    return;
  }
  // Often its indentation is missing.
  const sections = section === undefined ? sectionsWith(name) : [];
  const [first] = sections;
  if (first !== undefined) {
    const message = `is no setting here; write it below ${alternatives(sections)}, indented`;
    // Of local and remote it is local, which asks for nothing else.
    report.add(key, message, [...first.split("."), name]);
    return;
  }
  const others = section === undefined ? ["a value of the Alloy chart"] : [];
  report.add(key, `is no setting; write ${alternatives([...known, ...others])}`);
}
