import { type StabilityLevel, versionMistake } from "../../alloy";
import { agentContainer, copyMap, givesImage, jsonAt, reloaderContainer } from "../../chart";
import { type ContainerImages, type ImageVersion, imageVersion } from "../../schema";
import { type AlloyWorkloadProps, ownName, type PropMistake, type PropPath } from "../props/props";
import type { HelmRender } from "./helm-render";
import type { RenderedDaemonSet } from "./rendered-daemon-set";

/** What the chart says of Alloy's version on each of its objects. */
const versionLabel = "app.kubernetes.io/version";

/**
 * Runs the images that are asked for, from where they are asked for.
 *
 * On the render and not by chart values, so that one render does for environments with different images.
 *
 * @param reloader whether the chart's sidecar runs
 * @throws WorkloadError when the chart renders a pod that this doesn't fit
 */
export function useImages(render: HelmRender, images: ContainerImages, reloader: boolean): void {
  const { registry, pullSecrets, agent: agentVersion, reloader: reloaderVersion } = images;
  const daemonSet = render.daemonSet();
  const agent = daemonSet.container(agentContainer);
  const sidecar = reloader ? daemonSet.container(reloaderContainer) : undefined;
  if (registry !== undefined) {
    agent.pullFrom(registry);
    sidecar?.pullFrom(registry);
  }
  if (agentVersion !== undefined) {
    agent.useVersion(agentVersion);
    for (const { metadata } of render.objects) {
      if (metadata.getLabel(versionLabel) !== undefined) {
        metadata.addLabel(versionLabel, labelOf(agentVersion));
      }
    }
  }
  if (reloaderVersion !== undefined) sidecar?.useVersion(reloaderVersion);
  if (pullSecrets.length > 0) daemonSet.pullWith(pullSecrets);
}

/**
 * Runs the images that the chart names by their digests, as far as these are known. One that the environment names, by a
 * prop or a chart value, runs as it says, whatever the chart comes to name. One from elsewhere has another name, and stays
 * as it is: no mirror needs to have the same.
 *
 * @param reloader whether the chart's sidecar runs
 */
export function pinImages(render: HelmRender, images: ContainerImages | undefined, reloader: boolean): void {
  const { values, chart } = render.input;
  if (chart.images === undefined) return;
  const named = new Set([
    ...(images?.agent === undefined ? [] : [agentContainer]),
    ...(images?.reloader === undefined ? [] : [reloaderContainer]),
  ]);
  const daemonSet = render.daemonSet();
  for (const name of reloader ? [agentContainer, reloaderContainer] : [agentContainer]) {
    if (!named.has(name) && !givesImage(name, values)) daemonSet.container(name).pinImage(chart.images);
  }
}

type VersionProps = Pick<AlloyWorkloadProps, "requirements" | "images" | "chartValues" | "nameOf">;

/** What is wrong with the Alloy that a prop names, where it doesn't know what the config says. */
export function namedVersionMistakes(props: VersionProps, level: StabilityLevel): readonly PropMistake[] {
  const named = namedVersion(props);
  if (named === undefined) return [];
  const mistake = mistakeOf(named.version.tag, props, level);
  if (mistake === undefined) return [];
  const { images, nameOf = ownName } = props;
  const write = images?.agent ? "write " : `leave it out and write ${nameOf(["images", "agent"])}: `;
  return [{ path: named.path, message: `${mistake.message}; ${write}${mistake.write}` }];
}

/** What is wrong with the Alloy that the chart runs by itself, where no prop names another. */
export function chartVersionMistakes(
  daemonSet: RenderedDaemonSet,
  props: VersionProps,
  level: StabilityLevel,
): readonly PropMistake[] {
  if (props.requirements.length === 0 || namedVersion(props) !== undefined) return [];
  const mistake = mistakeOf(daemonSet.container(agentContainer).image.tag, props, level);
  if (mistake === undefined) return [];
  const { nameOf = ownName } = props;
  const write = `write ${nameOf(["images", "agent"])}: ${mistake.write}, or another chart's version`;
  return [{ path: ["chart"], message: `${mistake.message}; ${write}` }];
}

function mistakeOf(tag: string | undefined, { requirements }: VersionProps, level: StabilityLevel) {
  return requirements.length === 0 ? undefined : versionMistake(tag, requirements, level);
}

/** A version of Alloy, and the prop that names it. */
interface NamedVersion {
  readonly path: PropPath;
  readonly version: ImageVersion;
}

/** The version that a prop names. In chart values a digest decides, and an empty text or null is none. */
function namedVersion({ images, chartValues = {} }: VersionProps): NamedVersion | undefined {
  if (images?.agent !== undefined) return { path: ["images", "agent"], version: images.agent };
  const values = copyMap(chartValues);
  const [digest, tag] = [jsonAt(values, ["image", "digest"]), jsonAt(values, ["image", "tag"])];
  if (typeof digest === "string" && digest !== "") {
    return { path: ["chartValues", "image", "digest"], version: { digest } };
  }
  return typeof tag === "string" && tag !== ""
    ? { path: ["chartValues", "image", "tag"], version: imageVersion(tag) }
    : undefined;
}

/** A label's value has 63 characters at most and ends in a letter or digit, which a tag need not. */
function labelOf({ tag, digest = "" }: ImageVersion): string {
  const text = tag ?? digest.replace("sha256:", "");
  return text
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+/, "")
    .replace(/[^A-Za-z0-9]+$/, "");
}
