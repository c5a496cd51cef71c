import { App, Chart } from "cdk8s";
import { type RequirementOf, stabilityLevels } from "../alloy";
import {
  alloyRenderInput,
  type ChartValues,
  copyMap,
  firstKey,
  isJsonMap,
  type Manifest,
  placedValues,
  type RenderInput,
  renderKey,
  UnrecordedRenderError,
  WorkloadError,
} from "../chart";
import { Remembered, type SettingKey, without } from "../schema";
import { propMistakes } from "./checks";
import { ContradictionError, type PodGrants, podGrants, readsNode } from "./grants/pod-grants";
import { type Grant, requiredBy, requiredByAnnotation, requiredOf } from "./grants/required";
import { type AccessGrant, accessGrants } from "./manifests/access";
import { type AgentPodSecurity, agentPodSecurity, podSecurityMistakes } from "./manifests/namespace";
import { HelmRender, placeValues } from "./pod/helm-render";
import { chartVersionMistakes, pinImages, useImages } from "./pod/images";
import { listenOnlyAt, placeUi, portGrants, serve } from "./pod/listening";
import { grantsIn, type PodAccess, podAccess } from "./pod/pod-access";
import { type AgentPodOptions, contextMistakes, grantToPod, ownVolumes, secure } from "./pod/privileges";
import type { RenderedDaemonSet } from "./pod/rendered-daemon-set";
import { limitResources, schedule } from "./pod/scheduling";
import { type AlloyWorkloadProps, ownName, PropErrors, type PropMistake } from "./props/props";

/** The agent's pod and what belongs to it, whatever it connects to. */
export interface Agent {
  readonly input: RenderInput;
  /** The chart's objects, with what is required. */
  readonly objects: readonly Manifest[];
  /** One of them, to be read. */
  readonly daemonSet: RenderedDaemonSet;
  /** Without those that are mistakes. */
  readonly chartValues: ChartValues;
  readonly grants: PodGrants;
  readonly apiGrants: readonly AccessGrant[];
  readonly access: PodAccess;
  readonly podSecurity: AgentPodSecurity;
  readonly mistakes: readonly PropMistake[];
}

/**
 * Agents by those of their props that are JSON, with the others beside them: most environments of a fleet have one of few
 * agents. One takes some 40 kB.
 */
const known = new Remembered<{ readonly agent: Agent; readonly by: readonly unknown[] }>(500);

/** @throws PropErrors where the chart renders what the workload doesn't fit; other mistakes are the agent's */
export function agentOf(props: AlloyWorkloadProps): Agent {
  const { renders, nameOf, chartValues = {}, requirements } = props;
  const own = { ...props, requirements: requirements.filter(isOfPod) };
  const key = JSON.stringify({ ...own, renders: undefined, chartValues: copyMap(chartValues) });
  const found = known.get(key);
  if (found !== undefined && found.by[0] === renders && found.by[1] === nameOf) return found.agent;
  const agent = build(own);
  known.set(key, { agent, by: [renders, nameOf] });
  return agent;
}

/** The pod has no part in where components connect to, which differs from cluster to cluster. */
function isOfPod({ requirement: { kind } }: RequirementOf): boolean {
  return kind !== "connection" && kind !== "unknown";
}

function build(props: AlloyWorkloadProps): Agent {
  const { requirements, ephemeralStorage = false, storagePath } = props;
  const mistakes: PropMistake[] = [];
  try {
    const grants = podGrants(requirements, ephemeralStorage ? undefined : storagePath);
    const volumes = ownVolumes({
      scratchPath: grants.storagePath === undefined ? storagePath : undefined,
      apiAccess: requiredOf(requirements, "api").length > 0,
    });
    mistakes.push(...propMistakes(props, grants, volumes));
    const { render, built } = renderRight(props, mistakes);
    changePod(render, built, { grants, ownVolumes: volumes, storagePath });
    const { chartValues = {}, images, nameOf = ownName } = built;
    const daemonSet = render.daemonSet();
    mistakes.push(...chartVersionMistakes(daemonSet, props, grants.stability.level));
    mistakes.push(...contextMistakes(daemonSet, chartValues));
    const { object, podTemplate } = daemonSet;
    const access = podAccess(podTemplate, {
      grants,
      chartValues,
      images: images !== undefined,
      nameOf,
      objects: render.objects,
    });
    const reasons = [...grantsIn(access), ...stabilityReason(grants)];
    if (reasons.length > 0) object.metadata.addAnnotation(requiredByAnnotation, requiredBy(reasons));
    const podSecurity = agentPodSecurity(podTemplate, grants, built);
    mistakes.push(...podSecurityMistakes(podSecurity));
    const { input } = render;
    const objects = render.objects.map(({ manifest }) => manifest);
    return {
      input,
      objects,
      daemonSet,
      chartValues,
      grants,
      apiGrants: accessGrants(requirements),
      access,
      podSecurity,
      mistakes,
    };
  } catch (error) {
    if (!(error instanceof WorkloadError)) throw error;
    throw propErrorsOf(error, mistakes);
  }
}

/** The mistakes that were found, with what ended the building as the last of them. */
export function propErrorsOf(error: WorkloadError, mistakes: readonly PropMistake[]): PropErrors {
  const { message } = error;
  const contradiction =
    error instanceof ContradictionError
      ? ({ path: ["requirements"], message, components: error.components } as const)
      : { message };
  return new PropErrors([...mistakes, contradiction]);
}

/**
 * The chart's objects, and the props to build the rest with: without the chart values that are mistakes, so that what is
 * right is built, and checked. Where no render is recorded or can be made, with those values or without, that is a
 * mistake too, and the rest is built without the chart values that take another.
 */
function renderRight(props: AlloyWorkloadProps, mistakes: PropMistake[]) {
  const wrong = mistakes.flatMap(({ path }) => (path?.[0] === "chartValues" ? [itemOf(path.slice(1))] : []));
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
      // Of no app that is written: the workload's own objects are copies.
      const scope = new Chart(new App(), "agent");
      const render = new HelmRender(scope, "render", { input, namespace, renders });
      const [failure] = built === least ? failures.values() : [];
      if (failure) {
        mistakes.push({ path: ["chartValues", ...firstKey(right.chartValues)], message: failure.message });
      }
      return { render, built };
    } catch (error) {
      if (!(error instanceof UnrecordedRenderError)) throw error;
      failures.set(renderKey(input), error);
    }
  }
  throw [...failures.values()][0];
}

/** The item of a list that a key stands in: without what is wrong with it, such as a port's number, it would be none. */
function itemOf(key: SettingKey): SettingKey {
  const last = key.findLastIndex((part) => typeof part === "number");
  return last === -1 ? key : key.slice(0, last + 1);
}

function changePod(render: HelmRender, props: AlloyWorkloadProps, pod: AgentPodOptions): void {
  const { requirements, chartValues = {}, resources, images } = props;
  placeValues(render, chartValues);
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
}

/** Why the stability level is what it is; the lowest needs no reason. */
function stabilityReason({ stability }: PodGrants): readonly Grant[] {
  return stability.level === stabilityLevels[0] ? [] : [stability];
}

/** The chart runs the sidecar unless a value switches it off. */
function runsReloader({ values: { configReloader } }: RenderInput): boolean {
  return !(isJsonMap(configReloader) && configReloader.enabled === false);
}
