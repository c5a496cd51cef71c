import {
  type ComponentDefinition,
  isAbove,
  type StabilityLevel,
  stabilityLevels,
} from "../schema/definition";
import type { Requirement } from "../schema/requirement";
import type { BlockSyntax, Syntax } from "../syntax/tree";
import type { Diagnostics } from "./diagnostics";

/** What the agent runs. */
export interface Allowed {
  /** The agent's `--stability.level`: what is less stable is an error. @default - any */
  readonly stability?: StabilityLevel | undefined;
  /** The agent runs with `--feature.community-components.enabled`. @default true */
  readonly communityComponents?: boolean | undefined;
}

/** Reports a component that the agent doesn't run. */
export function checkStability(
  { name, stability }: ComponentDefinition,
  block: BlockSyntax,
  { stability: allowed, communityComponents = true }: Allowed,
  diagnostics: Diagnostics,
): void {
  if (stability !== "community") checkLevel(name, stability, block, allowed, diagnostics);
  else if (!communityComponents) {
    diagnostics.add(
      "error",
      block,
      `${name} is a community component; run Alloy with --feature.community-components.enabled, and say so by communityComponents: true`,
    );
  }
}

/** Reports what is less stable than the agent allows. */
export function checkLevel(
  name: string,
  level: StabilityLevel,
  part: BlockSyntax | Syntax,
  allowed: StabilityLevel | undefined,
  diagnostics: Diagnostics,
): void {
  if (allowed === undefined || !isAbove(level, allowed)) return;
  diagnostics.add(
    "error",
    part,
    `${name} is ${level.replace("-", " ")}; run Alloy with --stability.level=${level}`,
  );
}

/** The strictest stability level that runs all that is required. */
export function stabilityFor(requirements: readonly Requirement[]): StabilityLevel {
  return requirements
    .flatMap((one) => (one.kind === "stability" ? [one.level] : []))
    .reduce((strictest, level) => (isAbove(level, strictest) ? level : strictest), stabilityLevels[0]);
}

/** What a ConfigMap can hold in bytes, all of its keys together. */
export const configMapLimit = 1_048_576;

/** What a config leaves of it to other keys. */
const reserve = 48_576;

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
