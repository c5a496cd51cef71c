import type { Manifests } from "../../lib/synthesis";
import { counted } from "../counted";
import { committedManifests } from "./committed";
import { type EnvironmentChange, environmentChange } from "./environment-change";
import type { PlanOptions } from "./options";
import { groupsOf } from "./report/groups";
import { markdownOf } from "./report/markdown";
import { coloured, plainText, textOf } from "./report/text";

/** What a plan says, and whether anything changes. */
export interface Plan {
  readonly answer: string;
  readonly exitCode: 0 | 1;
}

/**
 * Says how environments change.
 *
 * @param manifests what synthesizes
 * @throws DiagnosticsError or ChartError where what was written can't be read
 */
export function planOf(
  options: PlanOptions,
  manifests: ReadonlyMap<string, Manifests>,
  isColoured: boolean,
): Plan {
  const committed = committedManifests(options, [...manifests.keys()]);
  const names = new Set([...(options.names === undefined ? committed.keys() : []), ...manifests.keys()]);
  const changes = [...names].sort().flatMap((name): readonly EnvironmentChange[] => {
    const change = environmentChange(name, committed.get(name), manifests.get(name));
    return change === undefined ? [] : [change];
  });
  const groups = groupsOf(changes);
  const summary =
    changes.length === 0
      ? `${counted(names.size, "environment")}, nothing changes`
      : `${changes.length} of ${counted(names.size, "environment")} ${changes.length === 1 ? "changes" : "change"}`;
  const answer = options.markdown
    ? markdownOf(groups, summary)
    : `${textOf(groups, isColoured ? coloured : plainText)}${groups.length > 0 ? "\n" : ""}${summary}\n`;
  return { answer, exitCode: changes.length === 0 ? 0 : 1 };
}
