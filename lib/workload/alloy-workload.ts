import { Chart } from "cdk8s";
import { Construct } from "constructs";
import { stabilityLevels } from "../alloy";
import {
  alloyRenderInput,
  firstKey,
  isJsonMap,
  placedValues,
  type RenderInput,
  renderKey,
  UnrecordedRenderError,
  WorkloadError,
} from "../chart";
import { without } from "../schema";
import type { PodAccess } from "./access/access";
import { grantsIn, podAccess } from "./access/pod-access";
import { type AgentPodSecurity, agentPodSecurity, podSecurityMistakes } from "./access/pod-security";
import { propMistakes } from "./checks";
import { type AccessGrant, accessGrants } from "./grants/access-rules";
import { ContradictionError, type PodGrants, podGrants, readsNode } from "./grants/pod-grants";
import { type Grant, requiredBy, requiredByAnnotation, requiredOf } from "./grants/required";
import { ApiAccess, UniqueObjects } from "./manifests/access";
import { AgentNamespace } from "./manifests/namespace";
import { type AgentNetwork, AgentNetworkPolicy, agentNetwork } from "./manifests/network-policy";
import { SecretPlaceholders, SecretSources } from "./manifests/secrets";
import { type AgentPodOptions, grantToPod, listenOnlyAt, ownVolumes } from "./pod/agent-pod";
import { addExtraObjects, HelmRender, placeValues } from "./pod/helm-render";
import { chartVersionMistakes, pinImages, useImages } from "./pod/images";
import { portGrants, serve } from "./pod/listening";
import { limitResources, schedule } from "./pod/scheduling";
import { secure } from "./pod/security";
import { placeUi } from "./pod/ui";
import { type AlloyWorkloadProps, ownName, PropErrors, type PropMistake } from "./props/props";

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
    const { requirements, namespace, createNamespace = true, ephemeralStorage = false, storagePath } = props;
    const mistakes: PropMistake[] = [];
    try {
      const grants = podGrants(requirements, ephemeralStorage ? undefined : storagePath);
      this.grants = grants;
      this.apiGrants = accessGrants(requirements);
      const volumes = ownVolumes({
        scratchPath: grants.storagePath === undefined ? storagePath : undefined,
        apiAccess: requiredOf(requirements, "api").length > 0,
      });
      mistakes.push(...propMistakes(props, grants, volumes));
      const { render, built } = this.renderRight(props, mistakes);
      this.render = render;
      this.buildPod(built, { grants, ownVolumes: volumes, storagePath });
      const { chartValues = {}, images, nameOf = ownName } = built;
      const daemonSet = render.daemonSet();
      mistakes.push(...chartVersionMistakes(daemonSet, props, grants.stability.level));
      const { object, podTemplate } = daemonSet;
      this.access = podAccess(podTemplate, {
        grants,
        chartValues,
        images: images !== undefined,
        nameOf,
        objects: render.objects,
      });
      const reasons = [...grantsIn(this.access), ...stabilityReason(grants)];
      if (reasons.length > 0) object.metadata.addAnnotation(requiredByAnnotation, requiredBy(reasons));
      this.podSecurity = agentPodSecurity(podTemplate, grants, built);
      mistakes.push(...podSecurityMistakes(this.podSecurity));
      if (createNamespace) {
        new AgentNamespace(this, "namespace", { name: namespace, podSecurity: this.podSecurity, nameOf });
      }
      this.network = this.limitNetwork(built);
    } catch (error) {
      if (!(error instanceof WorkloadError)) throw error;
      for (const child of this.node.children) this.node.tryRemoveChild(child.node.id);
      const { message } = error;
      const contradiction =
        error instanceof ContradictionError
          ? ({ path: ["requirements"], message, components: error.components } as const)
          : { message };
      throw new PropErrors([...mistakes, contradiction]);
    }
    const chart = Chart.of(this);
    chart.node.addValidation(new UniqueObjects(chart));
    if (mistakes.length > 0) throw new PropErrors(mistakes);
  }

  /**
   * The chart's objects, and the props to build the rest with: without the chart values that are mistakes, so that what is
   * right is built, and checked. Where no render is recorded or can be made, with those values or without, that is a
   * mistake too, and the rest is built without the chart values that take another.
   */
  private renderRight(props: AlloyWorkloadProps, mistakes: PropMistake[]) {
    const wrong = mistakes.flatMap(({ path }) => (path?.[0] === "chartValues" ? [path.slice(1)] : []));
    const right = { ...props, chartValues: without(props.chartValues ?? {}, wrong) };
    const least = { ...props, chartValues: placedValues(right.chartValues) };
    const { namespace, renders } = props;
    const failures = new Map<string, UnrecordedRenderError>();
    for (const [of, built] of [
      [props, right],
      [right, right],
      [least, least],
    ] as const) {
      const input = alloyRenderInput(of);
      if (failures.size > 0 && failures.has(renderKey(input))) continue;
      try {
        const render = new HelmRender(this, "render", { input, namespace, renders });
        const [failure] = built === least ? failures.values() : [];
        if (failure) {
          mistakes.push({ path: ["chartValues", ...firstKey(right.chartValues)], message: failure.message });
        }
        return { render, built };
      } catch (error) {
        if (!(error instanceof UnrecordedRenderError)) throw error;
        failures.set(renderKey(input), error);
        this.node.tryRemoveChild("render");
      }
    }
    throw [...failures.values()][0];
  }

  private buildPod(props: AlloyWorkloadProps, pod: AgentPodOptions): void {
    const { namespace, requirements, chartValues = {}, resources, images } = props;
    const { render } = this;
    placeValues(render, chartValues);
    addExtraObjects(this, chartValues, namespace);
    const daemonSet = render.daemonSet();
    const reloader = runsReloader(render.input);
    grantToPod(daemonSet, pod);
    if (images !== undefined) useImages(render, images, reloader);
    pinImages(render, images, reloader);
    secure(render, { chartValues, reloader, readsNode: readsNode(pod.grants) });
    schedule(daemonSet, { chartValues, maxUnavailable: props.maxUnavailable });
    limitResources(daemonSet, { chartValues, reloader, resources });
    const { hostNetwork = false, exposeUi: expose = false, uiPort: port, reloaderAddress = "" } = props;
    if (hostNetwork) daemonSet.useHostNetwork();
    placeUi(render, { chartValues, reloader, hostNetwork, expose, port });
    serve(render, portGrants(requirements));
    if (reloader) listenOnlyAt(daemonSet, reloaderAddress);
    new SecretPlaceholders(this, "secret-placeholders", namespace, pod.grants.secrets);
    new SecretSources(this, "secrets", { namespace, sources: props.secrets ?? [], requirements });
    new ApiAccess(this, "api-access", {
      namespace,
      grants: this.apiGrants,
      agentName: daemonSet.object.name,
      serviceAccountName: daemonSet.serviceAccountName,
    });
  }

  /** Makes no policy where it has no effect, on the node's network, nor beside one of the chart: both would hold. */
  private limitNetwork(props: AlloyWorkloadProps): AgentNetwork | undefined {
    const { namespace, hostNetwork, networkPolicy = true, requirements, apiServerPorts } = props;
    const { chartValues = {}, exposeUi = false, nameOf = ownName } = props;
    const isLimited = this.render.objects.some(({ kind }) => kind === "NetworkPolicy");
    if (hostNetwork || !networkPolicy || isLimited) return undefined;
    const { object, podTemplate, selector: podSelector } = this.render.daemonSet();
    const network = agentNetwork(podTemplate, {
      namespace,
      requirements,
      chartValues,
      apiServerPorts,
      exposeUi,
      nameOf,
    });
    new AgentNetworkPolicy(this, "network-policy", {
      namespace,
      agentName: object.name,
      network,
      podSelector,
    });
    return network;
  }
}

/** Why the stability level is what it is; the lowest needs no reason. */
function stabilityReason({ stability }: PodGrants): readonly Grant[] {
  return stability.level === stabilityLevels[0] ? [] : [stability];
}

/** The chart runs the sidecar unless a value switches it off. */
function runsReloader({ values: { configReloader } }: RenderInput): boolean {
  return !(isJsonMap(configReloader) && configReloader.enabled === false);
}
