import { agentContainer, type ChartValues, reloaderContainer } from "../../chart";
import { hasValue, valueAt } from "../../schema";
import type { Grant } from "../grants/required";
import { mapAt, mapsAt, type PodTemplate, textsAt } from "../pod/pod-security-levels";
import { type Container, chartGiven, inside, type PodAccessOptions } from "./access";

/** What of the node the pod shares. */
export function ofNode({ spec }: PodTemplate): readonly Grant[] {
  return [
    ...(spec.hostNetwork === true ? [{ what: "the node's network", components: ["host_network"] }] : []),
    ...(spec.hostPID === true ? [{ what: "the node's processes", components: chartGiven }] : []),
    ...(spec.hostIPC === true ? [{ what: "the node's IPC", components: chartGiven }] : []),
  ];
}

/** Kinds of volumes that hold neither paths of the node nor Secrets. */
const volumeKinds = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "nfs",
  "persistentVolumeClaim",
  "projected",
];

/** What a container has that is neither a path of the node nor a Secret, and that chart values give. */
export function ofContainer(
  { name, fields }: Container,
  { spec }: PodTemplate,
  { chartValues }: PodAccessOptions,
): readonly Grant[] {
  const own = [agentContainer, reloaderContainer].includes(name);
  const extra = new Set(
    listAt(chartValues, "controller.volumes.extra").map((volume) => valueAt(volume, ["name"])),
  );
  const ports = mapsAt(fields, "ports").flatMap(({ hostPort, protocol = "TCP" }) =>
    hostPort === undefined || spec.hostNetwork === true
      ? []
      : [`port ${protocol} ${hostPort} of the node${inside(name)}`],
  );
  const volumes = mapsAt(fields, "volumeMounts").flatMap((mount) => {
    const volume = mapsAt(spec, "volumes").find((one) => one.name === mount.name && extra.has(one.name));
    const kind = volumeKinds.find((one) => volume?.[one] !== undefined);
    return kind === undefined ? [] : [`volume ${mount.name} (${kind}) at ${mount.mountPath}${inside(name)}`];
  });
  // The agent mounts its token by a volume of its own, and only if it needs one.
  const token =
    spec.automountServiceAccountToken === false
      ? []
      : [`token of ServiceAccount ${spec.serviceAccountName}${inside(name)}`];
  const given = listAt(chartValues, "alloy.extraArgs").map(String);
  const names = listAt(chartValues, "alloy.extraEnv").map((variable) => valueAt(variable, ["name"]));
  const ofAgent =
    name !== agentContainer
      ? []
      : [
          ...textsAt(fields, "args")
            .filter((argument) => given.includes(argument))
            .map((argument) => `argument ${argument}`),
          ...mapsAt(fields, "env")
            .filter((one) => names.includes(one.name))
            .map((one) => `variable ${one.name}`),
          ...Object.keys(mapAt(fields, "lifecycle")).map((hook) => `hook ${hook}`),
          ...(fields.livenessProbe === undefined ? [] : ["liveness probe"]),
        ];
  const maps = mapsAt(fields, "envFrom").flatMap(({ configMapRef }) => {
    const map = mapAt({ configMapRef: configMapRef ?? null }, "configMapRef").name;
    return map === undefined ? [] : [`variables of ConfigMap ${map}${inside(name)}`];
  });
  const all = [...ports, ...volumes, ...token, ...ofAgent, ...(own ? maps : [])];
  return all.map((what) => ({ what, components: chartGiven }));
}

/** What the pod as a whole has by chart values. */
export function ofPod(
  { spec, annotations, labels = {} }: PodTemplate,
  { chartValues }: PodAccessOptions,
): readonly Grant[] {
  const context = mapAt(spec, "securityContext");
  const isGiven = (list: string, name: string) => hasValue(chartValues, ["controller", list, name]);
  const all = [
    ...Object.keys(annotations)
      .filter((name) => isGiven("podAnnotations", name))
      .map((name) => `annotation ${name} of the pod`),
    ...Object.keys(labels)
      .filter((name) => isGiven("podLabels", name))
      .map((name) => `label ${name} of the pod`),
    ...mapsAt(spec, "hostAliases").map(
      ({ ip, hostnames }) => `${[hostnames].flat().join(", ")} as names of ${ip}`,
    ),
    ...mapsAt(context, "sysctls").map(({ name, value }) => `sysctl ${name}=${value}`),
    ...[context.fsGroup, ...(Array.isArray(context.supplementalGroups) ? context.supplementalGroups : [])]
      .filter((group) => group !== undefined)
      .map((group) => `group ${group}`),
    ...(hasValue(chartValues, ["serviceAccount", "name"])
      ? [`ServiceAccount ${spec.serviceAccountName}`]
      : []),
  ];
  return all.map((what) => ({ what, components: chartGiven }));
}

/** What leads to the pod from elsewhere, or gives it an identity elsewhere. */
export function ofObjects({ objects, chartValues }: PodAccessOptions): readonly Grant[] {
  const all = objects.flatMap(({ kind, name, content }) => {
    const { type } = mapAt(content, "spec");
    if (kind === "Service" && type !== "ClusterIP") return [`Service ${name} of type ${type}`];
    if (kind === "Ingress" || kind === "ServiceMonitor") return [`${kind} ${name}`];
    if (kind === "ServiceAccount") {
      const annotations = valueAt(chartValues, ["serviceAccount", "annotations"]);
      return Object.keys(Object(annotations)).map((key) => `annotation ${key} of ServiceAccount ${name}`);
    }
    if (["Role", "ClusterRole"].includes(kind)) return [`${kind} ${name}`];
    return [];
  });
  return all.map((what) => ({ what, components: chartGiven }));
}

function listAt(values: ChartValues, key: string): readonly unknown[] {
  const list = valueAt(values, key.split("."));
  return Array.isArray(list) ? list : [];
}
