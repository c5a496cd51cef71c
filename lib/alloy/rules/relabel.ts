import type { Facts, Rule } from "../schema/facts";

// The rules of relabeling: which action wants what.

export const relabelingRule: Rule = {
  members: ["source_labels", "target_label", "action", "modulus", "regex", "replacement"],
  check,
};

/** The actions that write or compare the label that `target_label` names. */
const ofTarget: ReadonlySet<string> = new Set([
  "dropequal",
  "hashmod",
  "keepequal",
  "lowercase",
  "replace",
  "uppercase",
]);

/** What an action has no use for, and Alloy refuses beside it unless it is the default. */
const refused: ReadonlyMap<string, readonly string[]> = new Map([
  ["labeldrop", ["source_labels", "target_label", "modulus", "separator", "replacement"]],
  ["labelkeep", ["source_labels", "target_label", "modulus", "separator", "replacement"]],
  ["dropequal", ["regex", "modulus", "separator", "replacement"]],
  ["keepequal", ["regex", "modulus", "separator", "replacement"]],
  ["lowercase", ["replacement"]],
  ["uppercase", ["replacement"]],
]);

const defaults: ReadonlyMap<string, string | number> = new Map<string, string | number>([
  ["modulus", 0],
  ["regex", "(.*)"],
  ["replacement", "$1"],
  ["separator", ";"],
  ["target_label", ""],
]);

/** A label's name into which parts of the source are put. */
const template = /^(?:[a-zA-Z_]|\$\w|\$\{\w+\})(?:\w|\$\w|\$\{\w+\})*$/;

function check(facts: Facts): void {
  const action = facts.text("action", "replace");
  if (action === undefined) return;
  if (ofTarget.has(action) && !facts.has("target_label")) {
    facts.report("action", `the action ${action} needs target_label; write it`);
  }
  if (action === "hashmod" && facts.literal("modulus", 0) === 0) {
    facts.report("action", "the action hashmod needs modulus; write how many values there may be");
  }
  const target = facts.text("target_label") ?? "";
  if (action === "replace" && target.includes("$") && !template.test(target)) {
    facts.report("target_label", `"${target}" is no label's name; write letters, digits, _ and \${1}`);
  }
  const replacement = facts.text("replacement", "$1");
  if (action === "labelmap" && replacement !== undefined && !template.test(replacement)) {
    facts.report("replacement", `"${replacement}" is no label's name; write letters, digits, _ and \${1}`);
  }
  for (const name of refused.get(action) ?? []) {
    if (facts.isSetBeside(name, defaults.get(name))) {
      facts.report(name, `${name} can't stand beside the action ${action}; remove it`);
    }
  }
}
