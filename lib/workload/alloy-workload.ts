import { Chart } from "cdk8s";
import { Construct } from "constructs";
import { type RequirementOf, stabilityLevels } from "../alloy";
import {
  type AlloyRenderOptions,
  alloyRenderInput,
  type ChartValues,
  isJsonMap,
  type RenderInput,
  type RenderStore,
  type Resources,
  UnrecordedRenderError,
  WorkloadError,
} from "../chart";
import { defaultNamespace, defaultStoragePath, type SecretSource } from "../environment";
import { type ImageSettings, SettingError } from "../schema";
import type { PodAccess } from "./access/access";
import { grantsIn, podAccess } from "./access/containers";
import { type AgentPodSecurity, agentPodSecurity, type PodSecurityLevel } from "./access/pod-security";
import { type AccessGrant, accessGrants } from "./grants/access-rules";
import { type PodGrants, podGrants, readsNode } from "./grants/pod-grants";
import { type Grant, requiredBy, requiredByAnnotation, requiredOf } from "./grants/required";
import { ApiAccess, UniqueObjects } from "./manifests/access";
import { AgentNamespace } from "./manifests/namespace";
import { type AgentNetwork, AgentNetworkPolicy, agentNetwork } from "./manifests/network-policy";
import { SecretPlaceholders, SecretSources } from "./manifests/secrets";
import { type AgentPodOptions, grantToPod, listenOnlyAt, ownVolumes } from "./pod/agent-pod";
import { HelmRender } from "./pod/helm-render";
import { checkAgentVersion, useImages } from "./pod/images";
import { limitResources, schedule } from "./pod/scheduling";
import { secure } from "./pod/security";
import { placeUi } from "./pod/ui";
import { addExtraObjects, checkValues, firstKey, placeValues } from "./values";

/** What an `AlloyWorkload` takes. */
export interface AlloyWorkloadProps extends AlloyRenderOptions {
  /** What the components of the configuration need; exactly that is granted. */
  readonly requirements: readonly RequirementOf[];
  /**
   * The namespace of the agent and of everything that belongs to it.
   *
   * @default "monitoring"
   */
  readonly namespace?: string;
  /**
   * The Namespace is made, with a Pod Security level that admits the agent's pod. Otherwise others see to it.
   *
   * @default true
   */
  readonly createNamespace?: boolean;
  /**
   * The pods share the network of their nodes.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;
  /**
   * Where Alloy keeps its data: a folder of the node if some of it must outlive the pod, else of the pod.
   *
   * @default - a folder of the agent's own, below `/var/lib/aistore-alloy`
   */
  readonly storagePath?: string;
  /**
   * Nothing is kept on the node, though some of it should outlive the pod.
   *
   * @default false
   */
  readonly forgetful?: boolean;
  /** @default - the chart's images, from their own registries */
  readonly images?: ImageSettings | undefined;
  /**
   * Alloy's UI is open to the network: that of the nodes, if the pods share it, else that of the pods.
   *
   * @default false
   */
  readonly exposeUi?: boolean;
  /**
   * The port of Alloy's UI.
   *
   * @default - the chart's, 12345
   */
  readonly uiPort?: number | undefined;
  /**
   * Where the sidecar serves its own metrics, such as `127.0.0.1:8080`.
   *
   * @default - nowhere
   */
  readonly reloaderAddress?: string | undefined;
  /** How many nodes' agents are replaced at a time: a number, or a percentage, which is rounded up. */
  readonly maxUnavailable: number | string;
  /**
   * What the agent's container asks for and may use.
   *
   * @default - what the chart values say
   */
  readonly resources?: Resources | undefined;
  /**
   * A NetworkPolicy limits the pods' network, where they have one of their own.
   *
   * @default true
   */
  readonly networkPolicy?: boolean;
  /** The TCP ports at which the Kubernetes API is. */
  readonly apiServerPorts: readonly number[];
  /**
   * The Pod Security level of the agent's namespace.
   *
   * @default - the lowest that admits the agent's pod
   */
  readonly podSecurity?: PodSecurityLevel | undefined;
  /**
   * Where Secrets come from that components read.
   *
   * @default - all are made by hand
   */
  readonly secrets?: readonly SecretSource[];
  /** @default - the renders that are committed with this project */
  readonly renders?: RenderStore | undefined;
}

/**
 * Grafana's Alloy chart with what a configuration requires: mounts, access to the API, capabilities, Secrets, storage
 * and stability level.
 */
export class AlloyWorkload extends Construct {
  /** The chart's objects, by kind and name. */
  readonly render: HelmRender;
  readonly podSecurity: AgentPodSecurity;
  /** The rights on the Kubernetes API that the agent's ServiceAccount is given. */
  readonly apiGrants: readonly AccessGrant[];
  /** What components are given of the pod, but for those rights. */
  readonly grants: PodGrants;
  /** What the agent's pod really has. */
  readonly access: PodAccess;
  /** What the network is limited to. Absent: it isn't limited, or by chart values. */
  readonly network: AgentNetwork | undefined;

