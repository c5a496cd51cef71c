import type { BodyDefinition } from "../schema/body";
import type { BodySyntax } from "../syntax/tree";
import { Facts, type ReportRule, within } from "./facts";
import { httpRules } from "./http";
import { lokiRules } from "./loki";
import { otelcolRules } from "./otelcol";
import { ottlRules } from "./ottl";
import { prometheusRules } from "./prometheus";
import { relabelRules } from "./relabel";

/** What attributes and blocks of one body ask of each other. Alloy refuses what breaks it, at its start or at a reload. */
export interface Rule {
  /** The components and blocks that have it, by name. @default - all with the `members` */
  readonly of?: readonly string[];
  /** The attributes and blocks that a body knows that has the rule. @default - any */
  readonly members?: readonly string[];
  readonly check: (facts: Facts) => void;
}

const all: readonly Rule[] = [
  ...httpRules,
  ...relabelRules,
  ...lokiRules,
  ...otelcolRules,
  ...ottlRules,
  ...prometheusRules,
];

/** The rules of bodies that were met, by the name of their block. */
const known = new WeakMap<BodyDefinition, Map<string, readonly Rule[]>>();

function rulesOf(name: string, definition: BodyDefinition): readonly Rule[] {
  const byName = known.get(definition) ?? new Map<string, readonly Rule[]>();
  known.set(definition, byName);
  const found =
    byName.get(name) ??
    all.filter(
      ({ of, members }) =>
        of?.includes(name) !== false &&
        members?.every((member) => definition.byAlloyName.has(member)) !== false,
    );
  byName.set(name, found);
  return found;
}

/** Reports what a body and the blocks in it ask of each other. */
export function checkRules(
  name: string,
  definition: BodyDefinition,
  body: BodySyntax,
  report: ReportRule,
): void {
  for (const { check } of rulesOf(name, definition)) check(new Facts(name, body, report));
  for (const block of body.blocks) {
    const member = definition.byAlloyName.get(block.name);
    if (member !== undefined && "multiplicity" in member) {
      checkRules(block.name, member.body, block.body, within(block, report));
    }
  }
}
