import {
  agentContainer,
  type ChartValues,
  givesImage,
  type JsonMap,
  mapAt,
  mapsAt,
  reloaderContainer,
  textsAt,
} from "../../chart";
import { hasValue } from "../../schema";
import type { PodGrants } from "../grants/pod-grants";
import { type Grant, ofChartValues } from "../grants/required";
import type { NameOf } from "../props/props";
import type { PodTemplate } from "./pod-security-levels";

/** A path of the node in a container. */
export interface PathAccess extends Grant {
  readonly path: string;
  readonly container: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  /** Kubernetes' mountPropagation. @default - none */
  readonly propagation?: string | undefined;
}

/** A Secret that a container reads. */
export interface SecretAccess extends Grant {
  readonly secret: string;
  /** @default - all */
  readonly keys?: readonly string[] | undefined;
  readonly container: string;
  /** Where it is read. */
  readonly as: { readonly files: string } | { readonly variable: string };
}

/** A Linux capability of a container. */
export interface CapabilityAccess extends Grant {
  readonly capability: string;
  readonly container: string;
}

/** A container, and what it is allowed beyond the least that every container is. */
export interface ContainerAccess {
  readonly name: string;
  /** It is an init container. */
  readonly first: boolean;
  readonly image: string;
  readonly user: string;
  readonly beyond: readonly Grant[];
  readonly components: readonly string[];
}

/** What `podAccess` takes. */
export interface PodAccessOptions {
  readonly grants: Pick<PodGrants, "volumes" | "secrets" | "capabilities">;
  /** Whether a prop says which images run. */
  readonly images: boolean;
  readonly nameOf: NameOf;
  readonly chartValues: ChartValues;
  /** The chart's objects, such as the ServiceAccount and the Service. */
  readonly objects: readonly { readonly kind: string; readonly name: string; readonly content: JsonMap }[];
}

/** A container of the pod. */
export interface Container {
  readonly name: string;
  readonly fields: JsonMap;
  /** It is an init container. */
  readonly first: boolean;
}

/** The paths of the node that a container mounts. */
export function pathsOf(
  { name, fields }: Container,
  { spec }: PodTemplate,
  { grants }: PodAccessOptions,
): readonly PathAccess[] {
  const volumes = new Map(mapsAt(spec, "volumes").map((volume) => [volume.name, volume]));
  return mapsAt(fields, "volumeMounts").flatMap((mount) => {
    const { path } = mapAt(volumes.get(mount.name) ?? {}, "hostPath");
    if (typeof path !== "string") return [];
    const mountPath = String(mount.mountPath);
    const readOnly = mount.readOnly === true;
    const granted = grants.volumes.filter(
      ({ volume, mounts }) =>
        name === agentContainer &&
        volume.name === mount.name &&
        mounts.some((one) => one.mountPath === mountPath && (one.readOnly === true) === readOnly),
    );
    const isGranted = granted.length > 0;
    return [
      {
        what: isGranted
          ? `mount ${path}`
          : `mount ${path} at ${mountPath} to ${readOnly ? "read" : "read and write"}${inside(name)}`,
        components: isGranted ? granted.flatMap(({ components }) => components) : ofChartValues,
        path,
        container: name,
        mountPath,
        readOnly,
        propagation: typeof mount.mountPropagation === "string" ? mount.mountPropagation : undefined,
      },
    ];
  });
}

