import * as z from "zod/mini";
import { fitsGo } from "../../alloy";
import {
  isRecord,
  meantDuration,
  type SecretSource,
  storeKinds,
  vaultEngines,
  wrongWord,
} from "../../schema";
import {
  defaulted,
  mistakes,
  objectName,
  oneOf,
  optional,
  required,
  text,
  worded,
} from "../schema/setting-types";
import type { Settings } from "./settings";

const refreshPattern = /^[1-9]\d*[smh]$/;

const refresh = defaulted(
  worded(
    z
      .string({
        error: ({ input }) => (typeof input === "number" ? refreshMistakes(String(input))[0] : undefined),
      })
      .check(mistakes(refreshMistakes), z.meta({ pattern: refreshPattern.source })),
    "number of `s`, `m` or `h`",
  ),
  "1h",
  { description: "How often the Secret is read again.", example: "15m" },
);

function refreshMistakes(time: string): readonly string[] {
  if (!refreshPattern.test(time)) {
    return [`is no time; write ${meantDuration(time) ?? "a whole number and s, m or h, such as 15m"}`];
  }
  return fitsGo(time) ? [] : ["is more than 292 years; write less"];
}

function vaultPath() {
  // Vault refuses requests whose path can't be printed, unless `disable_printable_check` is set (read).
  const error =
    "is no path in Vault; write it without blanks and other unseen characters, and without / at its ends";
  return worded(
    text("is missing; write the path in Vault").check(
      z.regex(/^[^\s\p{C}/]([^\s\p{C}]*[^\s\p{C}/])?$/u, { error }),
    ),
    "path",
  );
}

const externalSecret = z.strictObject({
  from: required(z.literal("external-secrets"), {
    description: "external-secrets: the External Secrets Operator, by an ExternalSecret.",
  }),
  store: required(objectName("is missing; write the name of the SecretStore or ClusterSecretStore"), {
    description: "The store that has it.",
    example: "vault",
  }),
  store_kind: defaulted(oneOf(storeKinds), "SecretStore", {
    description: "What the store is. A SecretStore is in the agent's namespace.",
  }),
  key: required(text("is missing; write what the store has it under"), {
    description: "What the store has it under. Each key of the Secret is a property of it.",
    example: "observability/alloy-remote",
  }),
  refresh,
});

const vaultStaticSecret = z.strictObject({
  from: required(z.literal("vault"), {
    description: "vault: the Vault Secrets Operator, by a VaultStaticSecret.",
  }),
  mount: required(vaultPath(), {
    description: "Where the key-value engine is mounted.",
    example: "kv",
  }),
  path: required(vaultPath(), {
    description: "Where the engine has it. Each key of the Secret is a field there.",
    example: "observability/alloy-remote",
  }),
  type: defaulted(oneOf(vaultEngines), "kv-v2", {
    description: "The version of the key-value engine.",
  }),
  auth: optional(
    worded(
      z.string().check(
        z.regex(/^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\/)?[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, {
          error: "is no name of a VaultAuth; write its name, or namespace/name",
        }),
      ),
      "name, or namespace/name",
    ),
    {
      description: "The VaultAuth by which the operator logs in: a name, or namespace/name.",
      unset: "the operator's own default",
      example: "alloy",
    },
  ),
  refresh,
});

const origins = ["external-secrets", "vault"] as const;

/** Where Secrets come from, by their names. */
export const secrets = defaulted(
  worded(
    z.record(
      objectName(),
      z.discriminatedUnion("from", [externalSecret, vaultStaticSecret], {
        error: ({ code, input }) =>
          code === "invalid_union" && isRecord(input) ? wrongWord(input.from, origins) : undefined,
      }),
    ),
    "map by name",
  ),
  {},
  {
    description: "Where Secrets that are read here come from. One that isn't named is made by hand.",
  },
);

/** Where Secrets come from. */
export function toSecretSources(settings: Settings["secrets"]): readonly SecretSource[] {
  return Object.entries(settings).map(([name, source]) => {
    const { refresh } = source;
    if (source.from === "external-secrets") {
      const { from, store, store_kind: storeKind, key } = source;
      return { name, from, store, storeKind, key, refresh };
    }
    const { from, mount, path, type: engine, auth } = source;
    return { name, from, mount, path, engine, refresh, auth };
  });
}
