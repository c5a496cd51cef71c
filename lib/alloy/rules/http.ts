import type { Facts, Rule } from "../schema/facts";

// The rules of HTTP clients and of TLS, wherever they stand.

export const authenticationRule: Rule = {
  members: ["basic_auth", "authorization", "oauth2", "bearer_token"],
  check: (facts) =>
    facts.atMostOne("basic_auth", "authorization", "oauth2", "bearer_token", "bearer_token_file"),
};

export const basicAuthRule: Rule = {
  of: ["basic_auth"],
  check: (facts) => facts.atMostOne("password", "password_file"),
};

export const authorizationRule: Rule = {
  of: ["authorization"],
  check: (facts) => {
    facts.atMostOne("credentials", "credentials_file");
    if (facts.text("type")?.trim().toLowerCase() === "basic") {
      facts.report("type", "authorization can't be basic; write a block basic_auth");
    }
  },
};

export const oauth2Rule: Rule = {
  of: ["oauth2"],
  members: ["client_id", "client_secret", "client_secret_file", "token_url"],
  check: (facts) => {
    facts.atLeastOne("client_id");
    facts.atLeastOne("token_url");
    facts.exactlyOne("client_secret", "client_secret_file");
  },
};

export const certificatesRule: Rule = {
  members: ["ca_pem", "ca_file", "cert_pem", "cert_file", "key_pem", "key_file"],
  check: checkCertificates,
};

export const proxyRule: Rule = {
  members: ["proxy_url", "no_proxy", "proxy_from_environment"],
  check: checkProxy,
};

/** A URL that is known has to begin with its scheme: without one no request is made. */
export function checkUrl(facts: Facts, name = "url"): void {
  const url = facts.text(name);
  if (url === undefined || url === "" || /^https?:\/\//i.test(url)) return;
  facts.report(
    name,
    `"${url}" has no scheme; write http://${url.replace(/^[a-z]*:?\/\//i, "")}, or https`,
    false,
  );
}

function checkCertificates(facts: Facts): void {
  facts.atMostOne("ca_pem", "ca_file");
  facts.atMostOne("cert_pem", "cert_file");
  facts.atMostOne("key_pem", "key_file");
  const [certificate] = facts.those("cert_pem", "cert_file");
  const [key] = facts.those("key_pem", "key_file");
  if (certificate !== undefined && key === undefined) {
    facts.report(certificate, `${certificate} needs its key; write ${certificate.replace("cert", "key")}`);
  }
  if (key !== undefined && certificate === undefined) {
    facts.report(key, `${key} needs its certificate; write ${key.replace("key", "cert")}`);
  }
}

function checkProxy(facts: Facts): void {
  if (facts.isTrue("proxy_from_environment")) {
    for (const name of facts.those("proxy_url", "no_proxy")) {
      facts.report(name, `${name} can't stand beside proxy_from_environment; remove one`);
    }
    return;
  }
  if (facts.has("proxy_from_environment")) return;
  for (const name of facts.those("no_proxy", "proxy_connect_header")) {
    if (!facts.has("proxy_url")) {
      facts.report(name, `${name} has no effect without proxy_url; write that too`);
    }
  }
}
