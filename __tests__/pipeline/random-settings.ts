import fc from "fast-check";
import type { Settings } from "./pipeline-of";

/** Any text that stands for something to someone: never blank, as an empty setting is one that is not set. */
export const anyText = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((text) => text.trim() !== "" && !/\p{Surrogate}/u.test(text));

/** Any text that a header can hold, and that is no credentials. */
export const headerValue = anyText.filter((text) => !/[^\P{Cc}\t]|^(bearer|basic)\s/iu.test(text));

const dnsLabel = fc.stringMatching(/^[a-z]([a-z0-9]{0,10}(-[a-z0-9]{1,5})?)$/);
/**
 * A host's name. Its first part tells which receiver it is, whose paths are known: one of those that have other paths than
 * `/otlp`, such as `o2`, would make the file one with a mistake. Nothing that begins so, and has no dash, is one of them.
 */
const host = fc
  .tuple(fc.stringMatching(/^host[a-z0-9]{0,10}$/), dnsLabel)
  .map(([first, second]) => `${first}.${second}.example.com`);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const delivery = {
  queue: optional(
    fc.oneof(
      fc.record({
        storage: fc.constantFrom(undefined, "disk", "memory"),
        size: fc.constantFrom(undefined, "16Mi", "1Gi"),
        when_full: fc.constantFrom(undefined, "wait", "drop"),
      }),
      fc.constant({ storage: "none" }),
    ),
  ),
  retry: optional(
    fc.constantFrom(
      { enabled: false },
      { max_elapsed_time: "none" },
      { enabled: true, max_elapsed_time: "1h30m" },
    ),
  ),
};

const urls = (scheme: string) =>
  host
    .chain((name) =>
      fc.record(
        {
          endpoint: fc.constant(`${scheme}://${name}/otlp`),
          metricsEndpoint: fc.constant(`${scheme}://${name}/otlp/v1/metrics`),
          logsEndpoint: fc.constant(`${scheme}://${name}/otlp/v1/logs`),
          ...delivery,
        },
        { requiredKeys: [] },
      ),
    )
    .map(({ queue, ...own }) => ({
      ...own,
      // What becomes of logs is only said where some are sent.
      queue: sendsLogs(own) ? queue : queue && { ...queue, when_full: undefined },
    }));

const authentication = fc.oneof(
  fc.record({ secret: dnsLabel, auth_type: fc.constant("mtls") }),
  fc.record({
    secret: dnsLabel,
    scope: anyText,
    token_url: optional(host.map((name) => `https://${name}/token`)),
  }),
);

const secretKey = fc.stringMatching(/^[a-z][-._a-zA-Z0-9]{0,10}$/);

const namedAuth = fc.oneof(
  fc.record(
    {
      type: fc.constant("oauth2"),
      secret: dnsLabel,
      scope: anyText,
      token_url: host.map((name) => `https://${name}/token`),
      keys: fc.record({ client_id: secretKey, client_secret: secretKey }, { requiredKeys: [] }),
    },
    { requiredKeys: ["type", "secret", "scope"] },
  ),
  fc.record(
    {
      type: fc.constant("bearer"),
      secret: dnsLabel,
      header: fc.constantFrom("Authorization", "X-Api-Key"),
      scheme: fc.constantFrom("none", "Token"),
      keys: fc.record({ token: secretKey }),
    },
    { requiredKeys: ["type", "secret"] },
  ),
  fc.record({ type: fc.constantFrom("mtls", "basic"), secret: dnsLabel }),
);

const transport = {
  tls: fc.record({ ca_secret: dnsLabel, server_name: host }, { requiredKeys: [] }),
  headers: fc.dictionary(fc.constantFrom("X-Scope-OrgID", "X-A", "X-B"), headerValue),
  compression: fc.constantFrom("gzip", "zstd", "zlib", "deflate", "snappy", "none"),
};