  /**
   * @throws AggregateError of SettingErrors when chart values are not the environment's to set, when a render is not
   * recorded and cannot be made, and when the chart renders what this project's changes do not fit
   */
  constructor(scope: Construct, id: string, props: AlloyWorkloadProps) {
    super(scope, id);
    const chartValues = props.chartValues ?? {};
    const { namespace = defaultNamespace, createNamespace = true, forgetful = false } = props;
    const storagePath = props.storagePath ?? defaultStoragePath(namespace);
    try {
      const grants = podGrants(props.requirements, forgetful ? undefined : storagePath);
      this.grants = grants;
      this.apiGrants = accessGrants(props.requirements);
      const volumes = ownVolumes({
        ...(grants.storagePath === undefined ? { scratchPath: storagePath } : {}),
        apiAccess: requiredOf(props.requirements, "api").length > 0,
      });
      checkValues(props, grants, volumes);
      this.render = this.#build(namespace, props, { grants, ownVolumes: volumes, storagePath });
      const { object, podTemplate } = this.render.daemonSet();
      this.access = podAccess(podTemplate, {
        grants,
        chartValues,
        images: props.images !== undefined,
        objects: this.render.objects,
      });
      const reasons = [...grantsIn(this.access), ...stabilityReason(grants)];
      if (reasons.length > 0) {
        object.metadata.addAnnotation(requiredByAnnotation, requiredBy(reasons));
      }
      this.podSecurity = agentPodSecurity(podTemplate, grants, props.podSecurity);
      if (createNamespace) new AgentNamespace(this, "Namespace", namespace, this.podSecurity);
      this.network = this.#limitNetwork(namespace, props);
    } catch (error) {
      throw asSettingErrors(error, chartValues);
    }
    const chart = Chart.of(this);
    chart.node.addValidation(new UniqueObjects(chart));
  }

  #build(namespace: string, props: AlloyWorkloadProps, pod: AgentPodOptions): HelmRender {
    const { requirements, renders, chartValues = {}, resources } = props;
    const input = alloyRenderInput(props);
    const render = new HelmRender(this, "Render", {
      input,
      namespace,
      renders,
    });
    placeValues(render, chartValues);
    addExtraObjects(this, chartValues, namespace);
    const daemonSet = render.daemonSet();
    const reloader = runsReloader(input);
    grantToPod(daemonSet, pod);
    if (props.images !== undefined) {
      useImages(render, props.images, reloader);
    }
    const { level } = pod.grants.stability;
    checkAgentVersion(daemonSet, { requirements, level, chartValues, images: props.images });
    secure(render, { chartValues, reloader, readsNode: readsNode(pod.grants) });
    schedule(daemonSet, { chartValues, maxUnavailable: props.maxUnavailable });
    limitResources(daemonSet, { chartValues, reloader, resources });
    const { hostNetwork = false, exposeUi: expose = false, uiPort: port, reloaderAddress = "" } = props;
    if (hostNetwork) {
      daemonSet.useHostNetwork();
    }
    placeUi(render, { chartValues, reloader, hostNetwork, expose, port });
    if (reloader) {
      listenOnlyAt(daemonSet, reloaderAddress);
    }
    new SecretPlaceholders(this, "SecretPlaceholders", namespace, pod.grants.secrets);
    new SecretSources(this, "Secrets", { namespace, sources: props.secrets ?? [], requirements });
    new ApiAccess(this, "ApiAccess", {
      namespace,
      grants: this.apiGrants,
      agentName: daemonSet.object.name,
      serviceAccountName: daemonSet.serviceAccountName,
    });
    return render;
  }

  /** A policy has no effect on pods of the node's network, and one beside that of chart values would add to it. */
  #limitNetwork(namespace: string, props: AlloyWorkloadProps): AgentNetwork | undefined {
    const { hostNetwork, networkPolicy = true, requirements, apiServerPorts } = props;
    const { chartValues = {}, exposeUi = false } = props;
    const isLimited = this.render.objects.some(({ kind }) => kind === "NetworkPolicy");
    if (hostNetwork || !networkPolicy || isLimited) return undefined;
    const { object, podTemplate, selector: podSelector } = this.render.daemonSet();
    const network = agentNetwork(podTemplate, {
      namespace,
      requirements,
      chartValues,
      apiServerPorts,
      exposeUi,
    });
    new AgentNetworkPolicy(this, "NetworkPolicy", {
      namespace,
      agentName: object.name,
      network,
      podSelector,
    });
    return network;
  }
}

/** Generally available components need no word. */
function stabilityReason({ stability }: PodGrants): readonly Grant[] {
  return stability.level === stabilityLevels[0] ? [] : [stability];
}

/** The chart runs the sidecar unless a value switches it off. */
function runsReloader({ values: { configReloader } }: RenderInput): boolean {
  return !(isJsonMap(configReloader) && configReloader.enabled === false);
}

/** What the operator can mend, as a mistake in the environment: in its chart values, when they need the render. */
function asSettingErrors(error: unknown, chartValues: ChartValues): unknown {
  if (!(error instanceof WorkloadError)) return error;
  const key = error instanceof UnrecordedRenderError ? firstKey(chartValues) : [];
  return new AggregateError([new SettingError(key, error.message)], error.message);
}
