import {
  imageVersionPattern,
  inBaseUnits,
  isRecord,
  registryAddress,
  type SettingKey,
  valueAt,
} from "../../schema";
import { alloyArguments } from "./alloy-flags";
import {
  containers,
  initContainers,
  lifecycle,
  livenessProbe,
  mounts,
  resources,
  variableSources,
  variables,
} from "./container";
import {
  annotations,
  anyLabels,
  ipAddress,
  labels,
  objectName,
  portName,
  portNumber,
  qualifiedName,
  releaseObjectName,
  serviceAccountName,
} from "./names";
import { hostAliases, volumes } from "./pod";
import { affinity, tolerations, updateStrategy } from "./scheduling";
import { agentSecurityContext, podSecurityContext, securityContext } from "./security";
import { fields, flag, isRefused, list, refused, type Shape, some, text, whole, word } from "./shape";
import { extraObjects } from "./touches";

/** The values of the chart, each with what it may be. A section is a map of them. */
export interface Allowed {
  readonly [name: string]: Shape | Allowed;
}

/** A value that may be what the chart has anyway, and nothing else. */
function only(wanted: boolean | string, instead: string): Shape {
  return (value, key, tell) => {
    if (value !== wanted) tell(key, `${instead}; write ${wanted}, or leave it out`);
  };
}

/** Empty or null, as the chart has it, or what is given. */
function orEmpty(shape: Shape): Shape {
  return (value, key, tell) => {
    if (value !== "" && value !== null) shape(value, key, tell);
  };
}

const registry = text(
  registryAddress,
  "is no registry; write its host, and its path if it has one, without https://",
);
const repository = text(
  /^[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*)*$/,
  "is no repository; write the image's path in its registry, such as grafana/alloy",
);
const tag = text(
  imageVersionPattern,
  "is no tag; write one such as v1.18.1, or tag@sha256: and 64 hex digits",
);
const digest = orEmpty(
  text(/^(sha256:)?[0-9a-f]{64}$/, "is no digest; write sha256: and 64 lower-case hex digits"),
);
const pullPolicy = word("Always", "IfNotPresent", "Never");
const pullSecrets = list(fields("a Secret", { name: objectName }, { needs: ["name"] }), "name");

/**
 * The least memory that the sidecar may have. Run with v0.91.0 in a cgroup, watching 50 files of which one changes each
 * second: it is killed at 8 MiB, and goes on at 12 MiB. The rest is for the runtime, which starts it in the same cgroup.
 */
const leastReloaderMemory = "16Mi";

const reloaderResources: Shape = (value, key, tell) => {
  resources(value, key, tell);
  const limit = valueAt(value, ["limits", "memory"]);
  if (typeof limit === "string" && inBaseUnits(limit) < inBaseUnits(leastReloaderMemory)) {
    const message = `is less than the sidecar runs with; write ${leastReloaderMemory} or more`;
    tell([...key, "limits", "memory"], message);
  }
};

const noCluster = "each agent reads its own node, so that there is nothing to share out; leave it out";
const ofOthers = "the agent is a DaemonSet, one on every node; leave it out";
const ownPolicy =
  "the policy follows from what components connect to; write `network_policy: false` and a policy of your own beside these manifests";
const noFaro = "nothing here listens to what an Ingress would lead to; leave it out";

const name = orEmpty(releaseObjectName);

const extraPorts = list(
  fields(
    "a port",
    {
      name: portName,
      port: portNumber,
      targetPort: portNumber,
      protocol: word("TCP", "UDP", "SCTP"),
      hostPort: portNumber,
      nodePort: whole(1, 65535),
      appProtocol: qualifiedName,
    },
    { needs: ["name", "port", "targetPort"] },
  ),
  "name",
);

