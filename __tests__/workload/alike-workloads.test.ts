import { App, Chart } from "cdk8s";
import { parseManifests } from "../../lib/chart/render/manifest";
import { alloyRenderInput } from "../../lib/chart/values/chart-values";
import { formatKey } from "../../lib/schema";
import { AlloyWorkload, PropErrors } from "../../lib/workload";
import type { AlloyWorkloadProps, NameOf } from "../../lib/workload/props/props";
import { daemonSet, storeOf } from "../chart/fixtures/in-memory-render";
import { manifestsOf } from "./fixtures/manifests-of";
import { oauth2, of, tailing } from "./fixtures/requirements";
import { leastProps } from "./fixtures/synthesized-workload";

// What is found of one workload is used for others with the same props: nothing of one may get into another.

const rendered = daemonSet
  .replace("name: alloy\n", "name: alloy\n          image: grafana/alloy:v1.18.1\n")
  .replace("name: config-reloader\n", "name: config-reloader\n          image: example/reloader:v1\n");
const renders = storeOf(rendered);
const otherChart = { ...alloyRenderInput().chart, version: "1.0.0" };
for (const [options, text] of [
  [{ configMapName: "other" }, rendered.replace("alloy-config", "other")],
  [{ configMapKey: "other" }, rendered.replace("--watched-dir=/etc/alloy", "--watched-dir=/etc/other")],
  [{ chart: otherChart }, rendered.replace("HOSTNAME", "OTHER")],
] as const) {
  renders.hold(alloyRenderInput(options), parseManifests(text, "test"));
}

const listens = of("otelcol.receiver.otlp.in", { kind: "port", port: 4317, protocol: "TCP" });

const base: AlloyWorkloadProps = {
  ...leastProps,
  requirements: [...tailing, ...oauth2],
  renders,
  chartValues: {},
  images: { registry: "one.example.com", pullSecrets: [] },
  nameOf: formatKey,
};

/** Another value of each prop. */
const others: { readonly [Prop in keyof Required<AlloyWorkloadProps>]: AlloyWorkloadProps[Prop] } = {
  requirements: [...tailing, ...oauth2, ...listens],
  namespace: "other",
  createNamespace: false,
  hostNetwork: true,
  storagePath: "/var/lib/other",
  ephemeralStorage: true,
  images: { registry: "other.example.com", pullSecrets: [] },
  exposeUi: true,
  uiPort: 12346,
  reloaderAddress: "127.0.0.1:8080",
  maxUnavailable: 3,
  resources: { requests: { cpu: "1m" } },
  networkPolicy: false,
  apiServerPorts: [6444],
  podSecurity: "baseline",
  secrets: [{ from: "vault", name: "remote", mount: "kv", path: "alloy", engine: "kv-v2", refresh: "1h" }],
  chartValues: { extraObjects: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "other" } }] },
  chart: otherChart,
  configMapName: "other",
  configMapKey: "other",
  renders: storeOf(rendered.replace('kept: "yes"', 'kept: "no"')),
  nameOf: (path) => `my ${formatKey(path)}`,
};

/** Names props as `nameOf` does, and is asked for by no workload that was built before. */
const fresh =
  (nameOf: NameOf = formatKey): NameOf =>
  (path) =>
    nameOf(path);

function workloadOf(props: AlloyWorkloadProps) {
  const chart = new Chart(new App(), "chart");
  return { chart, workload: new AlloyWorkload(chart, "workload", props) };
}

/** All that a workload says, and writes. */
function saidOf(props: AlloyWorkloadProps): unknown {
  try {
    const { chart, workload } = workloadOf(props);
    const { access, apiGrants, grants, network, podSecurity } = workload;
    return { access, apiGrants, grants, network, podSecurity, objects: manifestsOf(chart) };
  } catch (error) {
    if (error instanceof PropErrors) return error.mistakes;
    throw error;
  }
}

test.each(Object.entries(others))(
  "another %s makes another workload, and none of one built before",
  (prop, value) => {
    const props = { ...base, [prop]: value };
    const { nameOf } = props;
    const before = saidOf(base);
    expect(before).toHaveProperty("objects");
    const said = saidOf(props);
    expect(said).not.toEqual(before);
    expect(said).toEqual(saidOf({ ...props, nameOf: fresh(nameOf) }));
    expect(saidOf(base)).toEqual(before);
  },
);

test("what is changed of one is not changed of the next", () => {
  const before = saidOf(base);
  const { workload } = workloadOf(base);
  const agent = workload.render.daemonSet();
  agent.useHostNetwork();
  agent.container("alloy").addDefaults({ securityContext: { privileged: true } });
  agent.object.metadata.addAnnotation("changed", "yes");
  expect(saidOf(base)).toEqual(before);
});

test("what is found of a pod serves all that differ in where they connect to, which their policies say", () => {
  const to = (port: number) =>
    of("prometheus.remote_write.remote", {
      kind: "connection",
      to: { type: "host", host: "192.0.2.1", port },
    });
  const [one, other] = [443, 8443].map((port) => {
    return workloadOf({ ...base, requirements: [...base.requirements, ...to(port)] }).workload;
  });
  expect(other?.access).toBe(one?.access);
  expect(one?.network?.egress.map(({ what }) => what)).toContain("TCP 443");
  expect(other?.network?.egress.map(({ what }) => what)).toContain("TCP 8443");
});

test("mistakes are told of each that has them", () => {
  const props = { ...base, podSecurity: "restricted" } as const;
  expect(saidOf(props)).toEqual([expect.objectContaining({ path: ["podSecurity"] })]);
  expect(saidOf(props)).toEqual(saidOf({ ...props, nameOf: fresh() }));
});

test("a number that JSON doesn't have is not taken for none", () => {
  expect(() => saidOf({ ...base, chartValues: { alloy: { extraPorts: null } } })).not.toThrow();
  expect(() => saidOf({ ...base, chartValues: { alloy: { extraPorts: Number.NaN } } })).toThrow(TypeError);
});
