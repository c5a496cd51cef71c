import { Construct } from "constructs";
import { nearest, type RequirementOf } from "../../alloy";
import { secretPlaceholdersName } from "../../chart";
import { alternatives, type SecretSource, sortedSet } from "../../schema";
import { type SecretGrant, secretVolumes } from "../grants/pod-grants";
import type { AlloyWorkloadProps, PropMistake } from "../props/props";
import { manifest } from "./manifest";

/** The ConfigMap with an empty text for each file of a Secret; none where no Secret is read. */
export class SecretPlaceholders extends Construct {
  constructor(scope: Construct, id: string, namespace: string, secrets: readonly SecretGrant[]) {
    super(scope, id);
    const files = sortedSet(secrets.flatMap(({ keys }) => keys));
    if (files.length === 0) return;
    manifest(this, "config-map", "ConfigMap", {
      metadata: { name: secretPlaceholdersName, namespace },
      data: Object.fromEntries(files.map((file) => [file, ""])),
    });
  }
}

/** The keys of each Secret that components read; all of it sorted. */
export function keysRead(requirements: readonly RequirementOf[]): ReadonlyMap<string, readonly string[]> {
  return new Map(secretVolumes(requirements).map(({ secret, keys }) => [secret, keys]));
}

type From<F extends SecretSource["from"]> = Extract<SecretSource, { readonly from: F }>;

/**
 * What the API server would fill in by the operator's CustomResourceDefinition. In a list it has to be said: a list is
 * compared as a whole, and one with more in it differs from what is applied, for ever.
 */
const remoteDefaults = {
  conversionStrategy: "Default",
  decodingStrategy: "None",
  metadataPolicy: "None",
} as const;

/** What the External Secrets Operator takes. Source: its API `external-secrets.io/v1`. */
export interface ExternalSecret {
  readonly spec: {
    readonly refreshInterval: string;
    readonly secretStoreRef: { readonly name: string; readonly kind: string };
    readonly target: { readonly name: string };
    readonly data: readonly {
      readonly secretKey: string;
      readonly remoteRef: { readonly key: string; readonly property: string } & typeof remoteDefaults;
    }[];
  };
}

/** What the Vault Secrets Operator takes. Source: its API `secrets.hashicorp.com/v1beta1`. */
export interface VaultStaticSecret {
  readonly spec: {
    readonly vaultAuthRef?: string | undefined;
    readonly mount: string;
    readonly path: string;
    readonly type: string;
    readonly refreshAfter: string;
    readonly destination: {
      readonly name: string;
      readonly create: true;
      readonly transformation: { readonly excludeRaw: true; readonly includes: readonly string[] };
    };
  };
}

/** The ExternalSecret that makes a Secret with some keys, each of which the store has as a property. */
function externalSecret(source: From<"external-secrets">, keys: readonly string[]): ExternalSecret {
  return {
    spec: {
      refreshInterval: source.refresh,
      secretStoreRef: { name: source.store, kind: source.storeKind },
      target: { name: source.name },
      data: keys.map((key) => ({
        secretKey: key,
        remoteRef: { key: source.key, property: key, ...remoteDefaults },
      })),
    },
  };
}

/** The VaultStaticSecret that makes a Secret with some keys, each of which Vault has as a field. */
function vaultStaticSecret(source: From<"vault">, keys: readonly string[]): VaultStaticSecret {
  return {
    spec: {
      vaultAuthRef: source.auth,
      mount: source.mount,
      path: source.path,
      type: source.engine,
      refreshAfter: source.refresh,
      destination: {
        name: source.name,
        create: true,
        // Fields by regexps, without the copy of everything that the operator adds else.
        transformation: { excludeRaw: true, includes: keys.map(exactly) },
      },
    },
  };
}

/** A regexp that matches a key alone. Of what a key may hold, a dot is all that has a meaning in one. */
function exactly(key: string): string {
  return `^${key.replaceAll(".", "\\.")}$`;
}

/** What a {@link SecretSources} takes. */
export interface SecretSourcesProps {
  /** The agent's. */
  readonly namespace: string;
  /** Of Secrets that components read. */
  readonly sources: readonly SecretSource[];
  /** The Secrets that components read, with the keys that they do. */
  readonly read: readonly SecretGrant[];
}

/** Objects by which operators in the cluster make Secrets, with the keys that components read and no others. */
export class SecretSources extends Construct {
  constructor(scope: Construct, id: string, { namespace, sources, read }: SecretSourcesProps) {
    super(scope, id);
    for (const source of sources) {
      const { keys = [] } = read.find(({ secret }) => secret === source.name) ?? {};
      const { name } = source;
      const metadata = { name, namespace };
      if (source.from === "vault") {
        manifest(this, `secret-${name}`, "VaultStaticSecret", {
          metadata,
          ...vaultStaticSecret(source, keys),
        });
      } else {
        manifest(this, `secret-${name}`, "ExternalSecret", { metadata, ...externalSecret(source, keys) });
      }
    }
  }
}

/** Secrets that come from somewhere though nothing reads them: their names may be misspelt. */
export function unreadSecrets({
  secrets = [],
  requirements,
}: Pick<AlloyWorkloadProps, "secrets" | "requirements">): readonly PropMistake[] {
  const read = [...keysRead(requirements).keys()];
  return secrets
    .filter(({ name }) => !read.includes(name))
    .map(({ name }) => ({
      path: ["secrets", name],
      message: `is read by nothing; ${instead(name, read)}`,
      restsOn: ["requirements"],
    }));
}

function instead(name: string, read: readonly string[]): string {
  const meant = nearest(name, read) ?? alternatives(read);
  return meant === "" ? "remove it, as no Secret is read" : `write ${meant}, or remove it`;
}
