import { agentContainer, type JsonMap } from "../../chart";
import { mapAt, mapsAt, type PodTemplate, textsAt } from "../pod/pod-security-levels";
import {
  type CapabilityAccess,
  type Container,
  inside,
  ofChartValues,
  type PathAccess,
  type PodAccessOptions,
  type SecretAccess,
} from "./access";

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
