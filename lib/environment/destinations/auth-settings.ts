import * as z from "zod/mini";
import { isRecord, wrongWord } from "../kind";
import { optional, required, worded } from "../setting";
import { objectName, text, url } from "../setting-types";
import { headerName } from "./header-settings";
import { defaultKeys, keySettings } from "./key-settings";

const secret = required(
  objectName("is missing; write the name of the Secret with the destination's credentials"),
  { description: "The Secret with the credentials, in the agent's namespace.", example: "alloy-archive" },
);

/** Where OAuth2 tokens come from. */
export const tokenUrl = optional(url({ role: "token", credentials: true }), {
  description: "The URL that gives out OAuth2 tokens.",
  unset: `the Secret's key ${defaultKeys.oauth2.token_url}, or as keys.token_url calls it`,
  example: "https://login.example.com/oauth2/v2.0/token",
});

const oauth2 = z.strictObject({
  type: required(z.literal("oauth2"), { description: "oauth2: OAuth2 client credentials." }),
  secret,
  scope: required(text("is missing, and OAuth2 asks for it; write the scope"), {
    description: "The OAuth2 scope to ask for.",
    example: "api://otlp.example.com/.default",
  }),
  token_url: tokenUrl,
  keys: keySettings.oauth2,
});

const mtls = z.strictObject({
  type: required(z.literal("mtls"), { description: "mtls: a client certificate." }),
  secret,
  keys: keySettings.mtls,
});

const bearer = z.strictObject({
  type: required(z.literal("bearer"), { description: "bearer: a token in a header of each request." }),
  secret,
  header: optional(
    worded(
      z.string().check(z.regex(headerName, { error: "is no name of a header; write letters, digits and -" })),
      "name of a header",
    ),
    { description: "The header that carries the token.", unset: "Authorization", example: "X-Api-Key" },
  ),
  scheme: optional(
    worded(
      z.string().check(
        z.regex(/^[A-Za-z][A-Za-z\d-]*$/, {
          error: "is no scheme; write one word, such as Bearer, or none",
        }),
      ),
      "word, or `none`",
    ),
    {
      description: "The word before the token, or none.",
      unset: "Bearer in Authorization, none elsewhere",
      example: "none",
    },
  ),
  keys: keySettings.bearer,
});

const basic = z.strictObject({
  type: required(z.literal("basic"), { description: "basic: a user's name and password." }),
  secret,
  keys: keySettings.basic,
});

const types = ["oauth2", "mtls", "bearer", "basic"] as const;

/** How a destination knows the agent. */
export const auth = optional(
  z.discriminatedUnion("type", [oauth2, mtls, bearer, basic], {
    error: ({ code, input }) =>
      code === "invalid_union" && isRecord(input) ? wrongType(input.type) : undefined,
  }),
  { description: "How the destination knows the agent.", unset: "not at all" },
);

function wrongType(type: unknown): string {
  return type === "none"
    ? "is none, which is what a destination without auth has; remove auth"
    : wrongWord(type, types);
}
