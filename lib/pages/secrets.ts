import type { Environment, SecretSource } from "../environment";
import type { PodGrants } from "../workload/grants/pod-grants";
import { code, listed, table } from "./markdown";
import { sorted } from "./sorted";

/** The Secrets that components read, with their keys. */
export function secretTable({ secrets }: PodGrants): string {
  const rows = secrets.flatMap(({ secret, keys, mounts, components }) =>
    mounts.map(({ mountPath }) => [
      code(secret),
      listed(keys.map(code)),
      `files below ${code(mountPath)}`,
      sorted(components),
    ]),
  );
  return rows.length === 0 ? "None." : table(["Secret", "Keys", "Read as", "Needed by"], rows);
}

/** Where the Secrets come from; nothing if there are none. */
export function secretSources({ secrets }: Environment): readonly string[] {
  return secrets.map((source) => `The Secret ${code(source.name)} comes from ${sourceWords(source)}.`);
}

function sourceWords(source: SecretSource): string {
  const often = `read again every ${code(source.refresh)}`;
  if (source.from === "external-secrets") {
    return `${code(source.key)} of the ${source.storeKind} ${code(source.store)}, by the External Secrets Operator, ${often}`;
  }
  const login = source.auth === undefined ? "" : `, which logs in by the VaultAuth ${code(source.auth)}`;
  return `${code(source.path)} of the engine ${code(source.mount)} (${source.engine}) in Vault, by the Vault Secrets Operator${login}, ${often}`;
}
