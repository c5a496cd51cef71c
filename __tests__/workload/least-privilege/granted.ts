import { App } from "cdk8s";
import { AlloyAgent } from "../../../lib/alloy-agent";
import { Fields } from "../../../lib/workload/pod/rendered-container";
import { environmentOf, type Settings } from "../../pipeline/pipeline-of";
import { manifestsOf } from "../fixtures/manifests-of";

/** What an agent is given, as its manifests have it. */
export function granted(settings: Settings) {
  const manifests = manifestsOf(new AlloyAgent(new App(), environmentOf(settings)));
  const content = (kind: string) => manifests.find((one) => one.kind === kind)?.content;
  const pod = new Fields(content("DaemonSet") ?? {}, "DaemonSet").fields("spec", "template", "spec");
  const [agent = {}, ...others] = pod.maps("containers");
  const container = new Fields(agent, "agent");
  const volumes = new Map(pod.maps("volumes").map((volume) => [volume.name, volume]));
  return {
    rules: content("ClusterRole")?.rules,
    roles: manifests.filter(({ kind }) => kind === "Role").length,
    hostNetwork: pod.map.hostNetwork ?? false,
    capabilities: container.fields("securityContext", "capabilities").map,
    root: container.fields("securityContext").map.runAsNonRoot !== true,
    mounts: container
      .maps("volumeMounts")
      .map((mount) =>
        [
          sourceOf(volumes.get(mount.name) ?? {}),
          mount.mountPath,
          mount.readOnly === true ? "ro" : "rw",
          ...(mount.mountPropagation === undefined ? [] : [mount.mountPropagation]),
        ].join(" "),
      )
      .sort(),
    unmounted: volumes.size - container.list("volumeMounts").length,
    others: others.map(({ name }) => name),
    level: Object(Object(content("Namespace")?.metadata).labels)["pod-security.kubernetes.io/enforce"],
    policies: manifests.filter(({ kind }) => kind === "NetworkPolicy").length,
  };
}

function sourceOf(volume: Readonly<Record<string, unknown>>): string {
  const { hostPath, configMap, emptyDir, projected } = volume;
  if (hostPath !== undefined) {
    const { path, type } = Object(hostPath);
    return type === undefined ? path : `${path}:${type}`;
  }
  if (configMap !== undefined) return `ConfigMap ${Object(configMap).name}`;
  if (emptyDir !== undefined) return "emptyDir";
  const sources = [...(Object(projected).sources ?? [])];
  return sources.some(({ serviceAccountToken }) => serviceAccountToken !== undefined)
    ? "token"
    : sources
        .map((source) =>
          source.secret ? `Secret ${source.secret.name}` : `ConfigMap ${source.configMap.name}`,
        )
        .join(", ");
}
