import { Chart } from "cdk8s";
import { Construct } from "constructs";
import type { RequirementOf } from "../alloy/requirement";
import type { ImageSettings } from "../environment/environment";
import type { SecretSource } from "../environment/secrets/secret-source";
import { SettingError } from "../environment/setting-key";
import { defaultStoragePath } from "../environment/storage/storage-path";
import { useImages } from "./agent-images";
import { AgentNamespace } from "./agent-namespace";
import { type AgentPodOptions, grantToPod, listenOnlyAt } from "./agent-pod";
import { ApiAccess } from "./api-access";
import { UnrecordedRenderError } from "./chart/find-render";
import { isJsonMap } from "./chart/json";
import type { RenderInput } from "./chart/render-input";
import type { RenderStore } from "./chart/render-store";
import { type AlloyRenderOptions, alloyRenderInput, type ChartValues } from "./chart-values";
import { type PodGrants, podGrants, readsNode } from "./grants/pod-grants";
import { requiredOf } from "./grants/required";
import { imageValueErrors } from "./image-values";
import type { Resources } from "./kubernetes";
import { defaultApiServerPorts, defaultMaxUnavailable } from "./names";
import { type AgentNetwork, agentNetwork } from "./network-policy/agent-network";
import { AgentNetworkPolicy } from "./network-policy/agent-network-policy";
import { type OwnVolume, ownVolumes } from "./own-volumes";
import { firstKey, ownedValueErrors } from "./owned-values";
import { type AgentPodSecurity, agentPodSecurity } from "./pod-security/agent-pod-security";
import type { PodSecurityLevel } from "./pod-security/pod-security";
import { HelmRender } from "./rendered/helm-render";
import { limitResources } from "./resources";
import { schedule } from "./scheduling";
import { SecretSources } from "./secrets/secret-sources";
import { unreadSecretErrors } from "./secrets/unread-secrets";
import { secure } from "./security";
import { placeUi } from "./ui";
import { UniqueObjects } from "./unique-objects";
import { WorkloadError } from "./workload-error";

/** What an {@link AlloyWorkload} takes. */
export interface AlloyWorkloadProps extends AlloyRenderOptions {
  /** What the components of the configuration need; exactly that is granted. */
  readonly requirements: readonly RequirementOf[];
  /**
   * The pods share the network of their nodes.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;
  /**
   * Where Alloy keeps its data: a folder of the node if some of it must outlive the pod, else of the pod.
   *
   * @default "/var/lib/alloy"
   */
  readonly storagePath?: string;
  /**
   * Nothing is kept on the node, though some of it should outlive the pod.
   *
   * @default false
   */
  readonly forgetful?: boolean;
  /** @default - the chart's images, from their own registries */
  readonly images?: ImageSettings;
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
  readonly uiPort?: number;
  /**
   * Where the sidecar serves its own metrics, such as `127.0.0.1:8080`.
   *
   * @default - nowhere
   */
  readonly reloaderAddress?: string;
  /**
   * How many nodes' agents are replaced at a time: a number, or a percentage, which is rounded up.
   *
   * @default "10%"
   */
  readonly maxUnavailable?: number | string;
  /**
   * What the agent's container asks for and may use.
   *
   * @default - what the chart values say
   */
  readonly resources?: Resources;
  /**
   * A NetworkPolicy limits the pods' network, where they have one of their own.
   *
   * @default true
   */
  readonly networkPolicy?: boolean;
  /**
   * The TCP ports at which the Kubernetes API is.
   *
   * @default - 443 and 6443
   */
  readonly apiServerPorts?: readonly number[];
  /**
   * The Pod Security level of the agent's namespace.
   *
   * @default - the lowest that admits the agent's pod
   */
  readonly podSecurity?: PodSecurityLevel;
  /**
   * Where Secrets come from that components read.
   *
   * @default - all are made by hand
   */
  readonly secrets?: readonly SecretSource[];
  /** @default - the renders that are committed with this project */
  readonly renders?: RenderStore;
}

/**
 * Grafana's Alloy chart with what a configuration requires: mounts, access to the API, capabilities, Secrets, storage
 * and stability level.
 */
export class AlloyWorkload extends Construct {
  /** The chart's objects, by kind and name. */
  readonly render: HelmRender;
  readonly podSecurity: AgentPodSecurity;
  /** What the network is limited to. Absent: it isn't limited, or by chart values. */
  readonly network: AgentNetwork | undefined;

