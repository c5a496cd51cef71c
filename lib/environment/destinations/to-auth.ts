import type { Settings } from "../settings";
import type { DestinationAuth } from "./destination";

type AuthSettings = NonNullable<Settings["destinations"][string]["auth"]>;
type OAuth2Settings = Extract<AuthSettings, { type: "oauth2" }>;

/** How a destination knows the agent. */
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
    ...(tokenUrl !== undefined && { tokenUrl }),
    keys: { clientId, clientSecret, tokenUrl: token_url },
  };
}

/** A header of one's own usually holds the token alone. */
function bearerHeader({ header, scheme }: Extract<AuthSettings, { type: "bearer" }>) {
  const word = scheme === "none" ? "" : scheme;
  const unset = header === undefined || /^authorization$/i.test(header) ? undefined : "";
  const chosen = word ?? unset;
  return { ...(header !== undefined && { header }), ...(chosen !== undefined && { scheme: chosen }) };
}
