import { defaultKeys, urlNames } from "../../lib/environment";
import type { SettingKey } from "../../lib/schema";
import type { Draft } from "./draft";
import { apply, leftOut, passOver, type Rule, type Rules } from "./rules";
import { printed, type Value, valueIn } from "./value";

// The values of today's own chart, which makes the ConfigMap. Its templates put each text between the quotes of a text
// of Alloy's configuration.

/** The sections of today's own chart. */
export const ownSections = ["scrape", "ethtool", "local", "remote"];

/** Adds what the values of today's own chart say. */
export function translateSettings(values: Value, draft: Draft): void {
  apply(values, rules, unread, draft);
  const isSet = (...key: SettingKey) => draft.at(key) !== undefined;
  const metrics = draft.at(["ethtool", "metrics_include"]);
  if (metrics !== undefined && !isSet("ethtool", "device_include")) {
    draft.remove(["ethtool", "metrics_include"]);
    draft.tell(
      metrics,
      ["ethtool", "metrics_include"],
      "is left out: it has no effect without device_include",
    );
  }
  const urls = urlNames.filter((name) => isSet("remote", name));
  for (const name of ["secret", "scope", "auth_type"]) {
    const value = draft.at(["remote", name]);
    if (value !== undefined && urls.length === 0) {
      draft.remove(["remote", name]);
      draft.tell(value, ["remote", name], "is left out: it has no effect without a URL of the remote");
    }
  }
  const scope = draft.at(["remote", "scope"]);
  if (scope !== undefined && valueIn(draft.root, ["remote", "auth_type"])?.content === "mtls") {
    draft.remove(["remote", "scope"]);
    draft.tell(scope, ["remote", "scope"], "is left out: a client certificate has no scope");
  }
  tellSecret(draft);
}

/** Today's agent reads the Secret over the API, by a right to read every Secret of the cluster. */
function tellSecret(draft: Draft): void {
  const key = ["remote", "secret"];
  const secret = draft.at(key);
  if (secret === undefined) return;
  const isMtls = draft.at(["remote", "auth_type"])?.content === "mtls";
  const keys = Object.values(isMtls ? defaultKeys.mtls : defaultKeys.oauth2).join(", ");
  draft.tell(secret, key, `stays as it is: the agent gets ${keys} as files, and no right to read Secrets`);
}

const unread: Rule = (value, key, draft) => {
  const [section = ""] = key;
  if (passOver(value, key, draft)) return;
  const why = ownSections.includes(String(section))
    ? "nothing reads it today"
    : "it is neither a setting of today's, nor a value of Grafana's chart";
  leftOut(why)(value, key, draft);
};

/** A text between quotes of Alloy's configuration: what its backslashes mean. */
const text: Rule = (value, key, draft) => {
  if (passOver(value, key, draft)) return;
  const inQuotes = printed(value.content);
  const meant = meaningOf(inQuotes);
  draft.set(key, value, meant ?? inQuotes);
  if (typeof value.content !== "string") {
    const other = inQuotes === String(value.content) ? "" : ", as it is sent today";
    draft.tell(value, key, `is written in quotes, ${JSON.stringify(inQuotes)}${other}: it is a text`);
  } else if (meant === undefined) {
    draft.tell(
      value,
      key,
      "is written as it stands: today's agent doesn't start with it, as Alloy knows none of its backslashes",
    );
  } else if (meant !== inQuotes) {
    draft.tell(value, key, "is written with one backslash for two: it stands in no text of Alloy's any more");
  }
};

const rules: Rules = {
  "scrape.https": (value, key, draft) => {
    if (passOver(value, key, draft)) return;
    const isHttps = printed(value.content) === "true";
    const isFalse = printed(value.content) === "false";
    draft.set(key, value, isHttps);
    if (!isHttps && !isFalse) {
      draft.tell(
        value,
        key,
        `is written as false, which today's agent takes it for; write true if that is meant`,
      );
    }
  },
  "ethtool.device_include": text,
  "ethtool.metrics_include": text,
  "local.endpoint": text,
  "local.metricsEndpoint": text,
  "local.logsEndpoint": text,
  "remote.endpoint": text,
  "remote.metricsEndpoint": text,
  "remote.logsEndpoint": text,
  "remote.label": text,
  "remote.scope": text,
  "remote.secret": text,
  "remote.auth_type": (value, key, draft) => {
    if (passOver(value, key, draft)) return;
    const isMtls = printed(value.content) === "mtls";
    if (isMtls) {
      draft.set(key, value, "mtls");
    } else {
      draft.tell(
        value,
        key,
        "is left out: OAuth2 is what the remote has anyway, as whatever is not mtls today",
      );
    }
  },
};

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};

/** What a text between the quotes of Alloy's configuration means: undefined where Alloy refuses it. */
function meaningOf(text: string): string | undefined {
  let isKnown = !/(^|[^\\])(\\\\)*"/.test(text);
  const meant = text.replaceAll(
    /\\(u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|[0-7]{3}|.|$)/gs,
    (_, code: string) => {
      const digits = /^(?:[uUx](.+)|(\d{3}))$/.exec(code);
      if (digits !== null) {
        return String.fromCodePoint(
          Math.min(parseInt(digits[1] ?? digits[2] ?? "", digits[1] ? 16 : 8), 0x10ffff),
        );
      }
      const character = Object.hasOwn(escapes, code) ? escapes[code] : undefined;
      if (character === undefined) isKnown = false;
      return character ?? code;
    },
  );
  return isKnown ? meant : undefined;
}
