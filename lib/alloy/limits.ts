import type { Component } from "./component";
import { isAbove, type StabilityLevel, stabilityLevels } from "./schema/definition";

/** What a ConfigMap can hold in bytes, all of its keys together. */
export const configMapLimit = 1_048_576;

/** What a config leaves of it to other keys. */
const reserve = 48_576;

/** The strictest stability level that runs all of some components. */
export function stabilityFor(components: readonly Component[]): StabilityLevel {
  return components
    .flatMap(stabilityNeeds)
    .reduce((strictest, level) => (isAbove(level, strictest) ? level : strictest), stabilityLevels[0]);
}

/** Finds a config that is too long for a ConfigMap. */
export function tooLong(text: string): readonly string[] {
  // No character takes more than three bytes a code unit.
  if (text.length * 3 <= configMapLimit - reserve) return [];
  const bytes = new TextEncoder().encode(text).length;
  return bytes <= configMapLimit - reserve
    ? []
    : [
        `the config takes ${bytes} bytes: a ConfigMap holds ${configMapLimit} in all, of which ${reserve} are for others`,
      ];
}

function stabilityNeeds({ requirements }: Component): readonly StabilityLevel[] {
  return requirements.flatMap((one) => (one.kind === "stability" ? [one.level] : []));
}
