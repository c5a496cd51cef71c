/** What a URL is for. */
export interface UrlUse {
  /** `base`: OTLP adds a signal's path to it. `metrics`, `logs`: the full URL of a signal. `token`: OAuth2. */
  readonly role: "base" | "metrics" | "logs" | "token";
  /** Credentials go over it. */
  readonly credentials: boolean;
  /** The setting by which credentials come from a Secret. @default - there is none */
  readonly secret?: string;
}

/**
 * Paths of other protocols, by what they end in.
 *
 * Sources: the HTTP APIs of Loki, Prometheus and Mimir.
 */
const foreignPaths: readonly (readonly [end: string, protocol: string, otlp: string])[] = [
  ["/loki/api/v1/push", "Loki's own protocol", "/otlp"],
  ["/api/prom/push", "an older protocol of Loki and Cortex", "/otlp"],
  ["/api/v1/write", "Prometheus remote write", "/api/v1/otlp"],
  ["/api/v1/push", "Prometheus remote write", "/otlp"],
];

const signalPaths = { metrics: "/v1/metrics", logs: "/v1/logs", traces: "/v1/traces" } as const;

/**
 * Every mistake of a URL, each as what is wrong and what to write. None quotes the URL: an operator may have
 * put a password or a token anywhere in it.
 */
export function urlMistakes(text: string, use: UrlUse): string[] {
  // Before anything is parsed, and more than RFC 3986 allows: a misspelt URL may hold a password too.
  if (/^([a-z][a-z\d+.-]*:)?[/\\]*[^/\\?#]*@/i.test(text)) {
    const instead = use.secret === undefined ? "" : `, and name a Secret by ${use.secret}`;
    return [`holds credentials, which the ConfigMap would show; write the URL without them${instead}`];
  }
  const url = parse(text);
  if (url === undefined) {
    return [
      use.credentials
        ? "must be an absolute https:// URL; write it in full, such as https://otlp.example.com"
        : "must be an absolute http:// or https:// URL; write it in full, such as http://otlp.example.com:4318",
    ];
  }
  const mistakes: string[] = [];
  if (use.credentials && url.protocol === "http:") {
    mistakes.push("is plain http, over which credentials could be read; write https://");
  }
  if (text.includes("#")) {
    mistakes.push("has a fragment, which is never sent; write the URL without # and what follows");
  }
  return use.role === "token" ? mistakes : [...mistakes, ...otlpMistakes(url, use.role)];
}

function* otlpMistakes(url: URL, role: "base" | "metrics" | "logs"): Generator<string> {
  if (url.port === "4317") {
    yield "has port 4317, which is OTLP over gRPC; write the port of OTLP over HTTP, usually 4318";
  }
  if (role === "base" && url.search !== "") {
    yield "has a query, to which no path can be added; write metricsEndpoint and logsEndpoint, which may have one";
  }
  const path = url.pathname.replace(/\/+$/, "");
  const foreign = foreignPaths.find(([end]) => path.endsWith(end));
  if (foreign) {
    const [end, protocol, otlp] = foreign;
    const instead = role === "base" ? otlp : `${otlp}${signalPaths[role]}`;
    yield `ends in ${end}, which takes ${protocol}; write the URL for OTLP, which ends in ${instead}`;
  }
  const signal = (["metrics", "logs", "traces"] as const).find((name) => path.endsWith(signalPaths[name]));
  if (signal === undefined || signal === role) {
    return;
  }
  if (role !== "base") {
    yield `ends in ${signalPaths[signal]}, where ${signal} go; write the URL for ${role}, which ends in ${signalPaths[role]}`;
  } else if (signal === "traces") {
    yield "ends in /v1/traces, which no signal here uses; write the base URL, without it";
  } else {
    yield `ends in ${signalPaths[signal]}, which OTLP adds; write the base URL, without it, or use ${signal}Endpoint`;
  }
}

/** Stricter than WHATWG, which mends what Go's parser, and so Alloy, refuses. */
function parse(text: string): URL | undefined {
  const malformed = !/^https?:\/\/[^/]/.test(text) || /[^\x21-\x7e]|[\\"<>^`{|}]|%(?![\da-f]{2})/i.test(text);
  if (malformed || !URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  return /^([\w.-]+|\[[\da-f:.]+\])$/i.test(url.hostname) ? url : undefined;
}
