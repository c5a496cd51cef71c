import type { HostPeer, Requirement } from "../../../lib/alloy";
import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import { daemonSet, storeOf } from "../../chart/fixtures/in-memory-render";
import { of, tailing } from "../fixtures/requirements";
import { synth } from "../fixtures/synthesized-workload";

type Props = NonNullable<Parameters<typeof synth>[0]>;

const policyOf = (props: Props) => synth(props).object("NetworkPolicy");
const egressOf = (...requirements: readonly Requirement[]) =>
  policyOf({ requirements: of("a", ...requirements) }).fields("spec").map.egress;
const connection = (host: string | undefined, port = 4318): Requirement => {
  const to: HostPeer = { type: "host", ...(host !== undefined && { host }), port };
  return { kind: "connection", to };
};

const inNamespace = (namespace: string, ports: readonly object[] = [{ protocol: "TCP" }]) => ({
  to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } }],
  ports,
});
const dnsPorts = (port: number) => [
  { protocol: "UDP", port },
  { protocol: "TCP", port },
];
const dns = [{ ports: dnsPorts(53) }, inNamespace("openshift-dns", dnsPorts(5353))];
const anywhere = (...ports: readonly number[]) => ({
  ports: ports.map((port) => ({ protocol: "TCP", port })),
});

describe("egress", () => {
  test.each<[string, readonly object[] | undefined]>([
    ["loki.logs.svc.cluster.local", [...dns, inNamespace("logs")]],
    ["loki.logs.svc", [...dns, inNamespace("logs")]],
    ["loki.logs.svc.cluster.local.", [...dns, inNamespace("logs")]],
    ["loki-0.loki.logs.svc.cluster.local", [...dns, inNamespace("logs")]],
    // A Service where the cluster has a domain of its own, or a machine elsewhere.
    ["loki.logs.svc.k8s.example.com", [...dns, anywhere(4318), inNamespace("logs")]],
    // A Service of the agent's namespace.
    ["collector", [...dns, inNamespace("monitoring")]],
    ["collector.", [...dns, inNamespace("monitoring")]],
    // A Service, or a machine elsewhere.
    ["example.com", [...dns, anywhere(4318), inNamespace("com")]],
    ["otlp.example.com", [...dns, anywhere(4318)]],
    // No Service: there is no namespace before it.
    ["svc.example.com", [...dns, anywhere(4318)]],
    ["10.0.0.1", [anywhere(4318)]],
    ["[fd00::1]", [anywhere(4318)]],
    // A container beside the agent's.
    ["localhost", undefined],
  ])("to %s", (host, expected) => {
    expect(egressOf(connection(host))).toEqual(expected);
  });

  test("to a host that is not known yet goes to its port", () => {
    expect(egressOf(connection(undefined, 443))).toEqual([...dns, anywhere(443)]);
  });

  test("to pods goes to whatever port they have", () => {
    const labels = { app: ["ais"], component: ["proxy", "target"] };
    expect(egressOf({ kind: "connection", to: { type: "pods", namespace: "ais", labels } })).toEqual([
      {
        to: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ais" } },
            podSelector: {
              matchLabels: { app: "ais" },
              matchExpressions: [{ key: "component", operator: "In", values: ["proxy", "target"] }],
            },
          },
        ],
        ports: [{ protocol: "TCP" }],
      },
    ]);
    expect(egressOf({ kind: "connection", to: { type: "pods", labels: { a: ["b"] } } })).toEqual([
      {
        to: [{ namespaceSelector: {}, podSelector: { matchLabels: { a: "b" } } }],
        ports: [{ protocol: "TCP" }],
      },
    ]);
  });

  test("to the API is for those who use it, at the ports that the environment names", () => {
    expect(policyOf({ requirements: tailing }).fields("spec").map.egress).toEqual([anywhere(443, 6443)]);
    expect(policyOf({ requirements: tailing, apiServerPorts: [16443] }).fields("spec").map.egress).toEqual([
      anywhere(16443),
    ]);
  });

  test("is none where no component connects", () => {
    expect(policyOf({}).map.spec).toEqual({
      podSelector: {
        matchLabels: { "app.kubernetes.io/name": "alloy", "app.kubernetes.io/instance": "alloy" },
      },
      policyTypes: ["Ingress", "Egress"],
    });
    expect(policyOf({}).map.metadata).toEqual({ name: "alloy", namespace: "monitoring" });
  });

  test("is once to one place, and says who wants it", () => {
    const requirements = [
      ...of("otelcol.exporter.otlphttp.b", connection("b.example.com"), connection("b.example.com")),
      ...of("otelcol.exporter.otlphttp.a", connection("10.0.0.1")),
    ];
    const policy = policyOf({ requirements, exposeUi: true });
    expect(policy.fields("spec").map.egress).toEqual([...dns, anywhere(4318)]);
    expect(policy.fields("metadata", "annotations").map["alloy-config/required-by"]).toBe(
      [
        "from everywhere to TCP 12345: exposeUi",
        "to DNS at port 53: otelcol.exporter.otlphttp.b",
        "to DNS in namespace openshift-dns: otelcol.exporter.otlphttp.b",
        "to TCP 4318: otelcol.exporter.otlphttp.a, otelcol.exporter.otlphttp.b",
      ].join("\n"),
    );
  });
});