/** Source: Prometheus' relabel_config, and the prometheus-operator's API monitoring.coreos.com/v1. */
const relabelings = list(
  fields("a rule", {
    action: word(
      ..."replace keep drop hashmod labelmap labeldrop labelkeep lowercase uppercase keepequal dropequal".split(
        " ",
      ),
    ),
    modulus: whole(1),
    regex: text(),
    replacement: text(/^(?!.*\{\{).*$/s, "has {{, which Helm takes for a template; write what it gives"),
    separator: text(),
    sourceLabels: some(text(/^[a-zA-Z_]\w*$/, "is no name of a label; write letters, digits and _")),
    targetLabel: text(/^(?!.*\{\{).+$/s, "has {{, which Helm takes for a template; write what it gives"),
  }),
);

/**
 * Every value of the chart, with what it may be: what is taken is known to be right, by the types, enums and names that
 * the API server and Alloy have; the others name the setting that says it, or why there is no such thing.
 */
export const allowed = {
  nameOverride: name,
  fullnameOverride: name,
  namespaceOverride: refused("write `namespace` at the top level"),
  global: {
    image: { registry: orEmpty(registry), pullSecrets, pullPolicy: orEmpty(pullPolicy) },
    podSecurityContext,
  },
  crds: { create: only(false, "no component here reads PodLogs, which is what the chart's CRDs are for") },
  alloy: {
    configMap: refused("Alloy's configuration is made from this file; leave it out"),
    clustering: refused(noCluster),
    stabilityLevel: refused("it follows from the components in use; leave it out"),
    storagePath: refused("write `storage.path` at the top level"),
    enableHttpServerPort: only(true, "the readiness probe and `kubectl port-forward` go by this port"),
    listenAddr: refused("write `ui.expose` at the top level"),
    listenPort: refused("write `ui.port` at the top level"),
    listenScheme: only("HTTP", "Alloy's UI has no certificate here"),
    initialDelaySeconds: whole(0),
    timeoutSeconds: whole(1),
    uiPathPrefix: text(
      /^\/([\w.~-]+(\/[\w.~-]+)*\/?)?$/,
      "is no path; write it from / on, of letters, digits and - _ . ~ between its slashes",
    ),
    enableReporting: flag,
    extraEnv: variables,
    envFrom: variableSources,
    command: refused("the image's own entrypoint is what runs Alloy; leave it out"),
    extraArgs: alloyArguments,
    extraPorts,
    hostAliases,
    mounts: { varlog: flag, dockercontainers: flag, extra: mounts },
    securityContext: agentSecurityContext,
    resources: refused("write `resources` at the top level"),
    lifecycle,
    livenessProbe,
  },
  image: { registry, repository, tag: orEmpty(tag), digest, pullPolicy, pullSecrets },
  rbac: refused("access to the API follows from the components in use; leave it out"),
  serviceAccount: {
    create: only(true, "the agent's rights are its own account's, and no other's"),
    additionalLabels: labels,
    annotations,
    name: orEmpty(serviceAccountName),
    automountServiceAccountToken: flag,
  },
  configReloader: {
    enabled: flag,
    image: { registry, repository, tag, digest, pullPolicy },
    customArgs: refused("what the sidecar watches follows from the components in use; leave it out"),
    resources: reloaderResources,
    securityContext,
  },
  controller: {
    type: (value, key, tell) => {
      if (value !== "daemonset") tell(key, "the agent runs on every node; write `daemonset` or leave it out");
    },
    replicas: refused(ofOthers),
    extraLabels: labels,
    extraAnnotations: annotations,
    parallelRollout: refused(ofOthers),
    minReadySeconds: whole(0),
    hostNetwork: refused("write `host_network` at the top level"),
    hostPID: flag,
    dnsPolicy: refused("it follows from `host_network`; leave it out"),
    terminationGracePeriodSeconds: whole(1),
    revisionHistoryLimit: whole(0),
    updateStrategy,
    nodeSelector: anyLabels,
    tolerations,
    topologySpreadConstraints: refused("each node has its one agent; leave it out"),
    priorityClassName: orEmpty(objectName),
    podAnnotations: annotations,
    podLabels: labels,
    podDisruptionBudget: refused("a drain passes over the pods of a DaemonSet; leave it out"),
    enableStatefulSetAutoDeletePVC: refused(ofOthers),
    autoscaling: refused(ofOthers),
    affinity,
    volumes: { extra: volumes },
    volumeClaimTemplates: refused(ofOthers),
    initContainers,
    extraContainers: containers,
  },
  networkPolicy: refused(ownPolicy),
  service: {
    enabled: only(true, "`kubectl port-forward` and whoever scrapes the agent go by its Service"),
    type: word("ClusterIP", "NodePort", "LoadBalancer"),
    nodePort: portNumber,
    clusterIP: orEmpty((value, key, tell) => {
      if (value !== "None") ipAddress(value, key, tell);
    }),
    internalTrafficPolicy: word("Cluster", "Local"),
    externalTrafficPolicy: word("Cluster", "Local"),
    annotations,
  },
  serviceMonitor: {
    enabled: flag,
    additionalLabels: labels,
    interval: orEmpty(
      text(
        /^(?=.)(\d{1,2}y)?(\d{1,3}w)?(\d{1,4}d)?(\d{1,5}h)?(\d{1,6}m)?(\d{1,8}s)?(\d{1,10}ms)?$/,
        "is no duration of Prometheus; write one such as 30s",
      ),
    ),
    metricRelabelings: relabelings,
    tlsConfig: refused("the agent's metrics are served over HTTP; leave it out"),
    relabelings,
  },
  ingress: refused(noFaro),
  extraObjects,
} satisfies Allowed;

/** Whether a value of the chart is a map of values, each with a shape of its own. */
export function isSection(entry: Shape | Allowed | undefined): entry is Allowed {
  return isRecord(entry) && typeof entry !== "function";
}

/** Whether a value is refused, whatever it is: then it will be taken away. */
export function isRefusedValue([name = "", ...rest]: SettingKey, entries: Allowed = allowed): boolean {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  return isSection(entry) ? isRefusedValue(rest, entry) : entry !== undefined && isRefused(entry);
}
