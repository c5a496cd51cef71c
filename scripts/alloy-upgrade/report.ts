import { counted } from "../counted";
import type { Schema } from "../generate-alloy/schema";
import { type ComponentChange, differences } from "./differences";

/**
 * What an upgrade changes, in words: all of what the environments use; of all else what breaks, what is no longer as
 * stable, and defaults.
 *
 * @param used the names of the components that the environments use
 */
export function upgradeReport(before: Schema, after: Schema, used: ReadonlySet<string>): string {
  const changes = differences(before, after);
  const named = (state: ComponentChange["state"]) => changes.filter((one) => one.state === state);
  const changed = named("changed");
  const own = changes.filter(({ name, state }) => state !== "new" && used.has(name));
  const others = changed.filter(({ name }) => !used.has(name));
  const { version, sum } = after.alloy;
  const title = `Alloy ${before.alloy.version} → ${version}${sum === undefined ? "" : `, ${sum}`}`;
  return [
    title,
    `${counted(after.components.length, "component")}: ${named("new").length} new, ${named("gone").length} gone, ${changed.length} changed`,
    ...section("what the environments use", own, () => true),
    ...section("new", named("new"), () => true),
    ...section("gone", named("gone"), () => true),
    ...section("other components: stability", others, isStability),
    ...section("other components: gone, or to be written otherwise", others, isBreaking),
    ...section("other components: defaults", others, isDefault),
  ].join("\n");
}

function section(
  title: string,
  changes: readonly ComponentChange[],
  shows: (line: string) => boolean,
): readonly string[] {
  const lines = changes.flatMap(({ name, state, lines: all }) => {
    if (state !== "changed") return [`  ${[name, ...all].join(": ")}`];
    const shown = all.filter(shows);
    return shown.length === 0 ? [] : [`  ${name}`, ...shown.map((line) => `    ${line}`)];
  });
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines];
}

const levels = /^~ (?:experimental|public preview|generally available|community) → /;

function isStability(line: string): boolean {
  return levels.test(line);
}

function isDefault(line: string): boolean {
  return /^~ \S+: default /.test(line);
}

/** A new attribute that may be left out breaks nothing. */
function isBreaking(line: string): boolean {
  if (isStability(line) || isDefault(line)) return false;
  return !line.startsWith("+ ") || line.includes("must be written");
}
