export { allDashboards, dashboardsOf } from "./dashboards";
export { RuleFile, type RuleGroup, ruleGroupsOf } from "./rules";
