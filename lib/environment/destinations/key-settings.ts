import type * as z from "zod/mini";
import { defaulted, section } from "../setting";
import { secretKey } from "../setting-types";

/** The keys that a Secret has where nothing else is set, by what they hold. */
export const defaultKeys = {
  /** Those of today's Secrets. */
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

const { oauth2, mtls, bearer, basic } = defaultKeys;

/** The settings that name the keys of a Secret, by the way to authenticate. */
export const keySettings = {
  oauth2: keys({
    client_id: key("the client's id", oauth2.client_id),
    client_secret: key("the client's secret", oauth2.client_secret),
    token_url: key("the URL that gives out tokens, read where token_url is unset", oauth2.token_url),
  }),
  mtls: keys({
    ca: key("the CA of the destination's certificate, read where tls.ca_secret is unset", mtls.ca),
    certificate: key("the client's certificate", mtls.certificate),
    key: key("the certificate's private key", mtls.key),
  }),
  bearer: keys({ token: key("the token", bearer.token) }),
  basic: keys({
    username: key("the user's name", basic.username),
    password: key("the user's password", basic.password),
  }),
};

function keys<S extends Readonly<Record<string, z.ZodMiniType>>>(shape: S) {
  return section(shape, "What the keys in the Secret are called, where it isn't as usual.");
}

function key(what: string, usual: string) {
  return defaulted(secretKey(), usual, { description: `The key of ${what}.` });
}
