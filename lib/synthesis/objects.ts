import type { ApiObject } from "cdk8s";
import { isJsonMap, type Json, type JsonMap, mapAt, mapsAt } from "../chart";
import { dnsLabel, dnsSubdomain, inBaseUnits, labelValuePattern, variableNamePattern } from "../schema";

/** What file systems take as one name, less what is put behind it while it is written. */
const longestFileName = 255 - ".tmp".length;

/** A name of an object that it can't have, and what is wrong. */
export interface NameMistake {
  /** The name, as it stands in a setting or a chart value. */
  readonly name: string;
  readonly message: string;
}

/** Kinds without which other objects can't be made. */
const firstKinds = ["Namespace", "CustomResourceDefinition"];

/**
 * The file that an object is written to, in its environment's folder. `kubectl apply -f` goes through a folder in the
 * order of the files' names: a digit is before all letters. Windows takes no colon.
 */
export function fileNameOf(object: ApiObject): string {
  const order = firstKinds.includes(object.kind) ? "0-" : "";
  return `${order}${object.kind}.${nameOf(object).replaceAll(":", "_")}.k8s.yaml`;
}

/**
 * Names of an object that Kubernetes doesn't take, or of which no file can be named. A file name is made of kind and name:
 * with a slash in them it would lead out of the environment's folder.
 */
export function nameMistakes(object: ApiObject): readonly NameMistake[] {
  const { kind } = object;
  const { namespace } = object.metadata;
  const name = nameOf(object);
  const what = JSON.stringify(name);
  const all = [
    !/^[A-Za-z][A-Za-z0-9]{0,62}$/.test(kind) && {
      name: kind,
      message: `the kind ${JSON.stringify(kind)} of ${what} is none of Kubernetes; write letters and digits, as in ConfigMap`,
    },
    !isName(name, object) && {
      name,
      message: `${what} is no name of a Kubernetes object; write lower-case letters, digits, "-" and "."`,
    },
    namespace !== undefined &&
      !dnsLabel.test(namespace) && {
        name: namespace,
        message: `${JSON.stringify(namespace)} is no name of a namespace; write at most 63 lower-case letters, digits and "-"`,
      },
    isName(name, object) &&
      fileNameOf(object).length > longestFileName && {
        name,
        message: `makes a file name of more than ${longestFileName} characters with its kind ${kind}; write a shorter one`,
      },
  ];
  return all.filter((mistake) => mistake !== false);
}

/** Names of RBAC's objects may have colons too. Source: its registry validates them as segments of a path. */
function isName(name: string, { apiVersion }: ApiObject): boolean {
  const parts = apiVersion.startsWith("rbac.authorization.k8s.io/") ? name.split(":") : [name];
  return parts.every((part) => dnsSubdomain.test(part));
}

function nameOf(object: ApiObject): string {
  return object.metadata.name ?? object.name;
}

// What the API server would refuse of the objects, or never bring together, looked at once more before anything is
// written: whatever made them, a chart of another version or a value that nobody thought of.

/**
 * What is wrong with an environment's objects: each by itself, and what they refer to in each other.
 *
 * @param objects as they would be written
 */
export function objectMistakes(objects: readonly JsonMap[]): readonly NameMistake[] {
  const templates = objects.map(templateOf).filter((template) => template !== undefined);
  return objects.flatMap((object) => {
    const where = `${object.kind} ${mapAt(object, "metadata").name}`;
    const template = templateOf(object);
    const all = [
      ...metadataMistakes(mapAt(object, "metadata")),
      ...(template === undefined
        ? []
        : [...metadataMistakes(mapAt(template, "metadata")), ...podMistakes(mapAt(template, "spec"))]),
      ...selectorMistakes(object, templates),
      ...referenceMistakes(object, objects),
    ];
    return all.map(({ name, message }) => ({ name, message: `${where}: ${message}` }));
  });
}