describe("ingress", () => {
  const ingressOf = (props: Props) => policyOf(props).fields("spec").map.ingress;

  test("is to the UI only where the environment opens it", () => {
    // The API server drops an empty list.
    expect(ingressOf({})).toBeUndefined();
    expect(ingressOf({ exposeUi: true })).toEqual([{ ports: [{ protocol: "TCP", port: 12345 }] }]);
    expect(ingressOf({ exposeUi: true, uiPort: 12346 })).toEqual([
      { ports: [{ protocol: "TCP", port: 12346 }] },
    ]);
  });

  test.each([
    [{ serviceMonitor: { enabled: true } }, true],
    [{ serviceMonitor: { enabled: false } }, false],
    [{ ingress: { enabled: true } }, true],
    [{ alloy: { clustering: { enabled: true } } }, true],
    [{ service: { annotations: {} } }, false],
  ])("to the UI with the chart values %j: %s", (chartValues, open) => {
    const renders = storeOf(daemonSet, alloyRenderInput({ chartValues }));
    expect(ingressOf({ chartValues, renders })).toEqual(
      open ? [{ ports: [{ protocol: "TCP", port: 12345 }] }] : undefined,
    );
  });

  test("is to every port that chart values add", () => {
    const chartValues = { alloy: { extraPorts: [{ name: "otlp", port: 4318, targetPort: 4318 }] } };
    const rendered = daemonSet.replace("ports: [", "ports: [{name: otlp, containerPort: 4318}, ");
    expect(rendered).not.toBe(daemonSet);
    const renders = storeOf(rendered, alloyRenderInput({ chartValues }));
    expect(ingressOf({ chartValues, renders })).toEqual([{ ports: [{ protocol: "TCP", port: 4318 }] }]);
  });
});

describe("there is no policy", () => {
  const kinds = (props: Props) => synth(props).names.map(([kind]) => kind);

  test.each<[string, Props, boolean]>([
    ["with a network of its own, there is", {}, true],
    ["on the node's network, where it would have no effect", { hostNetwork: true }, false],
    ["where the environment wants none", { networkPolicy: false }, false],
  ])("%s", (_, props, expected) => {
    expect(kinds(props).includes("NetworkPolicy")).toBe(expected);
  });

  test("beside that of chart values", () => {
    const chartValues = { networkPolicy: { enabled: true } };
    const own =
      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: alloy }\nspec: { podSelector: {} }\n";
    const renders = storeOf(`${daemonSet}\n---\n${own}`, alloyRenderInput({ chartValues }));
    const policies = synth({ chartValues, renders }).names.filter(([kind]) => kind === "NetworkPolicy");
    expect(policies).toHaveLength(1);
  });
});
