import type { RequirementOf } from "../../alloy/requirement";
import { groupBy, requiredOf, sortedSet } from "../grants/required";

/** The keys of each Secret that components read, as files or as variables; all of it sorted. */
export function keysRead(requirements: readonly RequirementOf[]): ReadonlyMap<string, readonly string[]> {
  const keys = [
    ...requiredOf(requirements, "secretFiles").flatMap(({ requirement: { secret, keys } }) =>
      keys.map((key) => ({ secret, key })),
    ),
    ...requiredOf(requirements, "secretVariable").map(({ requirement: { secret, key } }) => ({
      secret,
      key,
    })),
  ];
  const bySecret = [...groupBy(keys, ({ secret }) => secret)].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(bySecret.map(([secret, read]) => [secret, sortedSet(read.map(({ key }) => key))]));
}
