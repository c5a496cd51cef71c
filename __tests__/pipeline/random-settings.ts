import fc from "fast-check";
import type { Settings } from "./pipeline-of";

/** Any text that stands for something to someone: never blank, as an empty setting is one that is not set. */
export const anyText = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((text) => text.trim() !== "" && !/\p{Surrogate}/u.test(text));

const dnsLabel = fc.stringMatching(/^[a-z]([a-z0-9]{0,10}(-[a-z0-9]{1,5})?)$/);
const host = fc.tuple(dnsLabel, dnsLabel).map(([a, b]) => `${a}.${b}.example.com`);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const urls = (scheme: string) =>
  host.chain((name) =>
    fc.record(
      {
        endpoint: fc.constant(`${scheme}://${name}/otlp`),
        metricsEndpoint: fc.constant(`${scheme}://${name}/otlp/v1/metrics`),
        logsEndpoint: fc.constant(`${scheme}://${name}/otlp/v1/logs`),
      },
      { requiredKeys: [] },
    ),
  );

const authentication = fc.oneof(
  fc.record({ secret: dnsLabel, auth_type: fc.constant("mtls") }),
  fc.record({
    secret: dnsLabel,
    scope: anyText,
    token_url: optional(host.map((name) => `https://${name}/token`)),
  }),
);

/** The settings of any environment file that has no mistake. */
export const randomSettings: fc.Arbitrary<Settings> = fc
  .record({
    container_runtime: fc.constantFrom("docker", "crio", "containerd"),
    host_network: fc.boolean(),
    scrape: fc.record({ https: fc.constantFrom(true, false, "true", "false") }),
    aistore: optional(
      fc.uniqueArray(fc.record({ namespace: dnsLabel, name: dnsLabel }), {
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
    local: urls("http"),
    remote: fc
      .tuple(urls("https"), authentication, optional(anyText))
      .map(([destination, auth, label]) => ({ ...destination, ...auth, label })),
  })
  .filter(({ local, remote }) => hasUrl(local) || hasUrl(remote));

function hasUrl(destination: object): boolean {
  return Object.keys(destination).some((name) => name.toLowerCase().endsWith("endpoint"));
}
