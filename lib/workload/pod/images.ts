import { type RequirementOf, type StabilityLevel, versionMistake } from "../../alloy";
import { agentContainer, type ChartValues, copyMap, type Json, jsonAt, reloaderContainer } from "../../chart";
import { type ImageSettings, type ImageVersion, SettingError } from "../../schema";
import type { HelmRender } from "./helm-render";
import type { RenderedDaemonSet } from "./rendered-daemon-set";

/** What the chart says of Alloy's version on each of its objects. */
const versionLabel = "app.kubernetes.io/version";

/**
 * Runs the images that an environment names, from where it names.
 *
 * On the render and not by chart values, so that one render does for environments with different images.
 *
 * @param reloader whether the chart's sidecar runs
 * @throws SettingError when there is no sidecar whose image could be chosen
 * @throws WorkloadError when the chart renders a pod that this doesn't fit
 */
export function useImages(render: HelmRender, images: ImageSettings, reloader: boolean): void {
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
  if (reloaderVersion !== undefined) {
    if (sidecar === undefined) {
      throw new SettingError(
        ["images", "reloader"],
        "has no effect, since configReloader.enabled is false; remove one of the two",
      );
    }
    sidecar.useVersion(reloaderVersion);
  }
  if (pullSecrets.length > 0) {
    daemonSet.pullWith(pullSecrets);
  }
}

/** What {@link checkAgentVersion} holds the agent's image against. */
export interface AgentVersionOptions {
  readonly requirements: readonly RequirementOf[];
  /** The stability level at which the agent runs. */
  readonly level: StabilityLevel;
  readonly images: ImageSettings | undefined;
  readonly chartValues: ChartValues;
}

/** An error if the Alloy that the settings name doesn't know what the config says: it takes no render to say so. */
export function agentVersionErrors(
  images: ImageSettings | undefined,
  requirements: readonly RequirementOf[],
  level: StabilityLevel,
): readonly SettingError[] {
  if (images?.agent === undefined || requirements.length === 0) return [];
  const mistake = versionMistake(images.agent.tag, requirements, level);
  return mistake === undefined
    ? []
    : [new SettingError(["images", "agent"], `${mistake.message}; write ${mistake.write}`)];
}

/**
 * Checks that the Alloy that the chart or its values name knows what the config says.
 *
 * @throws SettingError about the chart value or the version of the chart that names it
 */
export function checkAgentVersion(
  daemonSet: RenderedDaemonSet,
  { requirements, level, images, chartValues }: AgentVersionOptions,
): void {
  if (requirements.length === 0) return;
  const { tag } = daemonSet.container(agentContainer).image;
  const mistake = versionMistake(tag, requirements, level);
  // What a setting names is said already, by agentVersionErrors.
  if (mistake === undefined || images?.agent !== undefined) return;
  const { message, write } = mistake;
  const value = [
    ["image", "digest"],
    ["image", "tag"],
  ].find((path) => isSet(jsonAt(copyMap(chartValues), path)));
  throw value === undefined
    ? new SettingError(
        ["chart_version"],
        `${message}; write images.agent: ${write}, or another chart's version`,
      )
    : new SettingError(value, `${message}; leave it out and write images.agent: ${write}`);
}

/** The chart takes an empty text and null for nothing. */
function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** A label's value has 63 characters at most and ends in a letter or digit, which a tag need not. */
function labelOf({ tag, digest = "" }: ImageVersion): string {
  const text = tag ?? digest.replace("sha256:", "");
  return text
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+/, "")
    .replace(/[^A-Za-z0-9]+$/, "");
}