const destinations = fc.dictionary(
  dnsLabel.filter((name) => !/^(local|remote|true|false|null)$/.test(name)),
  fc
    .tuple(
      urls("https").filter(hasUrl),
      fc.record(
        { auth: namedAuth, ...transport, log_namespaces: fc.array(dnsLabel, { minLength: 1 }) },
        { requiredKeys: [] },
      ),
    )
    .map(([own, { log_namespaces, ...others }]) => ({
      ...own,
      ...others,
      ...(sendsLogs(own) ? { log_namespaces } : {}),
    })),
  { maxKeys: 3 },
);

const certificate = fc.oneof(
  fc.constantFrom({}, { https: false }, { https: true, insecure: true }),
  fc.record(
    { https: fc.constant(true), ca_secret: dnsLabel, ca_key: secretKey, server_name: host },
    { requiredKeys: ["https", "ca_secret"] },
  ),
);

const aistoreCluster = fc
  .tuple(fc.record({ namespace: dnsLabel, name: dnsLabel }), certificate)
  .map(([names, tls]) => ({ ...names, ...tls }));

const regexp = fc.constantFrom("^(veth|lo).*$", 'a`b"c', "[[:alpha:]]\\d+", "\\Qa.b\\E", "(?i)ens\\d{1,2}");

const interval = fc.constantFrom("10s", "30s", "1m30s", "2m");

const sources = fc.record(
  {
    scrape_interval: interval,
    interface_exclude: regexp,
    node: fc.record(
      { scrape_interval: interval, disk_include: regexp, mount_exclude: regexp, fs_type_exclude: regexp },
      { requiredKeys: [] },
    ),
    cadvisor: fc.record({ scrape_interval: interval }, { requiredKeys: [] }),
    logs: fc.record(
      {
        exclude_namespaces: fc.array(fc.constantFrom("left-out-1", "left-out-2")),
        since: fc.constantFrom("2026-03-31", "2026-03-31T12:00:00Z"),
      },
      { requiredKeys: [] },
    ),
    kube_state_metrics: fc.oneof(
      fc.record(
        {
          scrape_interval: interval,
          namespace: dnsLabel,
          labels: fc.dictionary(fc.constantFrom("app", "a.example.com/b", "X_y"), dnsLabel, { minKeys: 1 }),
          port: fc.constantFrom("http-metrics", 8080, 65535),
        },
        { requiredKeys: [] },
      ),
      fc.constant({ enabled: false }),
    ),
  },
  { requiredKeys: [] },
);

/** The settings of any environment file that has no mistake. */
export const randomSettings: fc.Arbitrary<Settings> = fc
  .record({
    container_runtime: fc.constantFrom("docker", "crio", "containerd"),
    runtime: optional(fc.constant({ socket: "/run/own/crio.sock" })),
    mount_propagation: fc.constantFrom("HostToContainer", "None"),
    host_network: fc.boolean(),
    scrape: fc.record({ https: fc.constantFrom(true, false, "true", "false") }),
    aistore: optional(
      fc.uniqueArray(aistoreCluster, {
        minLength: 1,
        maxLength: 3,
        selector: ({ namespace, name }) => `${namespace}/${name}`,
      }),
    ),
    ethtool: optional(
      fc.constantFrom(
        { device_include: "^ens.*" },
        { device_include: "eth\\d+", metrics_include: "[rt]x_.*" },
      ),
    ),
    sources: optional(sources),
    memory_limiter: fc.boolean(),
    // Whatever waits in memory.
    resources: fc.constant({ limits: { memory: "64Gi" } }),
    local: urls("http"),
    remote: fc
      .tuple(urls("https"), authentication, optional(anyText), fc.record(transport, { requiredKeys: [] }))
      .map(([destination, auth, label, others]) => ({ ...destination, ...auth, label, ...others })),
    destinations,
  })
  .filter(
    ({ local, remote, destinations }) =>
      hasUrl(local) || hasUrl(remote) || Object.keys(destinations).length > 0,
  );

function hasUrl(destination: object): boolean {
  return Object.keys(destination).some((name) => name.toLowerCase().endsWith("endpoint"));
}

function sendsLogs(destination: object): boolean {
  return "endpoint" in destination || "logsEndpoint" in destination;
}
