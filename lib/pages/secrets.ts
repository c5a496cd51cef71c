import type { Environment, SecretSource } from "../environment";
import type { PodAccess } from "../workload/access/access";
import { agentContainer } from "../workload/names";
import { code, listed, table } from "./markdown";
import { sorted } from "./sorted";

/** The Secrets that containers read, with their keys. */
export function secretTable({ secrets }: PodAccess): string {
  const rows = secrets.map(({ secret, keys, container, as, components }) => [
    code(secret),
    keys === undefined ? "all" : listed(keys.map(code)),
    `${"files" in as ? `files below ${code(as.files)}` : `variable ${code(as.variable)}`}${
      container === agentContainer ? "" : ` of ${code(container)}`
    }`,
    sorted(components),
  ]);
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
