import type { SecretSource } from "../../environment/secrets/secret-source";

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
  readonly apiVersion: "external-secrets.io/v1";
  readonly kind: "ExternalSecret";
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
  readonly apiVersion: "secrets.hashicorp.com/v1beta1";
  readonly kind: "VaultStaticSecret";
  readonly spec: {
    readonly vaultAuthRef?: string;
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
export function externalSecret(source: From<"external-secrets">, keys: readonly string[]): ExternalSecret {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
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
export function vaultStaticSecret(source: From<"vault">, keys: readonly string[]): VaultStaticSecret {
  return {
    apiVersion: "secrets.hashicorp.com/v1beta1",
    kind: "VaultStaticSecret",
    spec: {
      ...(source.auth === undefined ? {} : { vaultAuthRef: source.auth }),
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
