import { urlNames } from "../../lib/environment";
import { formatKey, type SettingKey } from "../../lib/schema";
import type { Draft } from "./draft";
import { printed } from "./value";

/** Whether a key is of a destination's URL. */
export function isUrl([section, name]: SettingKey): boolean {
  return (section === "local" || section === "remote") && urlNames.some((one) => one === name);
}

/** Where receivers take OTLP: the paths to which OTLP adds those of its signals. */
const bases = ["/api/v1/otlp", "/otlp", "/opentelemetry", "/insert/opentelemetry", "/v1/otlp", ""];

/** A URL that may be meant, and what is said of it. */
interface Candidate {
  readonly url: string;
  readonly how: string;
}

/**
 * Corrects a URL at which nothing takes OTLP, as today's agent would send there in vain. None is quoted: it may hold a
 * password.
 *
 * @param message what is wrong with it
 * @param wrong tells the settings that have a mistake
 * @returns whether it is right now
 */
export function correctUrl(
  draft: Draft,
  key: SettingKey,
  message: string,
  wrong: () => readonly string[],
): boolean {
  const value = draft.at(key);
  if (value === undefined) return false;
  const url = printed(value.content);
  const isRight = () => !wrong().includes(formatKey(key));
  for (const candidate of candidates(url, String(key[1]), message)) {
    draft.set(key, value, candidate.url);
    if (isRight()) {
      draft.tell(value, key, `is written ${candidate.how}; synth would say: ${message}`);
      return true;
    }
  }
  if (splitBase(draft, key, url, message) && isRight()) return true;
  draft.set(key, value, url);
  const anyPath = [...key.slice(0, -1), "any_path"];
  draft.set(anyPath, { place: value.place, content: true });
  if (isRight()) {
    draft.tell(
      value,
      key,
      `is written as it is, with any_path: true, since it may be right; synth would say: ${message}`,
    );
    return true;
  }
  draft.remove(anyPath);
  return false;
}

/** URLs that may be meant, the likeliest first. */
function candidates(url: string, name: string, message: string): readonly Candidate[] {
  const bare = url.replace(/\/+$/, "");
  const signal = { metricsEndpoint: "metrics", logsEndpoint: "logs" }[name];
  const how = (end: string) => `with ${end} at its end`;
  const origin = /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0];
  // Of a known receiver the path is known; of another one only what OTLP says of all.
  const known = message.startsWith("is that of ") && origin !== undefined ? bases : [];
  const withoutScheme = /^[\w.-]+(:\d+)?(\/|$)/.test(url) && !url.includes("://");
  const all = [
    { url: bare, how: "without the slash at its end" },
    ...(withoutScheme ? [{ url: `http://${bare}`, how: "with http:// before it" }] : []),
    ...(signal === undefined
      ? [
          {
            url: bare.replace(/\/v1(\/(metrics|logs|traces))?$/, ""),
            how: "without the path that OTLP adds",
          },
          ...known.map((base) => ({
            url: `${origin}${base}`,
            how: base === "" ? "without a path" : how(base),
          })),
        ]
      : [
          { url: bare.replace(/\/v1\/(metrics|logs|traces)$/, `/v1/${signal}`), how: how(`/v1/${signal}`) },
          { url: `${bare}/v1/${signal}`, how: how(`/v1/${signal}`) },
          ...["/loki/api/v1/push", "/api/v1/write", "/api/v1/push"].flatMap((end) =>
            bare.endsWith(end)
              ? ["/otlp", "/api/v1/otlp"].map((base) => ({
                  url: `${bare.slice(0, -end.length)}${base}/v1/${signal}`,
                  how: how(`${base}/v1/${signal}`),
                }))
              : [],
          ),
          ...known.map((base) => ({
            url: `${origin}${base}/v1/${signal}`,
            how: how(`${base}/v1/${signal}`),
          })),
        ]),
  ];
  return all.filter((one) => one.url !== url);
}

/** The base URL of a receiver that takes one signal alone, as the URL of that signal: the other was refused there. */
function splitBase(draft: Draft, key: SettingKey, url: string, message: string): boolean {
  const [section = "", name] = key;
  const [, lost] = /takes no (metrics|logs)\b/.exec(message) ?? [];
  const value = draft.at(key);
  if (name !== "endpoint" || lost === undefined || value === undefined) return false;
  const taken = lost === "logs" ? "metrics" : "logs";
  const own = [section, `${taken}Endpoint`];
  draft.remove(key);
  if (draft.at(own) === undefined) draft.set(own, value, `${url.replace(/\/+$/, "")}/v1/${taken}`);
  draft.tell(
    value,
    key,
    `is written as ${taken}Endpoint, and no ${lost} are sent there: today they are refused. Write ${section}.${lost}Endpoint to send them elsewhere; synth would say: ${message}`,
  );
  return true;
}
