// Where the agent has things from that are made elsewhere: images of containers, and Secrets.

/** One image of a repository, by tag, by digest or by both: then the digest decides, and the tag is for people. */
export interface ImageVersion {
  readonly tag?: string | undefined;
  /** Such as `sha256:0123…`. */
  readonly digest?: string | undefined;
}

const tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const digest = "sha256:[0-9a-f]{64}";

/** What stands behind an image's name: a tag, a digest, or both with `@` between them. */
export const imageVersionPattern = new RegExp(`^(?:${tag}|${digest}|${tag}@${digest})$`);

/** @param text fits {@link imageVersionPattern} */
export function imageVersion(text: string): ImageVersion {
  const at = text.search(/sha256:/);
  if (at === -1) return { tag: text };
  const [name, hash] = [text.slice(0, at).replace("@", ""), text.slice(at)];
  return name === "" ? { digest: hash } : { tag: name, digest: hash };
}

/** A host that is told from a path by a dot, a port or its name, and the path below which images are. */
export const registryAddress =
  /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9.-]+(?=:))(?::\d{1,5})?(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;

/** Which container images are run, and where they come from. */
export interface ContainerImages {
  /** Takes the place of every image's own registry; it may have a path. @default - their own */
  readonly registry?: string | undefined;
  /** Secrets of the agent's namespace with credentials for registries. */
  readonly pullSecrets: readonly string[];
  /** Of Alloy. @default - the chart's */
  readonly agent?: ImageVersion | undefined;
  /** Of the sidecar that reloads Alloy. @default - the chart's */
  readonly reloader?: ImageVersion | undefined;
}

/** Which kind of store an ExternalSecret reads. */
export const storeKinds = ["SecretStore", "ClusterSecretStore"] as const;

/** The versions of Vault's key-value engine. */
export const vaultEngines = ["kv-v1", "kv-v2"] as const;

/** Where a Secret of the agent's namespace comes from. No value is part of it. */
export type SecretSource = {
  /** The Secret's name. */
  readonly name: string;
  /** How often it is read again: a whole number with `s`, `m` or `h`. */
  readonly refresh: string;
} & (
  | {
      /** The External Secrets Operator. */
      readonly from: "external-secrets";
      readonly store: string;
      readonly storeKind: (typeof storeKinds)[number];
      /** What the store has it under; each key of the Secret is a property of it. */
      readonly key: string;
    }
  | {
      /** The Vault Secrets Operator. */
      readonly from: "vault";
      /** Where the key-value engine is mounted. */
      readonly mount: string;
      /** Below the mount; each key of the Secret is a field of it. */
      readonly path: string;
      readonly engine: (typeof vaultEngines)[number];
      /** The VaultAuth, in the agent's namespace or as `namespace/name`. @default - the operator's own */
      readonly auth?: string | undefined;
    }
);
