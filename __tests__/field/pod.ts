import { parse } from "yaml";
import type { Manifests } from "../../lib/synthesis";

/** Secrets by name, each the texts of its keys. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A container's files by their folders: a volume is replaced as a whole. */
export type Volumes = ReadonlyMap<string, Readonly<Record<string, string>>>;

interface Source {
  readonly name?: string;
  readonly secretName?: string;
  readonly items?: readonly { readonly key: string; readonly path: string }[];
}

interface Volume {
  readonly name: string;
  readonly secret?: Source;
  readonly configMap?: Source;
  readonly projected?: {
    readonly sources: readonly { readonly secret?: Source; readonly configMap?: Source }[];
  };
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly fieldRef?: { readonly fieldPath: string };
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
  };
}

interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: readonly Variable[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

/** The agent's container as the kubelet would start it, of the manifests of an environment. */
export class AgentContainer {
  private readonly container: Container;
  private readonly volumes: ReadonlyMap<string, Volume>;
  private readonly configMaps: Secrets;

  constructor(manifests: Manifests) {
    const objects = [...manifests.values()].map((text) => parse(text));
    const { spec } = objects.find(({ kind }) => kind === "DaemonSet").spec.template;
    this.container = spec.containers.find(({ name }: Container) => name === "alloy");
    this.volumes = new Map(spec.volumes.map((volume: Volume) => [volume.name, volume]));
    this.configMaps = Object.fromEntries(
      objects.filter(({ kind }) => kind === "ConfigMap").map(({ metadata, data }) => [metadata.name, data]),
    );
  }

  /** What follows `alloy`. */
  get args(): readonly string[] {
    return this.container.args;
  }

  /** Every key of a Secret that it reads, by name of the Secret. */
  get secretKeys(): ReadonlyMap<string, ReadonlySet<string>> {
    const keys = new Map<string, Set<string>>();
    const add = (name: string, key: string) => keys.set(name, (keys.get(name) ?? new Set()).add(key));
    for (const { valueFrom } of this.container.env ?? []) {
      if (valueFrom?.secretKeyRef !== undefined) add(valueFrom.secretKeyRef.name, valueFrom.secretKeyRef.key);
    }
    for (const { secret, projected } of this.volumes.values()) {
      for (const source of [secret, ...(projected?.sources ?? []).map((one) => one.secret)]) {
        for (const { key } of source?.items ?? []) add(source?.name ?? source?.secretName ?? "", key);
      }
    }
    return keys;
  }

  /** The environment's variables; one whose Secret is missing is not set. */
  variables(secrets: Secrets): Readonly<Record<string, string>> {
    return Object.fromEntries(
      (this.container.env ?? []).flatMap(({ name, value, valueFrom }) => {
        const ref = valueFrom?.secretKeyRef;
        const field = valueFrom?.fieldRef?.fieldPath === "metadata.name" ? "alloy-x7k2p" : "node";
        const text = ref === undefined ? (value ?? field) : secrets[ref.name]?.[ref.key];
        return text === undefined ? [] : [[name, text]];
      }),
    );
  }

  /** The files of ConfigMaps and Secrets, by where they are mounted; what is missing is left out, as where it's optional. */
  files(secrets: Secrets): Volumes {
    return new Map(
      this.container.volumeMounts.flatMap(({ name, mountPath }) => {
        const volume = this.volumes.get(name);
        const sources = volume?.projected?.sources ?? (volume?.secret || volume?.configMap ? [volume] : []);
        if (sources.length === 0 || mountPath.endsWith("serviceaccount")) return [];
        const files = sources.flatMap(({ secret, configMap }) => [
          ...filesOf(configMap, this.configMaps),
          ...filesOf(secret, secrets),
        ]);
        return [[mountPath, Object.fromEntries(files)]];
      }),
    );
  }
}

function filesOf(source: Source | undefined, objects: Secrets): readonly (readonly [string, string])[] {
  const data = objects[source?.name ?? source?.secretName ?? ""] ?? {};
  const items = source?.items ?? Object.keys(data).map((key) => ({ key, path: key }));
  return items.flatMap(({ key, path }) => {
    const text = data[key];
    return text === undefined ? [] : [[path, text] as const];
  });
}