/** The Secrets that a container reads, as files or as variables. */
export function secretsOf(
  container: Container,
  { spec }: PodTemplate,
  { grants }: PodAccessOptions,
): readonly SecretAccess[] {
  const { name, fields } = container;
  const of = (secret: string, keys: readonly string[] | undefined, as: SecretAccess["as"]): SecretAccess => {
    const granted = grants.secrets.filter(
      (one) =>
        name === agentContainer &&
        one.secret === secret &&
        "files" in as &&
        one.mounts.some(({ mountPath }) => mountPath === as.files) &&
        keys?.every((key) => one.keys.includes(key)),
    );
    const isGranted = granted.length > 0;
    const words = "files" in as ? `files below ${as.files}` : `variable ${as.variable}`;
    return {
      what: `Secret ${secret}${isGranted ? "" : ` as ${words}${inside(name)}`}`,
      components: isGranted ? granted.flatMap(({ components }) => components) : ofChartValues,
      secret,
      keys,
      container: name,
      as,
    };
  };
  const keysOf = (source: JsonMap) =>
    source.items === undefined ? undefined : mapsAt(source, "items").map(({ key }) => String(key));
  const volumes = new Map(mapsAt(spec, "volumes").map((volume) => [volume.name, volume]));
  const files = mapsAt(fields, "volumeMounts").flatMap((mount) => {
    const volume = volumes.get(mount.name) ?? {};
    const plain = mapAt(volume, "secret");
    const csi = mapAt(mapAt(volume, "csi"), "nodePublishSecretRef");
    const sources = [
      ...(plain.secretName === undefined ? [] : [{ ...plain, name: plain.secretName }]),
      ...mapsAt(mapAt(volume, "projected"), "sources").map((source) => mapAt(source, "secret")),
      ...(csi.name === undefined ? [] : [csi]),
    ].filter((source) => source.name !== undefined);
    return sources.map((source) =>
      of(String(source.name), keysOf(source), { files: String(mount.mountPath) }),
    );
  });
  const variables = mapsAt(fields, "env").flatMap((variable) => {
    const key = mapAt(mapAt(variable, "valueFrom"), "secretKeyRef");
    return key.name === undefined
      ? []
      : [of(String(key.name), [String(key.key)], { variable: String(variable.name) })];
  });
  const all = mapsAt(fields, "envFrom").flatMap(({ prefix = "", secretRef }) => {
    const { name: secret } = mapAt({ secretRef: secretRef ?? null }, "secretRef");
    return secret === undefined ? [] : [of(String(secret), undefined, { variable: `${prefix}*` })];
  });
  return [...files, ...variables, ...all];
}

/** The capabilities that a container is given. */
export function capabilitiesOf(
  { name, fields }: Container,
  { grants }: PodAccessOptions,
): readonly CapabilityAccess[] {
  return textsAt(mapAt(mapAt(fields, "securityContext"), "capabilities"), "add").map((capability) => {
    const granted = grants.capabilities.filter(
      (one) => name === agentContainer && one.capability === capability,
    );
    return {
      what: `capability ${capability}${inside(name)}`,
      components: granted.length > 0 ? granted.flatMap(({ components }) => components) : ofChartValues,
      capability,
      container: name,
    };
  });
}

/** The user and the image of a container, and what it is allowed beyond the least that every container is. */
export function containerOf(
  { name, fields, first }: Container,
  { spec }: PodTemplate,
  options: PodAccessOptions,
): ContainerAccess {
  const ofPod = mapAt(spec, "securityContext");
  const context = mapAt(fields, "securityContext");
  const { type = mapAt(ofPod, "seccompProfile").type } = mapAt(context, "seccompProfile");
  const drop = textsAt(mapAt(context, "capabilities"), "drop");
  const beyond = [
    context.privileged === true && "is privileged",
    context.privileged !== true && context.allowPrivilegeEscalation !== false && "may gain privileges",
    context.readOnlyRootFilesystem !== true && "may write to its root file system",
    type !== "RuntimeDefault" && type !== "Localhost" && "has all system calls",
    !drop.includes("ALL") && "keeps the capabilities of its runtime",
    (context.seLinuxOptions ?? ofPod.seLinuxOptions) !== undefined && "has SELinux options of its own",
    name === agentContainer && fields.command !== undefined && "runs another command",
    givesUser(name, options) && context.runAsUser !== undefined && `runs as user ${context.runAsUser}`,
  ].filter((words) => words !== false);
  const own = [agentContainer, reloaderContainer].includes(name);
  return {
    name,
    first,
    image: String(fields.image),
    user: userOf(name, { ...ofPod, ...context }),
    beyond: beyond.map((words) => ({ what: `container ${name} ${words}`, components: ofChartValues })),
    components:
      own && !givesImage(name, options.chartValues)
        ? options.images
          ? [options.nameOf(["images"])]
          : []
        : ofChartValues,
  };
}

function givesUser(name: string, { chartValues }: PodAccessOptions): boolean {
  const section = name === agentContainer ? "alloy" : name === reloaderContainer ? "configReloader" : "";
  return hasValue(chartValues, [section, "securityContext", "runAsUser"]);
}

/** The user of a container. Alloy's image has root. */
function userOf(name: string, { runAsUser, runAsNonRoot }: JsonMap): string {
  if (runAsUser === undefined && name !== agentContainer) {
    return runAsNonRoot === true ? "its image's, if that isn't root" : "its image's";
  }
  return runAsUser === undefined || runAsUser === 0 ? "root" : `${runAsUser}`;
}

/** Names the container in a message; Alloy's own goes without saying. */
export function inside(container: string): string {
  return container === agentContainer ? "" : ` in container ${container}`;
}
