import { Chart } from "cdk8s";
import { Construct } from "constructs";
import { stabilityLevels } from "../alloy/requirement";
import { defaultNamespace } from "../environment/agent-namespace";
import { SettingError } from "../environment/setting-key";
import { defaultStoragePath } from "../environment/storage/storage-path";
import type { PodAccess } from "./access/access";
import { grantsIn, podAccess } from "./access/pod-access";
import { checkAgentVersion, useImages } from "./agent-images";
import { AgentNamespace } from "./agent-namespace";
import { type AgentPodOptions, grantToPod, listenOnlyAt } from "./agent-pod";
import type { AlloyWorkloadProps } from "./alloy-workload-props";
import { ApiAccess } from "./api-access";
import { UnrecordedRenderError } from "./chart/find-render";
import { isJsonMap } from "./chart/json";
import type { RenderInput } from "./chart/render-input";
import { alloyRenderInput, type ChartValues } from "./chart-values";
import { checkValues } from "./check-values";
import { type PodGrants, podGrants, readsNode } from "./grants/pod-grants";
import { requiredOf } from "./grants/required";
import { type Grant, requiredBy, requiredByAnnotation } from "./grants/required-by";
import { type AgentNetwork, agentNetwork } from "./network-policy/agent-network";
import { AgentNetworkPolicy } from "./network-policy/agent-network-policy";
import { ownVolumes } from "./own-volumes";
import { firstKey } from "./owned-values";
import { addExtraObjects, placeValues } from "./placed-values";
import { type AgentPodSecurity, agentPodSecurity } from "./pod-security/agent-pod-security";
import { HelmRender } from "./rendered/helm-render";
import { limitResources } from "./resources";
import { schedule } from "./scheduling";
import { SecretPlaceholders } from "./secrets/secret-placeholders";
import { SecretSources } from "./secrets/secret-sources";
import { secure } from "./security";
import { placeUi } from "./ui";
import { UniqueObjects } from "./unique-objects";
import { WorkloadError } from "./workload-error";

/**
 * Grafana's Alloy chart with what a configuration requires: mounts, access to the API, capabilities, Secrets, storage
 * and stability level.
 */
export class AlloyWorkload extends Construct {
  /** The chart's objects, by kind and name. */
  readonly render: HelmRender;
  readonly podSecurity: AgentPodSecurity;
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
      ...(renders === undefined ? {} : { renders }),
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
    limitResources(daemonSet, { chartValues, reloader, ...(resources && { resources }) });
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
      requirements,
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
