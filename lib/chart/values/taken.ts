import type { ChartSchema } from "../render/pins";
import { type Allowed, allowed, isSection } from "./allowed";
import { isRefused, type Refused, type Shape } from "./shape";

/** The values that are taken, and the sections that they stand in. */
type Taken<Entries, Section extends string = ""> = {
  [Name in keyof Entries & string]: Entries[Name] extends Refused
    ? never
    : Entries[Name] extends Shape
      ? `${Section}${Name}`
      : `${Section}${Name}` | Taken<Entries[Name], `${Section}${Name}.`>;
}[keyof Entries & string];

const registry = "The registry that the image comes from, with a path if it has one.";
const repository = "The image's path in its registry.";
const tag = "The image's tag; a digest may follow it.";
const digest = "The image's digest, which is held against what the registry sends.";
const pullPolicy = "When nodes pull the image: each time, if they haven't it, or never.";
const pullSecrets = "Secrets of the agent's namespace with credentials for registries.";

/** What editors show of each value. The chart's own default holds where one isn't set and nothing is said. */
const descriptions: Readonly<Record<Taken<typeof allowed>, string>> = {
  nameOverride: "Takes the place of the chart's name in the names of objects. Unset: alloy.",
  fullnameOverride: "The name of the agent's objects as a whole. Unset: alloy.",
  global: "What holds for all containers.",
  "global.image": "What holds for all images.",
  "global.image.registry": "The registry of all images, instead of their own.",
  "global.image.pullSecrets": pullSecrets,
  "global.image.pullPolicy": pullPolicy,
  "global.podSecurityContext": "The pod's security context, besides what it has anyway.",
  crds: "The chart's definition of PodLogs.",
  "crds.create": "false: no component here reads PodLogs.",
  alloy: "Alloy's container.",
  "alloy.enableHttpServerPort": "true: the container names the port of Alloy's HTTP server.",
  "alloy.listenScheme": "How the readiness probe asks Alloy: HTTP.",
  "alloy.initialDelaySeconds": "Seconds from the container's start to the first readiness probe.",
  "alloy.timeoutSeconds": "Seconds after which a readiness probe without an answer has failed.",
  "alloy.uiPathPrefix": "The path below which Alloy serves its UI.",
  "alloy.enableReporting": "Alloy reports the names of the components in use to Grafana Labs. Unset: true.",
  "alloy.extraEnv": "Environment variables of Alloy's container.",
  "alloy.envFrom": "ConfigMaps and Secrets whose entries are environment variables of Alloy's container.",
  "alloy.extraArgs": "Arguments of alloy run, besides those that it has anyway.",
  "alloy.extraPorts": "Ports of Alloy's container and of its Service, besides that of its HTTP server.",
  "alloy.hostAliases": "Lines of the pod's /etc/hosts.",
  "alloy.mounts": "What Alloy's container sees of the node and of volumes.",
  "alloy.mounts.varlog": "Alloy sees the node's /var/log, to read only. Unset: false.",
  "alloy.mounts.dockercontainers":
    "Alloy sees the node's /var/lib/docker/containers, to read only. Unset: false.",
  "alloy.mounts.extra": "Mounts of Alloy's container: volumes are named in controller.volumes.extra.",
  "alloy.securityContext": "The security context of Alloy's container, besides what it has anyway.",
  "alloy.lifecycle": "What runs after the start of Alloy's container, and before its end.",
  "alloy.livenessProbe":
    "By what the node knows that Alloy's container hangs and is to be started again. Unset: none.",
  image: "Alloy's image. The setting images.agent says its version with one word.",
  "image.registry": registry,
  "image.repository": repository,
  "image.tag": tag,
  "image.digest": digest,
  "image.pullPolicy": pullPolicy,
  "image.pullSecrets": pullSecrets,
  serviceAccount: "The ServiceAccount by which the agent asks the API server.",
  "serviceAccount.create": "true: the agent has an account of its own.",
  "serviceAccount.additionalLabels": "Labels of the ServiceAccount, besides those that it has anyway.",
  "serviceAccount.annotations": "Annotations of the ServiceAccount.",
  "serviceAccount.name": "The ServiceAccount's name. Unset: that of the agent's objects.",
  "serviceAccount.automountServiceAccountToken":
    "true: pods with this account get its token unless they say otherwise, as the agent's does. Unset: false.",
  configReloader: "The sidecar that has Alloy read its config again when its ConfigMap has changed.",
  "configReloader.enabled": "false: Alloy reads a changed config at its next start. Unset: true.",
  "configReloader.image": "The sidecar's image. The setting images.reloader says its version with one word.",
  "configReloader.image.registry": registry,
  "configReloader.image.repository": repository,
  "configReloader.image.tag": tag,
  "configReloader.image.digest": digest,
  "configReloader.image.pullPolicy": pullPolicy,
  "configReloader.resources": "What the sidecar asks for of the node, and may use.",
  "configReloader.securityContext": "The sidecar's security context, besides what it has anyway.",
  controller: "The DaemonSet, and its pods.",
  "controller.type": "daemonset: one agent on every node.",
  "controller.extraLabels": "Labels of the DaemonSet.",
  "controller.extraAnnotations": "Annotations of the DaemonSet.",
  "controller.minReadySeconds": "Seconds that a new pod must be ready before the next node's is replaced.",
  "controller.hostPID": "The pod sees all processes of the node. Unset: false.",
  "controller.terminationGracePeriodSeconds":
    "Seconds that Alloy has to end before it is killed. Unset: Kubernetes' 30.",
  "controller.revisionHistoryLimit": "How many earlier versions of the DaemonSet are kept to go back to.",
  "controller.updateStrategy": "How a changed pod takes the place of the running ones, node by node.",
  "controller.nodeSelector": "Labels that a node must have to get an agent.",
  "controller.tolerations": "Taints of nodes that get an agent all the same.",
  "controller.priorityClassName": "The PriorityClass of the pod: who goes first where a node is full.",
  "controller.podAnnotations": "Annotations of the pods.",
  "controller.podLabels": "Labels of the pods.",
  "controller.affinity": "Which nodes get an agent, as Kubernetes' affinity says it.",
  "controller.volumes": "Volumes of the pod.",
  "controller.volumes.extra": "Volumes of the pod, besides those that it has anyway.",
  "controller.initContainers": "Containers that end before Alloy's starts.",
  "controller.extraContainers": "Containers beside Alloy's.",
  service: "The Service of Alloy's HTTP server.",
  "service.enabled": "true: kubectl port-forward and whoever scrapes the agent go by it.",
  "service.type":
    "Whether the Service is reached in the cluster only, at a port of each node, or by a load balancer.",
  "service.nodePort": "The port of each node. Only with type NodePort.",
  "service.clusterIP":
    "The Service's address in the cluster, or None for none of its own. Unset: the cluster gives it one.",
  "service.internalTrafficPolicy": "Whether requests from a node go to its own agent alone, or to any.",
  "service.externalTrafficPolicy":
    "Whether requests from outside go to agents of the node that they reach, or to any.",
  "service.annotations": "Annotations of the Service.",
  serviceMonitor: "A ServiceMonitor by which a Prometheus operator has the agent's own metrics scraped.",
  "serviceMonitor.enabled": "There is a ServiceMonitor. Unset: false.",
  "serviceMonitor.additionalLabels": "Labels of the ServiceMonitor, by which Prometheus chooses it.",
  "serviceMonitor.interval": "How often the metrics are scraped. Unset: as Prometheus has it.",
  "serviceMonitor.metricRelabelings": "Relabeling rules for what is scraped.",
  "serviceMonitor.relabelings": "Relabeling rules for the targets.",
  extraObjects: "ConfigMaps in the agent's namespace.",
};

/** What the chart takes, without what this project doesn't, and each value with what it is. */
export function takenSchema(schema: ChartSchema): ChartSchema {
  return takenBelow(schema, allowed, "");
}

function takenBelow(schema: ChartSchema, entries: Allowed, section: string): ChartSchema {
  const known: Readonly<Record<string, string>> = descriptions;
  const properties = Object.entries(schema.properties ?? {}).flatMap(
    ([name, value]): [string, ChartSchema][] => {
      const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
      if (entry === undefined || (!isSection(entry) && isRefused(entry))) return [];
      const key = `${section}${name}`;
      const below = isSection(entry) ? takenBelow(value, entry, `${key}.`) : value;
      return [[name, { ...below, description: known[key] }]];
    },
  );
  return { ...schema, properties: Object.fromEntries(properties), additionalProperties: false };
}
