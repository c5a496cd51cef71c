import * as z from "zod/mini";
import { fitsGo } from "../../alloy/duration";
import { isRecord, wrongWord } from "../kind";
import { objectName, type SettingHelp, text } from "../setting-types";
import { storeKinds, vaultEngines } from "./secret-source";

const refresh = z.exactOptional(
  z.string().check(
    z.regex(/^[1-9]\d*[smh]$/, {
      error: "is no time; write a whole number and s, m or h, such as 15m",
    }),
    z.refine(fitsGo, { error: "is more than 292 years; write less" }),
    z.meta({ description: "How often the Secret is read again. Unset: 1h.", examples: ["15m"] }),
  ),
);

function vaultPath(help: SettingHelp) {
  const error = "is no path in Vault; write it without blanks, and without / at its ends";
  return text(help, "is missing; write the path in Vault").check(
    z.regex(/^[^\s/]([^\s]*[^\s/])?$/, { error }),
  );
}

const externalSecret = z.strictObject({
  from: z
    .literal("external-secrets")
    .check(z.describe("external-secrets: the External Secrets Operator, by an ExternalSecret.")),
  store: objectName(
    { description: "The store that has it.", examples: ["vault"] },
    "is missing; write the name of the SecretStore or ClusterSecretStore",
  ),
  store_kind: z.exactOptional(
    z.enum(storeKinds).check(z.describe("What the store is. Unset: SecretStore, in the agent's namespace.")),
  ),
  key: text(
    {
      description: "What the store has it under. Each key of the Secret is a property of it.",
      examples: ["observability/alloy-remote"],
    },
    "is missing; write what the store has it under",
  ),
  refresh,
});

const vaultStaticSecret = z.strictObject({
  from: z.literal("vault").check(z.describe("vault: the Vault Secrets Operator, by a VaultStaticSecret.")),
  mount: vaultPath({ description: "Where the key-value engine is mounted.", examples: ["kv"] }),
  path: vaultPath({
    description: "Where the engine has it. Each key of the Secret is a field there.",
    examples: ["observability/alloy-remote"],
  }),
  type: z.exactOptional(
    z.enum(vaultEngines).check(z.describe("The version of the key-value engine. Unset: kv-v2.")),
  ),
  auth: z.exactOptional(
    z.string().check(
      z.regex(/^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\/)?[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, {
        error: "is no name of a VaultAuth; write its name, or namespace/name",
      }),
      z.meta({
        description:
          "The VaultAuth by which the operator logs in: a name, or namespace/name. Unset: the operator's own default.",
        examples: ["alloy"],
      }),
    ),
  ),
  refresh,
});

const origins = ["external-secrets", "vault"] as const;

/** Where Secrets come from, by their names. */
export const secrets = z
  .exactOptional(
    z.record(
      objectName({ description: "The name of a Secret." }),
      z.discriminatedUnion("from", [externalSecret, vaultStaticSecret], {
        error: ({ code, input }) =>
          code === "invalid_union" && isRecord(input) ? wrongWord(input.from, origins) : undefined,
      }),
    ),
  )
  .check(z.describe("Where Secrets that are read here come from. One that isn't named is made by hand."));
