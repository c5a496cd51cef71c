import { type ComponentDefinition, isAbove, type StabilityLevel } from "../schema/definition";
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
      `${name} is a community component; run Alloy with --feature.community-components.enabled`,
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
