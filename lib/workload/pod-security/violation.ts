import type { PodTemplate } from "./pod-fields";

/** Something of a pod that a Pod Security level doesn't admit. */
export interface Violation {
  /** In a few words, such as `the node's path /proc`. */
  readonly what: string;
  /** The volume that it is. @default - none */
  readonly volume?: string;
  /** The capability that it is. @default - none */
  readonly capability?: string;
  /** The container that has the capability. @default - none */
  readonly container?: string;
}

/** What of a pod a level doesn't admit, in one respect. */
export type Check = (pod: PodTemplate) => readonly Violation[];

/** Violations that have nothing to be found again by. */
export function said(texts: readonly string[]): readonly Violation[] {
  return texts.map((what) => ({ what }));
}
