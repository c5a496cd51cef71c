import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { RequirementOf } from "../../alloy/requirement";
import type { SecretSource } from "../../environment/secrets/secret-source";
import { externalSecret, vaultStaticSecret } from "./custom-resources";
import { keysRead } from "./keys-read";

/** What a {@link SecretSources} takes. */
export interface SecretSourcesProps {
  /** The agent's. */
  readonly namespace: string;
  /** Of Secrets that components read. */
  readonly sources: readonly SecretSource[];
  /** Of all kinds; they say which keys of the Secrets are read. */
  readonly requirements: readonly RequirementOf[];
}

/** What has operators of the cluster make Secrets: with the keys that components read, and no others. */
export class SecretSources extends Construct {
  constructor(scope: Construct, id: string, { namespace, sources, requirements }: SecretSourcesProps) {
    super(scope, id);
    const read = keysRead(requirements);
    for (const source of sources) {
      const keys = read.get(source.name) ?? [];
      const { name } = source;
      new ApiObject(this, name, {
        metadata: { name, namespace },
        ...(source.from === "vault" ? vaultStaticSecret(source, keys) : externalSecret(source, keys)),
      });
    }
  }
}
