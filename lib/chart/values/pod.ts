import type { k8s } from "cdk8s-plus-28";
import { isRecord, type SettingKey } from "../../schema";
import { type Known, podFieldOf } from "./container";
import { absolutePath, ipAddress, keyName, labelName, objectName, pathBelow, quantity } from "./names";
import { type Item, itemsOf } from "./ports";
import { anyText, fields, flag, list, mapOf, some, type Tell, text, whole, word } from "./shape";

// What stands in a pod beside its containers: volumes, and names of hosts. Names and sources as in container.ts.

const mode = whole(0, 0o777);

const file = fields(
  "a key and its file",
  { key: keyName, path: pathBelow, mode } satisfies Known<k8s.KeyToPath>,
  { needs: ["key", "path"] },
);

const podFile = fields(
  "a file of the pod's fields",
  { path: pathBelow, fieldRef: podFieldOf, mode } satisfies Known<k8s.DownwardApiVolumeFile>,
  { needs: ["path", "fieldRef"] },
);

const named = { name: objectName, items: list(file, "path"), optional: flag };

/** A file of a volume: the name that it has there, and where that is said. */
type Path = readonly [path: unknown, key: SettingKey];

/** The files that a source of a projection names. */
function pathsOf({ key, map }: Item): readonly Path[] {
  return Object.entries(map).flatMap(([kind, source]): readonly Path[] => {
    if (!isRecord(source)) return [];
    if (kind === "serviceAccountToken") return [[source.path, [...key, kind, "path"]]];
    return itemsOf(source.items, [...key, kind, "items"]).map((item) => [
      item.map.path,
      [...item.key, "path"],
    ]);
  });
}

/** Of two files of one name the API server refuses the volume, or has one hide the other. */
function tellDoubled(paths: readonly Path[], tell: Tell): void {
  const seen = new Set<unknown>();
  for (const [path, key] of paths) {
    if (seen.has(path)) tell(key, `is there twice: ${path}; write another`);
    seen.add(path);
  }
}

const projection = fields(
  "a source of files",
  {
    configMap: fields("a ConfigMap", named, { needs: ["name"] }),
    secret: fields("a Secret", named, { needs: ["name"] }),
    downwardAPI: fields("the pod's fields", { items: list(podFile, "path") }),
    serviceAccountToken: fields(
      "a token",
      { audience: anyText, expirationSeconds: whole(600, 2 ** 32), path: pathBelow },
      { needs: ["path"] },
    ),
  },
  { oneOf: ["configMap", "secret", "downwardAPI", "serviceAccountToken"] },
);

const sources = {
  configMap: fields(
    "a ConfigMap",
    { ...named, defaultMode: mode } satisfies Known<k8s.ConfigMapVolumeSource>,
    {
      needs: ["name"],
    },
  ),
  secret: fields(
    "a Secret",
    {
      secretName: objectName,
      items: list(file, "path"),
      optional: flag,
      defaultMode: mode,
    } satisfies Known<k8s.SecretVolumeSource>,
    { needs: ["secretName"] },
  ),
  emptyDir: fields("an empty folder", {
    medium: word("", "Memory"),
    sizeLimit: quantity,
  } satisfies Known<k8s.EmptyDirVolumeSource>),
  hostPath: fields(
    "a path of the node",
    {
      path: absolutePath,
      type: word(
        "",
        "BlockDevice",
        "CharDevice",
        "Directory",
        "DirectoryOrCreate",
        "File",
        "FileOrCreate",
        "Socket",
      ),
    } satisfies Known<k8s.HostPathVolumeSource>,
    { needs: ["path"] },
  ),
  projected: fields(
    "a projection",
    { sources: some(projection), defaultMode: mode } satisfies Known<k8s.ProjectedVolumeSource>,
    {
      needs: ["sources"],
      together: ({ sources }, key, tell) => {
        const places = itemsOf(sources, [...key, "sources"]).flatMap((source) => pathsOf(source));
        tellDoubled(places, tell);
      },
    },
  ),
  downwardAPI: fields("the pod's fields", {
    items: list(podFile, "path"),
    defaultMode: mode,
  } satisfies Known<k8s.DownwardApiVolumeSource>),
  persistentVolumeClaim: fields(
    "a claim",
    { claimName: objectName, readOnly: flag } satisfies Known<k8s.PersistentVolumeClaimVolumeSource>,
    { needs: ["claimName"] },
  ),
  nfs: fields(
    "an NFS share",
    { server: text(), path: absolutePath, readOnly: flag } satisfies Known<k8s.NfsVolumeSource>,
    { needs: ["server", "path"] },
  ),
  csi: fields(
    "a volume of a driver",
    {
      driver: objectName,
      fsType: anyText,
      readOnly: flag,
      volumeAttributes: mapOf(anyText, anyText),
      nodePublishSecretRef: fields("a Secret", { name: objectName }, { needs: ["name"] }),
    } satisfies Known<k8s.CsiVolumeSource>,
    { needs: ["driver"] },
  ),
};

const sourceNames = [
  "configMap",
  "secret",
  "emptyDir",
  "hostPath",
  "projected",
  "downwardAPI",
  "persistentVolumeClaim",
  "nfs",
  "csi",
] as const;

/** Volumes of the pod. */
export const volumes = list(
  fields("a volume", { name: labelName, ...sources }, { needs: ["name"], oneOf: sourceNames }),
  "name",
);

/** Names of hosts that the pod knows by itself. */
export const hostAliases = list(
  fields("a host's alias", { ip: ipAddress, hostnames: list(objectName) } satisfies Known<k8s.HostAlias>, {
    needs: ["ip"],
  }),
  "ip",
);
