import { Construct } from "constructs";
import type { RuleGroup } from "../../monitoring";
import { manifest } from "./manifest";

/** What an {@link AlertRules} takes. */
export interface AlertRulesProps {
  /** The agent's. */
  readonly namespace: string;
  /** By them a Prometheus selects the rules: its `ruleSelector`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly groups: readonly RuleGroup[];
}

/** What the Prometheus Operator takes. Source: its API `monitoring.coreos.com/v1`. */
export interface PrometheusRule {
  readonly spec: { readonly groups: readonly RuleGroup[] };
}

/** The PrometheusRule with an environment's alerts. The cluster has to know that kind: the operator brings it. */
export class AlertRules extends Construct {
  constructor(scope: Construct, id: string, { namespace, labels, groups }: AlertRulesProps) {
    super(scope, id);
    const spec: PrometheusRule["spec"] = { groups };
    // The API server drops what is empty.
    const metadata = { name: "alloy", namespace, ...(Object.keys(labels).length > 0 && { labels }) };
    manifest(this, "rules", "PrometheusRule", { metadata, spec });
  }
}
