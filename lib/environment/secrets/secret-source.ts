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
      readonly auth?: string;
    }
);
