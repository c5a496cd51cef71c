export { RuleFile, type RuleGroup, ruleGroupsOf } from "./rules";
