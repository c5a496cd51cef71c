import { Construct } from "constructs";
import { defaultConfigMapKey, defaultConfigMapName } from "../../chart";
import type { RuleGroup } from "../../monitoring";
import { manifest } from "./manifest";

/** What an {@link AlloyConfigMap} takes. */
export interface AlloyConfigMapProps {
  /** Alloy's configuration. */
  readonly text: string;
  readonly namespace: string;
  /** @default "alloy-config" */
  readonly name?: string;
  /** @default "config.alloy" */
  readonly key?: string;
}

/** The ConfigMap from which the agent reads its configuration. */
export class AlloyConfigMap extends Construct {
  readonly name: string;
  readonly key: string;

  constructor(scope: Construct, id: string, props: AlloyConfigMapProps) {
    super(scope, id);
    this.name = props.name ?? defaultConfigMapName;
    this.key = props.key ?? defaultConfigMapKey;
    manifest(this, "config-map", "ConfigMap", {
      metadata: { name: this.name, namespace: props.namespace },
      data: { [this.key]: props.text },
    });
  }
}

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
    manifest(this, "rules", "PrometheusRule", { metadata: labelled("alloy", namespace, labels), spec });
  }
}

/** What a {@link DashboardConfigMap} takes. */
export interface DashboardConfigMapProps {
  readonly name: string;
  /** The agent's. */
  readonly namespace: string;
  /** By them Grafana's sidecar finds it. */
  readonly labels: Readonly<Record<string, string>>;
  /** By which Grafana knows the dashboard. */
  readonly uid: string;
  /** The dashboard, as JSON. */
  readonly text: string;
}

/** A dashboard for Grafana's sidecar, which makes a file of each key of all ConfigMaps in one folder. */
export class DashboardConfigMap extends Construct {
  constructor(scope: Construct, id: string, { name, namespace, labels, uid, text }: DashboardConfigMapProps) {
    super(scope, id);
    manifest(this, "config-map", "ConfigMap", {
      metadata: labelled(name, namespace, labels),
      data: { [`${uid}.json`]: text },
    });
  }
}

/** The API server drops labels that are empty. */
function labelled(name: string, namespace: string, labels: Readonly<Record<string, string>>) {
  return { name, namespace, ...(Object.keys(labels).length > 0 && { labels }) };
}