  /**
   * @throws AggregateError of SettingErrors when chart values are not the environment's to set, when a render is not
   * recorded and cannot be made, and when the chart renders what this project's changes do not fit
   */
  constructor(scope: Construct, id: string, props: AlloyWorkloadProps) {
    super(scope, id);
    const chartValues = props.chartValues ?? {};
    const { storagePath = defaultStoragePath, forgetful = false } = props;
    try {
      const grants = podGrants(props.requirements, forgetful ? undefined : storagePath);
      const volumes = ownVolumes({
        ...(grants.storagePath === undefined ? { scratchPath: storagePath } : {}),
        apiAccess: requiredOf(props.requirements, "api").length > 0,
      });
      checkValues(props, grants, volumes);
      this.render = this.#build(props, { grants, ownVolumes: volumes, storagePath });
      const { podTemplate } = this.render.daemonSet();
      this.podSecurity = agentPodSecurity(podTemplate, grants, props.podSecurity);
      new AgentNamespace(this, "Namespace", this.podSecurity);
      this.network = this.#limitNetwork(props);
    } catch (error) {
      throw asSettingErrors(error, chartValues);
    }
    const chart = Chart.of(this);
    chart.node.addValidation(new UniqueObjects(chart));
  }

  #build(props: AlloyWorkloadProps, pod: Omit<AgentPodOptions, "reloader">): HelmRender {
    const { requirements, renders, chartValues = {}, resources } = props;
    const input = alloyRenderInput(props);
    const render = new HelmRender(this, "Render", { input, ...(renders === undefined ? {} : { renders }) });
    const daemonSet = render.daemonSet();
    const reloader = runsReloader(input);
    grantToPod(daemonSet, { ...pod, reloader });
    if (props.images !== undefined) {
      useImages(render, props.images, reloader);
    }
    secure(render, { chartValues, reloader, readsNode: readsNode(pod.grants) });
    schedule(daemonSet, { chartValues, maxUnavailable: props.maxUnavailable ?? defaultMaxUnavailable });
    limitResources(daemonSet, { chartValues, reloader, ...(resources && { resources }) });
    const { hostNetwork = false, exposeUi: expose = false, uiPort: port, reloaderAddress = "" } = props;
    if (hostNetwork) {
      daemonSet.useHostNetwork();
    }
    placeUi(render, { chartValues, reloader, hostNetwork, expose, port });
    if (reloader) {
      listenOnlyAt(daemonSet, reloaderAddress);
    }
    new SecretSources(this, "Secrets", { sources: props.secrets ?? [], requirements });
    new ApiAccess(this, "ApiAccess", { requirements, serviceAccountName: daemonSet.serviceAccountName });
    return render;
  }

  /** A policy has no effect on pods of the node's network, and one beside that of chart values would add to it. */
  #limitNetwork(props: AlloyWorkloadProps): AgentNetwork | undefined {
    const { hostNetwork, networkPolicy = true, requirements, chartValues = {}, exposeUi = false } = props;
    const isLimited = this.render.objects.some(({ kind }) => kind === "NetworkPolicy");
    if (hostNetwork || !networkPolicy || isLimited) return undefined;
    const { podTemplate, selector: podSelector } = this.render.daemonSet();
    const apiServerPorts = props.apiServerPorts ?? defaultApiServerPorts;
    const network = agentNetwork(podTemplate, { requirements, chartValues, apiServerPorts, exposeUi });
    new AgentNetworkPolicy(this, "NetworkPolicy", { network, podSelector });
    return network;
  }
}

function checkValues(
  { chartValues: values = {}, images, secrets = [], requirements }: AlloyWorkloadProps,
  grants: PodGrants,
  own: readonly OwnVolume[],
): void {
  const volumes = [...grants.volumes, ...grants.secrets];
  const mounts = [...volumes.flatMap((granted) => granted.mounts), ...own.map(({ mount }) => mount)];
  const owned = ownedValueErrors(values, {
    volumes: [...volumes, ...own].map(({ volume }) => volume.name),
    mountPaths: mounts.map(({ mountPath }) => mountPath),
    variables: grants.variables.map(({ variable }) => variable.name),
  });
  const errors = [
    ...owned,
    ...(images === undefined ? [] : imageValueErrors(values, images)),
    ...unreadSecretErrors(secrets, requirements),
  ];
  if (errors.length > 0) {
    throw new AggregateError(errors, errors.map(({ message }) => message).join("; "));
  }
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