function templateOf(object: JsonMap): JsonMap | undefined {
  const { template } = mapAt(object, "spec");
  return isJsonMap(template) ? template : undefined;
}

const qualified =
  /^(?=[^/]{1,63}$|[^/]{1,253}\/[^/]{1,63}$)([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/;

function metadataMistakes(metadata: JsonMap): readonly NameMistake[] {
  const labels = Object.entries(mapAt(metadata, "labels"));
  const annotations = Object.entries(mapAt(metadata, "annotations"));
  return [
    ...invalidNames(
      [...labels, ...annotations].map(([key]) => key),
      (key) => qualified.test(key.toLowerCase()),
      "is no name of a label or an annotation",
    ),
    ...labels
      .filter(([, value]) => typeof value !== "string" || !labelValuePattern.test(value))
      .map(([key, value]) => ({
        name: String(value),
        message: `${JSON.stringify(value)} is no value of the label ${key}`,
      })),
    ...annotations
      .filter(([, value]) => typeof value !== "string")
      .map(([key]) => ({ name: key, message: `the annotation ${key} is no text` })),
  ];
}

function podMistakes(spec: JsonMap): readonly NameMistake[] {
  const volumes = mapsAt(spec, "volumes").map(({ name }) => String(name));
  const containers = [...mapsAt(spec, "initContainers"), ...mapsAt(spec, "containers")];
  const names = containers.map(({ name }) => String(name));
  const hostPorts = mapsAt(spec, "containers").flatMap((container) => mapsAt(container, "ports"));
  return [
    ...invalidNames(
      [...volumes, ...names],
      (name) => dnsLabel.test(name),
      "is no name of a volume or a container",
    ),
    ...duplicates(volumes, "two volumes have the name"),
    ...duplicates(names, "two containers have the name"),
    ...duplicates(
      hostPorts.flatMap(({ hostPort, protocol = "TCP" }) =>
        hostPort === undefined ? [] : [`${hostPort}/${protocol}`],
      ),
      "two containers have the node's port",
    ),
    ...containers.flatMap((container) => containerMistakes(container, volumes)),
    ...invalidNames(
      referredNames(spec, containers),
      (name) => dnsSubdomain.test(name),
      "is no name of a Secret, a ConfigMap or a ServiceAccount",
    ),
  ];
}

function containerMistakes(container: JsonMap, volumes: readonly string[]): readonly NameMistake[] {
  const mounts = mapsAt(container, "volumeMounts");
  const variables = mapsAt(container, "env").map(({ name }) => String(name));
  const ports = mapsAt(container, "ports");
  const of = `in container ${container.name}`;
  return [
    ...invalidNames(
      mounts.map(({ name }) => String(name)),
      (name) => volumes.includes(name),
      `is mounted ${of}, and no volume`,
    ),
    ...duplicates(
      mounts.map(({ mountPath }) => String(mountPath)),
      `two volumes are mounted ${of} at`,
    ),
    ...invalidNames(variables, (name) => variableNamePattern.test(name), `is no name of a variable ${of}`),
    ...duplicates(variables, `two variables ${of} have the name`),
    ...duplicates(
      ports.flatMap(({ name }) => (name === undefined ? [] : [String(name)])),
      `two ports ${of} have the name`,
    ),
    ...ports
      .filter(({ containerPort, hostPort = 1 }) => !isPort(containerPort) || !isPort(hostPort))
      .map(({ name, containerPort }) => ({
        name: String(name),
        message: `${containerPort} is no port ${of}`,
      })),
    ...amountMistakes(mapAt(container, "resources"), of),
    ...(typeof container.image === "string" &&
    container.image.trim() === container.image &&
    container.image !== ""
      ? []
      : [
          {
            name: String(container.image),
            message: `${JSON.stringify(container.image ?? null)} is no image ${of}`,
          },
        ]),
  ];
}

/** Requests above their limits: one of the two may come from the chart. */
function amountMistakes(resources: JsonMap, of: string): readonly NameMistake[] {
  const requests = mapAt(resources, "requests");
  return Object.entries(mapAt(resources, "limits"))
    .filter(([name, limit]) => inBaseUnits(String(requests[name] ?? "0")) > inBaseUnits(String(limit)))
    .map(([name, limit]) => ({
      name: String(limit),
      message: `${limit} is less ${name} than is asked for ${of}, ${requests[name]}; write more, or what is asked for`,
    }));
}

/** The names of what a pod takes from other objects. */
function referredNames(spec: JsonMap, containers: readonly JsonMap[]): readonly string[] {
  const ofVolumes = mapsAt(spec, "volumes").flatMap((volume) => [
    mapAt(volume, "secret").secretName,
    mapAt(volume, "configMap").name,
    ...mapsAt(mapAt(volume, "projected"), "sources").flatMap((source) => [
      mapAt(source, "secret").name,
      mapAt(source, "configMap").name,
    ]),
  ]);
  const ofVariables = containers.flatMap((container) => [
    ...mapsAt(container, "env").flatMap((variable) =>
      ["secretKeyRef", "configMapKeyRef"].map((kind) => mapAt(mapAt(variable, "valueFrom"), kind).name),
    ),
    ...mapsAt(container, "envFrom").flatMap((source) =>
      ["secretRef", "configMapRef"].map((kind) => mapAt(source, kind).name),
    ),
  ]);
  const ofPulls = mapsAt(spec, "imagePullSecrets").map(({ name }) => name);
  return [...ofVolumes, ...ofVariables, ...ofPulls, spec.serviceAccountName]
    .filter((name) => name !== undefined && name !== null)
    .map(String);
}

/** Selectors that select no pod. */
function selectorMistakes(object: JsonMap, templates: readonly JsonMap[]): readonly NameMistake[] {
  const spec = mapAt(object, "spec");
  const finds = (labels: JsonMap) =>
    templates.some((template) => {
      const own = mapAt(mapAt(template, "metadata"), "labels");
      return Object.entries(labels).every(([key, value]) => own[key] === value);
    });
  const selector =
    object.kind === "Service"
      ? mapAt(spec, "selector")
      : object.kind === "NetworkPolicy"
        ? mapAt(mapAt(spec, "podSelector"), "matchLabels")
        : object.kind === "DaemonSet"
          ? mapAt(mapAt(spec, "selector"), "matchLabels")
          : {};
  return finds(selector) || Object.keys(selector).length === 0
    ? []
    : [
        {
          name: String(Object.values(selector)[0]),
          message: "selects pods by labels that the agent's pods don't have",
        },
      ];
}

/** Bindings to roles and accounts that no object defines. */
function referenceMistakes(object: JsonMap, objects: readonly JsonMap[]): readonly NameMistake[] {
  const { kind } = object;
  if (kind !== "RoleBinding" && kind !== "ClusterRoleBinding") return [];
  const isThere = (what: Json | undefined, name: Json | undefined) =>
    objects.some((one) => one.kind === what && mapAt(one, "metadata").name === name);
  return [mapAt(object, "roleRef"), ...mapsAt(object, "subjects")]
    .filter((reference) => !isThere(reference.kind, reference.name))
    .map((reference) => ({
      name: String(reference.name),
      message: `there is no ${reference.kind} ${reference.name}`,
    }));
}

function isPort(value: Json | undefined): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65535;
}

function invalidNames(
  names: readonly string[],
  isRight: (name: string) => boolean,
  message: string,
): readonly NameMistake[] {
  return names
    .filter((name) => !isRight(name))
    .map((name) => ({ name, message: `${JSON.stringify(name)} ${message}` }));
}

function duplicates(names: readonly string[], message: string): readonly NameMistake[] {
  const again = new Set(names.filter((name, index) => names.indexOf(name) < index));
  return [...again].map((name) => ({ name, message: `${message} ${name}` }));
}
