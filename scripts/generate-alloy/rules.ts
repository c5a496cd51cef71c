import { rules as exported, type Rule } from "../../lib/alloy";

/** By name: in which order a module has its exports, compilers differ. */
const rules = Object.entries(exported)
  .flatMap(([name, rule]) => (isRule(rule) ? [{ name, rule }] : []))
  .sort((one, other) => (one.name < other.name ? -1 : 1));

/** The names by which bindings import rules. */
export const ruleNames: readonly string[] = rules.map(({ name }) => name);

/**
 * The names of the rules that a body may have.
 *
 * @param names of the blocks that have the body, or of its component
 * @param members the names of its attributes and blocks
 */
export function rulesOf(names: ReadonlySet<string>, members: ReadonlySet<string>): readonly string[] {
  // An object of an attribute has none.
  if (names.size === 0) return [];
  return rules
    .filter(
      ({ rule }) =>
        rule.of?.some((name) => names.has(name)) !== false &&
        rule.members?.every((member) => members.has(member)) !== false,
    )
    .map(({ name }) => name);
}

function isRule(value: Rule | ((...of: never) => unknown)): value is Rule {
  return typeof value === "object";
}
