import type { ImageSettings, ImageVersion } from "../environment/environment";
import { SettingError } from "../environment/setting-key";
import { agentContainer, reloaderContainer } from "./names";
import type { HelmRender } from "./rendered/helm-render";

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

/** A label's value has 63 characters at most and ends in a letter or digit, which a tag need not. */
function labelOf({ tag, digest = "" }: ImageVersion): string {
  const text = tag ?? digest.replace("sha256:", "");
  return text
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+/, "")
    .replace(/[^A-Za-z0-9]+$/, "");
}
