import { agentContainer, type ChartValues, mapAt, mapsAt, reloaderContainer, textsAt } from "../../chart";
import { hasValue, valueAt } from "../../schema";
import { type Grant, ofChartValues } from "../grants/required";
import { ownName } from "../props/props";
import {
  type CapabilityAccess,
  type Container,
  type ContainerAccess,
  capabilitiesOf,
  containerOf,
  inside,
  type PathAccess,
  type PodAccessOptions,
  pathsOf,
  type SecretAccess,
  secretsOf,
} from "./container-access";
import type { PodTemplate } from "./pod-security-levels";

/** What a pod really has, read from its objects, each with the components or the prop that want it. */
export interface PodAccess {
  readonly paths: readonly PathAccess[];
  readonly secrets: readonly SecretAccess[];
  readonly capabilities: readonly CapabilityAccess[];
  readonly containers: readonly ContainerAccess[];
  /** Everything else. */
  readonly others: readonly Grant[];
}

/** Reads what a pod has, container by container. */
export function podAccess(pod: PodTemplate, options: PodAccessOptions): PodAccess {
  const containers = [
    ...mapsAt(pod.spec, "initContainers").map((fields) => ({ fields, first: true })),
    ...mapsAt(pod.spec, "containers").map((fields) => ({ fields, first: false })),
  ].map(({ fields, first }) => ({ name: String(fields.name), fields, first }));
  return {
    paths: containers.flatMap((container) => pathsOf(container, pod, options)),
    secrets: containers.flatMap((container) => secretsOf(container, pod, options)),
    capabilities: containers.flatMap((container) => capabilitiesOf(container, options)),
    containers: containers.map((container) => containerOf(container, pod, options)),
    others: [
      ...sharedWithNode(pod, options),
      ...containers.flatMap((container) => addedToContainer(container, pod, options)),
      ...addedToPod(pod, options),
      ...addedObjects(options),
    ],
  };
}

/** Reads what a pod has from manifests that others wrote: nobody says any more what wants it. */
export function accessIn(pod: PodTemplate, objects: PodAccessOptions["objects"]): PodAccess {
  const grants = { volumes: [], secrets: [], capabilities: [] };
  return podAccess(pod, { grants, images: false, nameOf: ownName, chartValues: {}, objects });
}

/** Everything that a pod has, and why. */
export function grantsIn({ paths, secrets, capabilities, containers, others }: PodAccess): readonly Grant[] {
  const extra = containers.flatMap(({ name, image, beyond, components }) => [
    ...(components.length > 0 ? [{ what: `container ${name} of image ${image}`, components }] : []),
    ...beyond,
  ]);
  return [...paths, ...secrets, ...capabilities, ...extra, ...others];
}

/** The node's namespaces that the pod shares: network, processes, IPC. */
function sharedWithNode({ spec }: PodTemplate, { nameOf }: PodAccessOptions): readonly Grant[] {
  return [
    ...(spec.hostNetwork === true
      ? [{ what: "the node's network", components: [nameOf(["hostNetwork"])] }]
      : []),
    ...(spec.hostPID === true ? [{ what: "the node's processes", components: ofChartValues }] : []),
    ...(spec.hostIPC === true ? [{ what: "the node's IPC", components: ofChartValues }] : []),
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

/** What chart values add to a container, but for paths of the node and Secrets. */
function addedToContainer(
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
    name === agentContainer
      ? [
          ...textsAt(fields, "args")
            .filter((argument) => given.includes(argument))
            .map((argument) => `argument ${argument}`),
          ...mapsAt(fields, "env")
            .filter((one) => names.includes(one.name))
            .map((one) => `variable ${one.name}`),
          ...Object.keys(mapAt(fields, "lifecycle")).map((hook) => `hook ${hook}`),
          ...(fields.livenessProbe === undefined ? [] : ["liveness probe"]),
        ]
      : [];
  const maps = mapsAt(fields, "envFrom").flatMap(({ configMapRef }) => {
    const map = mapAt({ configMapRef: configMapRef ?? null }, "configMapRef").name;
    return map === undefined ? [] : [`variables of ConfigMap ${map}${inside(name)}`];
  });
  const all = [...ports, ...volumes, ...token, ...ofAgent, ...(own ? maps : [])];
  return all.map((what) => ({ what, components: ofChartValues }));
}

/** What chart values add to the pod as a whole. */
function addedToPod(
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
  return all.map((what) => ({ what, components: ofChartValues }));
}

/** The containers that have the token of the ServiceAccount, for the Kubernetes API: by a volume, or all. */
export function tokenHolders({ spec }: PodTemplate): readonly string[] | "all" {
  if (spec.automountServiceAccountToken !== false) return "all";
  const volumes = mapsAt(spec, "volumes").filter((volume) =>
    mapsAt(mapAt(volume, "projected"), "sources").some((source) => source.serviceAccountToken !== undefined),
  );
  return [...mapsAt(spec, "initContainers"), ...mapsAt(spec, "containers")]
    .filter((container) =>
      mapsAt(container, "volumeMounts").some((mount) => volumes.some(({ name }) => name === mount.name)),
    )
    .map(({ name }) => String(name));
}

/** Objects of chart values that expose the pod, such as a Service of another type, or give its ServiceAccount an identity. */
function addedObjects({ objects, chartValues }: PodAccessOptions): readonly Grant[] {
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
  return all.map((what) => ({ what, components: ofChartValues }));
}

function listAt(values: ChartValues, key: string): readonly unknown[] {
  const list = valueAt(values, key.split("."));
  return Array.isArray(list) ? list : [];
}
