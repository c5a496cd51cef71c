import type { Settings } from "../settings";
import type { SecretSource } from "./secret-source";

/** Where Secrets come from. */
export function toSecretSources(settings: Settings["secrets"]): readonly SecretSource[] {
  return Object.entries(settings).map(([name, source]) => {
    const { refresh } = source;
    if (source.from === "external-secrets") {
      const { from, store, store_kind: storeKind, key } = source;
      return { name, from, store, storeKind, key, refresh };
    }
    const { from, mount, path, type: engine, auth } = source;
    return { name, from, mount, path, engine, refresh, ...(auth !== undefined && { auth }) };
  });
}
