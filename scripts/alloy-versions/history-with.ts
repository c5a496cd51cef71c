import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { VersionHistory } from "../../lib/alloy";
import { type AlloySources, byAge } from "../alloy-upgrade/sources";
import { bindingsFolder } from "../generate-alloy/schema";
import { historyOf } from "./history";

export function readHistory(): VersionHistory {
  return JSON.parse(readFileSync(join(bindingsFolder, "versions.json"), "utf8"));
}

/**
 * The history that there is, with more versions, and as that of a version of the bindings.
 *
 * What is older than the version that it is of, it knows; so the sources of older versions are read only where one is to
 * be added, or bound.
 */
export function historyWith(added: readonly string[], bound: string, sources: AlloySources): VersionHistory {
  const history = readHistory();
  const all = [...new Set([...history.versions, ...added])].sort(byAge);
  const isPast = (version: string) => byAge(version, history.alloy) < 0;
  const needsPast = isPast(bound) || added.some((one) => isPast(one) && !history.versions.includes(one));
  const read = needsPast ? all : all.slice(all.indexOf(history.alloy));
  const schemas = new Map(read.map((version) => [version, sources.schemaOf(sources.of(version))]));
  return historyOf(schemas, bound, needsPast ? undefined : history);
}
