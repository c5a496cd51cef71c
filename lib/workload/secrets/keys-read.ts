import type { RequirementOf } from "../../alloy/requirement";
import { secretVolumes } from "../grants/secret-volumes";

/** The keys of each Secret that components read; all of it sorted. */
export function keysRead(requirements: readonly RequirementOf[]): ReadonlyMap<string, readonly string[]> {
  return new Map(secretVolumes(requirements).map(({ secret, keys }) => [secret, keys]));
}
