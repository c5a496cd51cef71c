import type { BodySyntax } from "../syntax/tree";
import type { BodyDefinition } from "./body";
import type { Need, OwnNeed } from "./requirement";
import type { Signal } from "./types";

/** Alloy's stability levels, from the one that allows the least. */
export const stabilityLevels = ["generally-available", "public-preview", "experimental"] as const;

/** What `--stability.level` of `alloy run` takes. */
export type StabilityLevel = (typeof stabilityLevels)[number];

/** Whether a level runs less than another. */
export function isAbove(level: StabilityLevel, allowed: StabilityLevel): boolean {
  return stabilityLevels.indexOf(level) > stabilityLevels.indexOf(allowed);
}

/** What an export is: a `Format` as the bindings write it; `any` is one that only a running Alloy knows. */
export type ExportKind = string;

/** What the bindings know of a component. */
export interface ComponentDefinition {
  /** Such as `prometheus.scrape`. */
  readonly name: string;
  /** Community components need `--feature.community-components.enabled`, whatever the stability level. */
  readonly stability: StabilityLevel | "community";
  readonly body: BodyDefinition;
  /** What it exports, by Alloy's names. @default - nothing */
  readonly exports?: Readonly<Record<string, ExportKind>>;
  /** The signals that its `input` takes, if it is an OpenTelemetry consumer. */
  readonly accepts?: readonly Signal[];
  /** The signals that its `output` gives, if it is an OpenTelemetry producer. */
  readonly emits?: readonly Signal[];
  /** What is known of it with its arguments, where they say what it gives and takes. @default - no more than this */
  readonly byArguments?: ByArguments;
  /** It has data of its own to send, even if nothing sends to its receiver. @default - if it has no receiver */
  readonly source?: true;
  /** What it needs whatever stands around it: API rights, storage. @default - nothing */
  readonly needs?: readonly OwnNeed[];
  /**
   * What it reads of the node, connects to and listens on.
   *
   * @default - the servers that its arguments name; where they name none, a connection that is not known
   */
  readonly surroundings?: readonly Need[];
  /** What it takes and gives is known to Alloy alone. */
  readonly isOpen?: true;
}

/**
 * What is known of a component with some arguments.
 *
 * @param allowed the agent's `--stability.level`, if it is known
 */
export type ByArguments = (
  definition: ComponentDefinition,
  body: BodySyntax,
  allowed: StabilityLevel | undefined,
) => ComponentDefinition;
