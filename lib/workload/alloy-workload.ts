import { ApiObject, Chart } from "cdk8s";
import { Construct, type IConstruct, type IValidation } from "constructs";
import { WorkloadError } from "../chart";
import { type Agent, agentOf, propErrorsOf } from "./agent";
import type { PodGrants } from "./grants/pod-grants";
import { type AccessGrant, ApiAccess } from "./manifests/access";
import { AgentNamespace, type AgentPodSecurity } from "./manifests/namespace";
import { type AgentNetwork, AgentNetworkPolicy, agentNetwork } from "./manifests/network-policy";
import { SecretPlaceholders, SecretSources } from "./manifests/secrets";
import { addExtraObjects, HelmRender } from "./pod/helm-render";
import type { PodAccess } from "./pod/pod-access";
import { type AlloyWorkloadProps, ownName, PropErrors } from "./props/props";

/**
 * Grafana's Alloy chart with what a configuration requires: mounts, access to the API, capabilities, Secrets, storage
 * and stability level.
 */
export class AlloyWorkload extends Construct {
  /** The chart's objects, by kind and name. */
  readonly render: HelmRender;
  /** The name of the DaemonSet that runs Alloy. */
  readonly agentName: string;
  readonly podSecurity: AgentPodSecurity;
  /** The rights on the Kubernetes API that the agent's ServiceAccount is given. */
  readonly apiGrants: readonly AccessGrant[];
  /** What components are given besides: volumes, Secrets, capabilities and the stability level. */
  readonly grants: PodGrants;
  /** What the agent's pod really has. */
  readonly access: PodAccess;
  /** Allowed ingress and egress. Absent: this project makes no NetworkPolicy. */
  readonly network: AgentNetwork | undefined;

  /**
   * @throws PropErrors of all mistakes in the props, at the end: what has none is built, and checked too. Where the chart
   * renders what the workload doesn't fit, nothing is built.
   */
  constructor(scope: Construct, id: string, props: AlloyWorkloadProps) {
    super(scope, id);
    const { namespace, createNamespace = true, secrets = [], nameOf = ownName } = props;
    const agent = agentOf(props);
    const { input, objects, chartValues, grants, apiGrants, access, podSecurity, mistakes } = agent;
    const { object, serviceAccountName } = agent.daemonSet;
    const agentName = object.name;
    this.agentName = agentName;
    this.grants = grants;
    this.apiGrants = apiGrants;
    this.access = access;
    this.podSecurity = podSecurity;
    try {
      this.render = new HelmRender(this, "render", { input, objects });
      addExtraObjects(this, chartValues, namespace);
      new SecretPlaceholders(this, "secret-placeholders", namespace, grants.secrets);
      new SecretSources(this, "secrets", { namespace, sources: secrets, read: grants.secrets });
      new ApiAccess(this, "api-access", { namespace, grants: apiGrants, agentName, serviceAccountName });
      if (createNamespace) new AgentNamespace(this, "namespace", { name: namespace, podSecurity, nameOf });
      this.network = this.limitNetwork(props, agent);
    } catch (error) {
      if (!(error instanceof WorkloadError)) throw error;
      for (const child of this.node.children) this.node.tryRemoveChild(child.node.id);
      throw propErrorsOf(error, mistakes);
    }
    const chart = Chart.of(this);
    chart.node.addValidation(new UniqueObjects(chart));
    if (mistakes.length > 0) throw new PropErrors(mistakes);
  }

  /** Makes no policy where it has no effect, on the node's network, nor beside one of the chart: both would hold. */
  private limitNetwork(props: AlloyWorkloadProps, agent: Agent): AgentNetwork | undefined {
    const { namespace, hostNetwork, networkPolicy = true, requirements, apiServerPorts } = props;
    const { exposeUi = false, nameOf = ownName } = props;
    const isLimited = this.render.objects.some(({ kind }) => kind === "NetworkPolicy");
    if (hostNetwork || !networkPolicy || isLimited) return undefined;
    const { podTemplate, selector: podSelector } = agent.daemonSet;
    const network = agentNetwork(podTemplate, {
      namespace,
      requirements,
      chartValues: agent.chartValues,
      apiServerPorts,
      exposeUi,
      nameOf,
    });
    new AgentNetworkPolicy(this, "network-policy", {
      namespace,
      agentName: this.agentName,
      network,
      podSelector,
    });
    return network;
  }
}

/** Checks that no two objects of an app are one object, or are written to one file, where the last one would win. */
class UniqueObjects implements IValidation {
  /** @param scope the objects in it are compared */
  constructor(private readonly scope: IConstruct) {}

  validate(): string[] {
    const objects = this.scope.node.findAll().filter((construct) => construct instanceof ApiObject);
    const byFile = new Map<string, ApiObject>();
    const errors: string[] = [];
    for (const object of objects) {
      const file = `${object.kind}.${object.name}`;
      const other = byFile.get(file);
      if (other !== undefined) {
        errors.push(
          `two objects become the file of ${file}: ${other.node.path} (namespace ${namespaceOf(other)}) and ${object.node.path} (namespace ${namespaceOf(object)})`,
        );
      }
      byFile.set(file, object);
    }
    return errors;
  }
}

function namespaceOf(object: ApiObject): string {
  return object.metadata.namespace ?? "none";
}
