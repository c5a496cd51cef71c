import { type ContainerImages, imageVersion } from "../schema";
import { toAistore } from "./settings/aistore";
import { type AlloyFile, toAlloyNeeds } from "./settings/alloy";
import { withDelivery } from "./settings/delivery";
import { memoryQueueNotices } from "./settings/destination-rules";
import { toDestinations } from "./settings/destinations";
import type { Environment, EthtoolSettings } from "./settings/environment";
import { monitoringNotices } from "./settings/monitoring";
import { storageFolder, usualSockets } from "./settings/node";
import { agentResources, memoryLimit } from "./settings/resources";
import { toSecretSources } from "./settings/secrets";
import type { Settings } from "./settings/settings";
import { toSources } from "./settings/sources";
import type { EnvironmentSource } from "./yaml/source";

/** The namespaces of AIStore's platform, whose logs go to the remote beside those of AIStore's own namespaces. */
function platformNamespaces(agent: string): readonly string[] {
  return ["kube-system", agent, "ais-operator-system"];
}

/**
 * The environment that settings describe, with the defaults of those that are unset.
 *
 * @param settings without mistakes, together too
 * @param alloyFiles those that they name
 */
export function toEnvironment(
  name: string,
  source: EnvironmentSource,
  settings: Settings,
  chartValues: Readonly<Record<string, unknown>>,
  alloyFiles: readonly AlloyFile[],
): Environment {
  const { namespace, chart_version, images } = settings;
  const aistore = toAistore(settings);
  const limits = {
    stability: settings.stability,
    storagePath: storageFolder(settings.storage.path, namespace),
  };
  const namespaces = new Set([
    ...aistore.map((cluster) => cluster.namespace),
    ...platformNamespaces(namespace),
  ]);
  const destinations = toDestinations(settings, [...namespaces]);
  const resources = agentResources(settings.resources);
  const memory = memoryLimit(resources);
  const sources = toSources(settings.sources);
  const { node, cadvisor, aistore: ofAistore, kubeStateMetrics } = sources;
  const isScraping = [node, cadvisor, ofAistore, kubeStateMetrics].some((source) => source !== undefined);
  return {
    name,
    source,
    namespace,
    createNamespace: settings.create_namespace,
    containerRuntime: settings.container_runtime,
    runtimeSocket: settings.runtime.socket ?? usualSockets[settings.container_runtime],
    mountPropagation: settings.mount_propagation,
    hostNetwork: settings.host_network,
    cluster: settings.remote.label,
    sources,
    aistore,
    ethtool: ethtoolSettings(settings),
    destinations: withDelivery(destinations, limits),
    secrets: toSecretSources(settings.secrets),
    storagePath: limits.storagePath,
    memoryLimit: memory,
    memoryLimiter: settings.memory_limiter && memory !== undefined && isScraping,
    notices: [
      ...memoryQueueNotices(destinations, limits, source),
      ...ethtoolNotices(settings, source),
      ...monitoringNotices(settings, destinations, source),
    ],
    resources,
    ui: {
      expose: settings.ui.expose,
      port: settings.ui.port,
    },
    ownMetrics: settings.own_metrics,
    alerts: settings.alerts,
    dashboards: settings.dashboards,
    stability: settings.stability,
    alloyFiles,
    alloyNeeds: toAlloyNeeds(settings.alloy_requires),
    livedebugging: settings.livedebugging,
    reloaderAddress: settings.reloader.listen_address,
    maxUnavailable: settings.max_unavailable,
    networkPolicy: settings.network_policy,
    apiServerPorts: settings.api_server_ports,
    podSecurity: settings.pod_security,
    chartVersion: chart_version,
    images: imageSettings(images),
    chartValues,
  };
}

function ethtoolSettings({ ethtool, host_network }: Settings): EthtoolSettings | undefined {
  const { device_include: deviceInclude, metrics_include: metricsInclude } = ethtool;
  return deviceInclude === undefined || !host_network ? undefined : { deviceInclude, metricsInclude };
}

/** A notice and no error: older files have ethtool without the node's network, and are right but for that. */
function ethtoolNotices({ ethtool, host_network }: Settings, source: EnvironmentSource) {
  if (ethtool.device_include === undefined || host_network) return [];
  const message =
    "has no effect without host_network, as the node's interfaces are in its own network; write host_network: true, or remove ethtool";
  return [source.notice(["ethtool", "device_include"], message)];
}

function imageSettings(settings: Settings["images"]): ContainerImages | undefined {
  const { registry, pull_secrets: pullSecrets, agent, reloader } = settings;
  if (pullSecrets.length === 0 && [registry, agent, reloader].every((one) => one === undefined)) {
    return undefined;
  }
  const versionOf = (text: string | undefined) => (text === undefined ? undefined : imageVersion(text));
  return { registry, pullSecrets, agent: versionOf(agent), reloader: versionOf(reloader) };
}
