import * as z from "zod/mini";
import { isRecord, wrongWord } from "../kind";
import { objectName, text, url } from "../setting-types";
import { headerName } from "./header-settings";
import { defaultKeys, keySettings } from "./key-settings";

const secret = objectName(
  {
    description: "The Secret with the credentials, in the agent's namespace.",
    examples: ["alloy-archive"],
  },
  "is missing; write the name of the Secret with the destination's credentials",
);

/** Where OAuth2 tokens come from. */
export const tokenUrl = z.exactOptional(
  url(
    { role: "token", credentials: true },
    {
      description: `The URL that gives out OAuth2 tokens. Unset: the Secret's key ${defaultKeys.oauth2.token_url}.`,
      examples: ["https://login.example.com/oauth2/v2.0/token"],
    },
  ),
);

const oauth2 = z.strictObject({
  type: z.literal("oauth2").check(z.describe("oauth2: OAuth2 client credentials.")),
  secret,
  scope: text(
    { description: "The OAuth2 scope to ask for.", examples: ["api://otlp.example.com/.default"] },
    "is missing, and OAuth2 asks for it; write the scope",
  ),
  token_url: tokenUrl,
  keys: keySettings.oauth2,
});

const mtls = z.strictObject({
  type: z.literal("mtls").check(z.describe("mtls: a client certificate.")),
  secret,
  keys: keySettings.mtls,
});

const bearer = z.strictObject({
  type: z.literal("bearer").check(z.describe("bearer: a token in a header of each request.")),
  secret,
  header: z.exactOptional(
    z.string().check(
      z.regex(headerName, { error: "is no name of a header; write letters, digits and -" }),
      z.meta({
        description: "The header that carries the token. Unset: Authorization.",
        examples: ["X-Api-Key"],
      }),
    ),
  ),
  scheme: z.exactOptional(
    z.string().check(
      z.regex(/^[A-Za-z][A-Za-z\d-]*$/, { error: "is no scheme; write one word, such as Bearer, or none" }),
      z.meta({
        description: "The word before the token, or none. Unset: Bearer in Authorization, none elsewhere.",
        examples: ["none"],
      }),
    ),
  ),
  keys: keySettings.bearer,
});

const basic = z.strictObject({
  type: z.literal("basic").check(z.describe("basic: a user's name and password.")),
  secret,
  keys: keySettings.basic,
});

const types = ["oauth2", "mtls", "bearer", "basic"] as const;

/** How a destination knows the agent. */
export const auth = z
  .exactOptional(
    z.discriminatedUnion("type", [oauth2, mtls, bearer, basic], {
      error: ({ code, input }) =>
        code === "invalid_union" && isRecord(input) ? wrongType(input.type) : undefined,
    }),
  )
  .check(z.describe("How the destination knows the agent. Unset: not at all."));

function wrongType(type: unknown): string {
  return type === "none"
    ? "is none, which is what a destination without auth has; remove auth"
    : wrongWord(type, types);
}
