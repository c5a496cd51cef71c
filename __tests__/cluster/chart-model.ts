import {
  copyMap,
  isJsonMap,
  type Json,
  type JsonMap,
  type Manifest,
  manifestOf,
} from "../../lib/chart/render/manifest";
import { type RenderInput, RenderStore } from "../../lib/chart/render/renders";
import { alloyRenderInput } from "../../lib/chart/values/chart-values";

/**
 * Renders any values, without helm: the recorded render without values, with each value where the chart's templates
 * put it. Values that only choose what is rendered have no place here.
 */
export class ModelRenders extends RenderStore {
  constructor() {
    super("/nowhere");
  }

  override find({ values }: RenderInput): readonly Manifest[] {
    return rendered(values);
  }
}

/** The objects that the chart makes of values. */
export function rendered(values: Readonly<JsonMap>): readonly Manifest[] {
  const plain = RenderStore.committed.find(alloyRenderInput()) ?? [];
  const objects = new Map(plain.map(({ kind, content }) => [kind, copyMap(content)]));
  for (const [value, kind, ...places] of placed) {
    const given = at(values, value.split("."));
    const object = objects.get(kind);
    if (given !== undefined && object !== undefined) {
      for (const place of places) put(object, place.split("."), given);
    }
  }
  const ports = at(values, ["alloy", "extraPorts"]);
  for (const port of Array.isArray(ports) ? ports.filter(isJsonMap) : []) {
    const { name, port: number, targetPort, protocol = "TCP", hostPort } = port;
    const ofContainer = { name, containerPort: targetPort, protocol, hostPort };
    const ofService = { name, port: number, targetPort, protocol };
    put(objects.get("DaemonSet"), `${pod}.containers.0.ports`.split("."), [copyMap(ofContainer)]);
    put(objects.get("Service"), ["spec", "ports"], [copyMap(ofService)]);
  }
  return [...objects.values()].map((content) => manifestOf(content, "the chart"));
}

const pod = "spec.template.spec";

/** Each value of the chart, and where it goes: maps and lists are added to what is there, others take its place. */
const placed: readonly (readonly [value: string, kind: string, ...places: readonly string[]])[] = [
  ["global.podSecurityContext", "DaemonSet", `${pod}.securityContext`],
  ["global.image.pullSecrets", "DaemonSet", `${pod}.imagePullSecrets`],
  ["image.pullPolicy", "DaemonSet", `${pod}.containers.0.imagePullPolicy`],
  ["alloy.extraEnv", "DaemonSet", `${pod}.containers.0.env`],
  ["alloy.envFrom", "DaemonSet", `${pod}.containers.0.envFrom`],
  ["alloy.extraArgs", "DaemonSet", `${pod}.containers.0.args`],
  ["alloy.mounts.extra", "DaemonSet", `${pod}.containers.0.volumeMounts`],
  ["alloy.securityContext", "DaemonSet", `${pod}.containers.0.securityContext`],
  ["alloy.lifecycle", "DaemonSet", `${pod}.containers.0.lifecycle`],
  ["alloy.livenessProbe", "DaemonSet", `${pod}.containers.0.livenessProbe`],
  ["alloy.initialDelaySeconds", "DaemonSet", `${pod}.containers.0.readinessProbe.initialDelaySeconds`],
  ["alloy.timeoutSeconds", "DaemonSet", `${pod}.containers.0.readinessProbe.timeoutSeconds`],
  ["alloy.hostAliases", "DaemonSet", `${pod}.hostAliases`],
  ["configReloader.resources", "DaemonSet", `${pod}.containers.1.resources`],
  ["configReloader.securityContext", "DaemonSet", `${pod}.containers.1.securityContext`],
  ["controller.extraContainers", "DaemonSet", `${pod}.containers`],
  ["controller.initContainers", "DaemonSet", `${pod}.initContainers`],
  ["controller.volumes.extra", "DaemonSet", `${pod}.volumes`],
  ["controller.affinity", "DaemonSet", `${pod}.affinity`],
  ["controller.nodeSelector", "DaemonSet", `${pod}.nodeSelector`],
  ["controller.tolerations", "DaemonSet", `${pod}.tolerations`],
  ["controller.priorityClassName", "DaemonSet", `${pod}.priorityClassName`],
  ["controller.hostPID", "DaemonSet", `${pod}.hostPID`],
  ["controller.terminationGracePeriodSeconds", "DaemonSet", `${pod}.terminationGracePeriodSeconds`],
  ["controller.podLabels", "DaemonSet", "spec.template.metadata.labels"],
  ["controller.podAnnotations", "DaemonSet", "spec.template.metadata.annotations"],
  ["controller.extraLabels", "DaemonSet", "metadata.labels"],
  ["controller.extraAnnotations", "DaemonSet", "metadata.annotations"],
  ["controller.minReadySeconds", "DaemonSet", "spec.minReadySeconds"],
  ["controller.revisionHistoryLimit", "DaemonSet", "spec.revisionHistoryLimit"],
  ["controller.updateStrategy", "DaemonSet", "spec.updateStrategy"],
  ["service.type", "Service", "spec.type"],
  ["service.clusterIP", "Service", "spec.clusterIP"],
  ["service.nodePort", "Service", "spec.ports.0.nodePort"],
  ["service.internalTrafficPolicy", "Service", "spec.internalTrafficPolicy"],
  ["service.externalTrafficPolicy", "Service", "spec.externalTrafficPolicy"],
  ["service.annotations", "Service", "metadata.annotations"],
  ["serviceAccount.additionalLabels", "ServiceAccount", "metadata.labels"],
  ["serviceAccount.annotations", "ServiceAccount", "metadata.annotations"],
];

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((found, name) => (isJsonMap(found) ? found[name] : undefined), value);
}

function put(into: Json | undefined, path: readonly string[], given: Json): void {
  const [name = "", ...rest] = path;
  if (Array.isArray(into)) {
    put(into[Number(name)], rest, given);
  } else if (isJsonMap(into)) {
    const found = into[name];
    if (rest.length === 0) {
      into[name] = added(found, given);
    } else {
      put(found ?? set(into, name), rest, given);
    }
  }
}

function set(into: JsonMap, name: string): JsonMap {
  const made: JsonMap = {};
  into[name] = made;
  return made;
}

function added(found: Json | undefined, given: Json): Json {
  if (Array.isArray(found) && Array.isArray(given)) return [...found, ...given];
  if (isJsonMap(found) && isJsonMap(given)) return { ...found, ...given };
  return given;
}
