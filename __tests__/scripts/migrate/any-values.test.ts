import fc from "fast-check";
import { stringify } from "yaml";
import { AlloyAgent } from "../../../lib/alloy-agent";
import { readEnvironment } from "../../../lib/environment";
import { synthesize } from "../../../lib/synthesis";
import { migrated } from "./today";

/** Some of the values of a section, each one of those that are given for it. */
function some(values: Readonly<Record<string, readonly unknown[]>>): fc.Arbitrary<unknown> {
  const entries = Object.entries(values).map(([name, each]) => [name, fc.constantFrom(...each)] as const);
  return fc.record(Object.fromEntries(entries), { requiredKeys: [] });
}

/** Most of them right, so that most environments are written. */
const often = <T>(value: T) => Array.from({ length: 15 }, () => value);

const urls = [
  ...often("https://collector.example.com"),
  null,
  "http://collector.monitoring.svc:4318",
  "https://otlp.example.com",
  "http://prometheus.monitoring.svc:9090/api/v1/otlp",
  "http://loki.monitoring.svc:3100/otlp/v1/logs",
  "http://loki.monitoring.svc:3100",
  "http://me:secret@a.svc",
  "a b",
  7,
];
const destination = { endpoint: urls, metricsEndpoint: urls, logsEndpoint: urls };
const odd = [null, "", "x y", 12, true, [], {}];

const resources = some({
  requests: [{ cpu: 1 }, { memory: "300Mi" }, { cpu: "x" }, {}],
  limits: [{ memory: "2Gi" }, { memory: "1Mi" }, { cpu: "500m", memory: 1073741824 }, null],
});

/** Values such as operators have, right and wrong. */
const values = fc.record(
  {
    scrape: some({ https: [true, "true", "yes", ...odd], http: odd }),
    ethtool: some({ device_include: ["^ens.*", "(", "^e\\d", ...odd], metrics_include: ["rx", ...odd] }),
    local: some(destination),
    remote: some({
      ...destination,
      label: [...often("lab"), "no", ...odd],
      secret: [...often("telemetry"), "Not A Name", ...odd],
      scope: [...often("api://a"), ...odd],
      auth_type: ["mtls", "oauth", ...odd],
    }),
    alloy: fc.record(
      {
        listenPort: fc.constantFrom(12345, 12346, ...odd),
        stabilityLevel: fc.constantFrom("experimental", ...odd),
        storagePath: fc.constantFrom("/tmp/alloy", ...odd),
        resources,
        extraEnv: fc.constantFrom(
          [{ name: "A", value: "b" }],
          [{ name: "HOSTNAME", value: "b" }],
          [7],
          ...odd,
        ),
        extraArgs: fc.constantFrom(["--disable-reporting"], ["--bogus"], ...odd),
        mounts: some({
          varlog: [true, false, ...odd],
          extra: [[{ name: "proc", mountPath: "/proc" }], [{ name: "own", mountPath: "/own" }], ...odd],
        }),
        securityContext: fc.constantFrom(
          { capabilities: { add: ["NET_ADMIN"] } },
          { privileged: true },
          ...odd,
        ),
      },
      { requiredKeys: [] },
    ),
    controller: some({
      type: ["daemonset", "deployment", ...odd],
      hostNetwork: [true, false, ...odd],
      tolerations: [[], [{ operator: "Exists" }], [{ operator: "Never" }], ...odd],
      priorityClassName: ["high", ...odd],
      updateStrategy: [{ type: "OnDelete" }, { rollingUpdate: { maxUnavailable: 2 } }, ...odd],
      volumes: [
        { extra: [{ name: "proc", hostPath: { path: "/proc" } }] },
        { extra: [{ name: "own", emptyDir: {} }] },
        ...odd,
      ],
      podLabels: [{ team: "storage" }, { "a b": "c" }, ...odd],
    }),
    image: some({
      tag: ["v1.18.1", "v1.9.0", "latest", ...odd],
      registry: ["mirror.example.com", ...odd],
      digest: odd,
    }),
    service: some({ type: ["NodePort", ...odd], annotations: [{ a: "b" }, ...odd] }),
    unknown: fc.constantFrom(...odd),
  },
  { requiredKeys: [] },
);

const states = fc.record({
  runtime: fc.constantFrom(...often("crio"), "docker", "containerd", "cri-o"),
  network: fc.constantFrom("true", "false", '"true"'),
});

test("whatever values there are, what is written synthesizes, or it is said what is missing", () => {
  let written = 0;
  fc.assert(
    fc.property(values, states, (content, { runtime, network }) => {
      const state = [`container_runtime: ${runtime}`, `host_network: ${network}`];
      const { text, problems, told } = migrated(stringify(content, { version: "1.1" }).split("\n"), state);
      expect(JSON.stringify([problems, told])).not.toContain("secret@");
      if (text === undefined) {
        expect(problems).not.toEqual([]);
        return;
      }
      written++;
      expect(problems).toEqual([]);
      const { environment, diagnostics: wrong } = readEnvironment("lab", "lab.yaml", text);
      expect(wrong).toEqual([]);
      const environments = environment === undefined ? [] : [environment];
      expect(synthesize(environments, (app, one) => new AlloyAgent(app, one)).size).toBe(1);
    }),
    { numRuns: 60 },
  );
  // Some third of them is: that none is doesn't happen by chance.
  expect(written).toBeGreaterThan(0);
}, 180_000);
