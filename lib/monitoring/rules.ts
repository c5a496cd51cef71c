import { createHash } from "node:crypto";
import { Construct } from "constructs";
import type { AlloyConfig, Component } from "../alloy";
import { type Environment, signalsOf } from "../environment";
import { agentAlerts } from "./alerts/agent";
import { type Alert, type Rule, ruleOf } from "./alerts/alert";
import { clusterAlerts } from "./alerts/cluster";
import { destinationAlerts } from "./alerts/destinations";

/** Rules that Prometheus evaluates one after the other. */
export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** Where docs/alerts.md is, unless an environment says where its pages are published. */
const ownDocs = "docs";

/**
 * The alerts of an environment: of its destinations, signals and queues, and of no others. There are none where no metrics
 * are sent.
 *
 * @param config its agents'
 * @param daemonSet the name of the DaemonSet that runs them
 */
export function alertsOf(environment: Environment, config: AlloyConfig, daemonSet: string): readonly Alert[] {
  const { destinations, ownMetrics } = environment;
  if (!destinations.some((destination) => signalsOf(destination).includes("metrics"))) return [];
  const ofCluster = clusterAlerts(environment, daemonSet);
  if (ownMetrics === "none") return ofCluster;
  const committed = {
    sha256: createHash("sha256").update(config.toString()).digest("hex"),
    components: config.components.filter(isRun).length,
  };
  return [...ofCluster, ...destinationAlerts(environment), ...agentAlerts(environment, committed)];
}

/** Blocks that configure Alloy itself, which have a name of one part, and definitions of modules are not counted as run. */
function isRun({ address, definition }: Component): boolean {
  return address.includes(".") && definition.name !== "declare";
}

/** The groups of an environment's rules, of {@link alertsOf} it; none where it has no alerts. */
export function ruleGroupsOf(
  environment: Environment,
  config: AlloyConfig,
  daemonSet: string,
): readonly RuleGroup[] {
  const { name, cluster, alerts } = environment;
  const rules = alertsOf(environment, config, daemonSet).map((alert) =>
    ruleOf(alert, { cluster, docs: alerts.docs ?? ownDocs }),
  );
  return rules.length === 0 ? [] : [{ name: `alloy-${name}`, rules }];
}

/**
 * A file of rules beside the manifests, for a Prometheus or Mimir that has its rules from elsewhere. By its name neither
 * kubectl nor Argo CD or Flux takes it for a manifest: they read .yaml, .yml and .json.
 */
export class RuleFile extends Construct {
  readonly name = "alerts.rules";

  constructor(
    scope: Construct,
    id: string,
    readonly groups: readonly RuleGroup[],
  ) {
    super(scope, id);
  }
}
