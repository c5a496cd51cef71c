import * as z from "zod/mini";
import { carriesCredentials, isRecord, wrongWord } from "../../schema";
import { url } from "../schema/addresses";
import {
  defaulted,
  mistakes,
  objectName,
  optional,
  required,
  secretKey,
  section,
  text,
  worded,
} from "../schema/setting-types";
import type { DestinationAuth } from "./destination";
import type { Settings } from "./settings";

/** What HTTP takes for a header's name: a token of RFC 9110. */
const headerName = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;

/** What the exporter sets itself. */
const ownHeaders = ["content-type", "content-encoding", "content-length", "transfer-encoding", "connection"];

/** What no HTTP header may hold: it would end it. A tab may stand in one. */
const controlCharacter = /[^\P{Cc}\t]/u;

/**
 * Headers by name.
 *
 * @param instead what to write in place of a header with credentials
 */
export function headers(instead: (header: string) => string) {
  const value = z
    .string()
    .check(
      mistakes((text) =>
        controlCharacter.test(text)
          ? ["holds a control character, such as a line end, which would end the header; remove it"]
          : [],
      ),
    );
  return z.record(z.string(), value).check(
    z.check(
      ({ value: given, issues }) => {
        for (const [name, text] of isRecord(given) ? Object.entries(given) : []) {
          const message = mistakeOf(name, String(text), Object.keys(given), instead);
          if (message !== undefined) issues.push({ code: "custom", input: given, path: [name], message });
        }
      },
      // Beside a header whose value is wrong by itself, too.
      { when: () => true },
    ),
  );
}

function mistakeOf(
  name: string,
  text: string,
  names: readonly string[],
  instead: (header: string) => string,
): string | undefined {
  if (!headerName.test(name)) return "is no name of a header; write letters, digits and -";
  if (carriesCredentials(name, text)) {
    return `carries credentials, which the ConfigMap would show; remove it, and ${instead(name)}`;
  }
  if (ownHeaders.includes(name.toLowerCase())) return "is set by the exporter; remove it";
  const first = names.find((other) => other.toLowerCase() === name.toLowerCase());
  return first === name ? undefined : `is the header ${first} again; remove one of the two`;
}

/** The keys that a Secret has where nothing else is set, by what they hold. */
export const defaultKeys = {
  /** Those of the Secrets that clusters have from before this project. */
  oauth2: {
    client_id: "azure_app_client_id",
    client_secret: "azure_app_client_secret",
    token_url: "azure_token_url",
  },
  /** Those of the type `kubernetes.io/tls`, with the CA as cert-manager adds it. */
  mtls: { ca: "ca.crt", certificate: "tls.crt", key: "tls.key" },
  bearer: { token: "token" },
  /** Those of the type `kubernetes.io/basic-auth`. */
  basic: { username: "username", password: "password" },
} as const;

/** The settings that name the keys of a Secret, by the way to authenticate. */
export const keySettings = {
  oauth2: keys({
    client_id: key("the client's id", defaultKeys.oauth2.client_id),
    client_secret: key("the client's secret", defaultKeys.oauth2.client_secret),
    token_url: key(
      "the URL that gives out tokens, read where token_url is unset",
      defaultKeys.oauth2.token_url,
    ),
  }),
  mtls: keys({
    ca: key(
      "the CA of the destination's certificate, read where tls.ca_secret is unset",
      defaultKeys.mtls.ca,
    ),
    certificate: key("the client's certificate", defaultKeys.mtls.certificate),
    key: key("the certificate's private key", defaultKeys.mtls.key),
  }),
  bearer: keys({ token: key("the token", defaultKeys.bearer.token) }),
  basic: keys({
    username: key("the user's name", defaultKeys.basic.username),
    password: key("the user's password", defaultKeys.basic.password),
  }),
};

function keys<S extends Readonly<Record<string, z.ZodMiniType>>>(shape: S) {
  return section(shape, "What the keys in the Secret are called, where it isn't as usual.");
}

function key(what: string, usual: string) {
  return defaulted(secretKey(), usual, { description: `The key of ${what}.` });
}

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

/** How the agent authenticates to a destination. */
export const auth = optional(
  z.discriminatedUnion("type", [oauth2, mtls, bearer, basic], {
    error: ({ code, input }) =>
      code === "invalid_union" && isRecord(input) ? wrongType(input.type) : undefined,
  }),
  { description: "How the agent authenticates to the destination.", unset: "not at all" },
);

function wrongType(type: unknown): string {
  return type === "none"
    ? "is none, which is what a destination without auth has; remove auth"
    : wrongWord(type, types);
}

type AuthSettings = NonNullable<Settings["destinations"][string]["auth"]>;
type OAuth2Settings = Extract<AuthSettings, { type: "oauth2" }>;

/** How the agent authenticates to a destination. */
export function toAuth(settings: AuthSettings): DestinationAuth {
  const { secret } = settings;
  switch (settings.type) {
    case "oauth2":
      return oauth2Auth(settings);
    case "mtls":
      return { type: "mtls", secret, keys: settings.keys };
    case "basic":
      return { type: "basic", secret, keys: settings.keys };
    case "bearer":
      return {
        type: "bearer",
        secret,
        ...bearerHeader(settings),
        keys: settings.keys,
      };
  }
}

/** OAuth2 client credentials. */
export function oauth2Auth(settings: Omit<OAuth2Settings, "type">): DestinationAuth {
  const { secret, scope, token_url: tokenUrl, keys } = settings;
  const { client_id: clientId, client_secret: clientSecret, token_url } = keys;
  return {
    type: "oauth2",
    secret,
    scope,
    tokenUrl,
    keys: { clientId, clientSecret, tokenUrl: token_url },
  };
}

/** A header of one's own usually holds the token alone. */
function bearerHeader({ header, scheme }: Extract<AuthSettings, { type: "bearer" }>) {
  const word = scheme === "none" ? "" : scheme;
  const unset = header === undefined || /^authorization$/i.test(header) ? undefined : "";
  const chosen = word ?? unset;
  return { header, scheme: chosen };
}
