import { about, type Component, type Mistake } from "./component";
import { isAbove, type StabilityLevel, stabilityLevels } from "./schema/definition";

/** What a config may be. */
export interface Limits {
  /**
   * The agent's `--stability.level`: what is less stable is a mistake.
   *
   * @default - any
   */
  readonly stability?: StabilityLevel;
  /**
   * The agent runs with `--feature.community-components.enabled`.
   *
   * @default false
   */
  readonly communityComponents?: boolean;
}

/** What a ConfigMap can hold in bytes, all of its keys together. */
export const configMapLimit = 1_048_576;

/** What a config leaves of it to other keys. */
const reserve = 48_576;

/** Finds what the agent would not run, for it is not stable enough. */
export function unstable(components: readonly Component[], limits: Limits): readonly Mistake[] {
  const { stability, communityComponents = false } = limits;
  return [
    ...(communityComponents ? [] : components.filter(isOfCommunity)).map((component) =>
      about(component, "it is a community component: allow them by communityComponents"),
    ),
    ...(stability === undefined ? [] : components.flatMap((component) => lessStable(component, stability))),
  ];
}

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

function isOfCommunity({ definition }: Component): boolean {
  return definition.stability === "community";
}

function lessStable(component: Component, allowed: StabilityLevel): readonly Mistake[] {
  return stabilityNeeds(component)
    .filter((level) => isAbove(level, allowed))
    .map((level) => about(component, `it is ${words(level)}, but only what is ${words(allowed)} is allowed`));
}

function stabilityNeeds({ requirements }: Component): readonly StabilityLevel[] {
  return requirements.flatMap((one) => (one.kind === "stability" ? [one.level] : []));
}

function words(level: StabilityLevel): string {
  return level.replace("-", " ");
}
