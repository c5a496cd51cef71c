import { nearest } from "../nearest";
import { alternatives } from "./kind";
import type { Report } from "./report";
import { formatKey, type SettingKey } from "./setting-key";
import { namesIn, sectionsWith } from "./setting-names";

/** Settings that there were once, and what to do now. */
const removedSettings: Readonly<Record<string, string>> = {
  "runtime.data": "is read by nothing any more; remove it",
};

/**
 * Reports a key that is no setting, with the one that was most likely meant.
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
  const meant = nearest(name, isTop ? [...known, ...chartValues] : known);
  const key = [...parent, name];
  const removed = removedSettings[formatKey(key)];
  if (removed !== undefined) {
    report.add(key, removed);
    return;
  }
  if (meant !== undefined) {
    report.add(key, `is no setting; write ${meant}`, [...parent, meant]);
    return;
  }
  // Often its indentation is missing.
  const sections = isTop ? sectionsWith(name) : [];
  const [first] = sections;
  if (first !== undefined) {
    const message = `is no setting here; write it below ${alternatives(sections.map(formatKey))}, indented`;
    // Of local and remote it is local, which asks for nothing else.
    report.add(key, message, [...first, name]);
    return;
  }
  const others = isTop ? ["a value of the Alloy chart"] : [];
  report.add(key, `is no setting; write ${alternatives([...known, ...others])}`);
}
