import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import { storeOf } from "../../chart/fixtures/in-memory-render";
import { synth } from "../fixtures/synthesized-workload";

/** What the chart renders that is about the UI. */
function rendered(address = "0.0.0.0:12345", ports = "{name: http-metrics, port: 12345, targetPort: 12345}") {
  return `
apiVersion: v1
kind: Service
metadata: {name: alloy}
spec: {ports: [${ports}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: alloy}
spec:
  selector: {matchLabels: {app.kubernetes.io/name: alloy}}
  template:
    spec:
      serviceAccountName: alloy
      containers:
        - name: alloy
          args: [run, --storage.path=/tmp/alloy, "--server.http.listen-addr=${address}", --stability.level=experimental]
          env: []
          ports: [{name: http-metrics, containerPort: 12345}, {name: otlp, containerPort: 4318}]
          readinessProbe: {httpGet: {path: /-/ready, port: 12345}}
          livenessProbe: {httpGet: {path: /, port: 4318}}
          volumeMounts: []
        - name: config-reloader
          args: ["--reload-url=http://localhost:12345/-/reload"]
          volumeMounts: []
      volumes: []
`;
}

function workload(
  props: Parameters<typeof synth>[0] = {},
  manifests = rendered(),
  chartValues: Record<string, unknown> = {},
) {
  const renders = storeOf(manifests, alloyRenderInput({ chartValues }));
  const synthesized = synth({ ...props, chartValues, renders });
  const agent = synthesized.container("alloy");
  const [port] = agent.maps("ports");
  return {
    listens: agent.list("args").find((argument) => String(argument).includes("listen-addr")),
    port: port?.containerPort,
    readiness: agent.fields("readinessProbe", "httpGet").map,
    liveness: agent.fields("livenessProbe", "httpGet").map,
    sidecar: synthesized.container("config-reloader").list("args"),
    service: synthesized.object("Service").fields("spec").list("ports"),
  };
}

describe("probes and hooks of chart values", () => {
  const handlers = (port: number | string) => ({
    livenessProbe: { tcpSocket: { port } },
    lifecycle: { postStart: { httpGet: { path: "/-/ready", port } }, preStop: { tcpSocket: { port } } },
  });
  const given = (port: number | string, props: Parameters<typeof synth>[0]) =>
    synth({ ...props, chartValues: { alloy: handlers(port) } }).container("alloy").map;

  test.each([12_345, "http-metrics"])("find the UI where it is: %s", (port) => {
    expect(given(port, { hostNetwork: true })).toMatchObject({
      livenessProbe: { tcpSocket: { port: 12_345, host: "127.0.0.1" } },
      lifecycle: {
        postStart: { httpGet: { path: "/-/ready", port: 12_345, host: "127.0.0.1" } },
        preStop: { tcpSocket: { port: 12_345, host: "127.0.0.1" } },
      },
    });
    expect(given(port, { uiPort: 12_346 })).toMatchObject(handlers(12_346));
  });

  test("are left alone where they look for something else, or the UI is where the chart has it", () => {
    expect(given(4318, { hostNetwork: true, uiPort: 12_346 })).toMatchObject(handlers(4318));
    expect(given("http-metrics", {})).toMatchObject(handlers("http-metrics"));
  });
});

describe("on the node's network, the UI", () => {
  test("listens on the loopback, where the kubelet probes it, behind a Service for port-forward", () => {
    expect(workload({ hostNetwork: true })).toEqual({
      listens: "--server.http.listen-addr=127.0.0.1:12345",
      port: 12345,
      readiness: { path: "/-/ready", port: 12345, host: "127.0.0.1" },
      liveness: { path: "/", port: 4318 },
      sidecar: ["--reload-url=http://localhost:12345/-/reload", "--listen-address="],
      service: [{ name: "http-metrics", port: 12345, targetPort: 12345 }],
    });
  });

  test("leaves the Service's other ports as they are", () => {
    const otlp = "{name: otlp, port: 4318, targetPort: 4318}";
    const both = rendered("0.0.0.0:12345", `{name: http-metrics, port: 12345, targetPort: 12345}, ${otlp}`);
    expect(workload({ hostNetwork: true, uiPort: 12346 }, both).service).toEqual([
      { name: "http-metrics", port: 12345, targetPort: 12346 },
      { name: "otlp", port: 4318, targetPort: 4318 },
    ]);
  });

  test.each<[string, Parameters<typeof workload>]>([
    ["it is exposed", [{ hostNetwork: true, exposeUi: true }]],
    ["the chart's value says so", [{ hostNetwork: true }, rendered(), { alloy: { listenAddr: "0.0.0.0" } }]],
    [
      "agents make a cluster",
      [{ hostNetwork: true }, rendered(), { alloy: { clustering: { enabled: true } } }],
    ],
  ])("is open where %s", (_, given) => {
    const { listens, readiness, service } = workload(...given);
    expect(listens).toBe("--server.http.listen-addr=0.0.0.0:12345");
    expect(readiness).not.toHaveProperty("host");
    expect(service).toHaveLength(1);
  });

  test("moves to another port, with all that look for it", () => {
    expect(workload({ hostNetwork: true, uiPort: 12346 })).toMatchObject({
      listens: "--server.http.listen-addr=127.0.0.1:12346",
      port: 12346,
      readiness: { port: 12346, host: "127.0.0.1" },
      liveness: { path: "/", port: 4318 },
      sidecar: ["--reload-url=http://localhost:12346/-/reload", "--listen-address="],
      service: [{ name: "http-metrics", port: 12345, targetPort: 12346 }],
    });
  });
});

describe("on a network of its own, the UI", () => {
  test("is where the chart has it", () => {
    expect(workload()).toMatchObject({
      listens: "--server.http.listen-addr=0.0.0.0:12345",
      readiness: { path: "/-/ready", port: 12345 },
      service: [{ name: "http-metrics", port: 12345, targetPort: 12345 }],
    });
    expect(workload().readiness).not.toHaveProperty("host");
  });

  test("moves to another port, behind the same of the Service", () => {
    expect(workload({ uiPort: 12346 }, rendered("[::]:12345"))).toMatchObject({
      listens: "--server.http.listen-addr=[::]:12346",
      service: [{ name: "http-metrics", port: 12345, targetPort: 12346 }],
    });
  });
});

describe("the sidecar", () => {
  test("serves its metrics where it is told", () => {
    expect(workload({ reloaderAddress: "127.0.0.1:18080" }).sidecar).toContain(
      "--listen-address=127.0.0.1:18080",
    );
  });

  test("keeps the arguments that the chart's values give it", () => {
    const own = rendered()
      .replace("http://localhost:12345/-/reload", "http://[::1]:1/")
      .replace('"--reload-url', '"--listen-address=:9", "--reload-url');
    const chartValues = { configReloader: { customArgs: ["--listen-address=:9"] } };
    expect(workload({ hostNetwork: true, uiPort: 1 }, own, chartValues).sidecar).toEqual([
      "--listen-address=:9",
      "--reload-url=http://[::1]:1/",
    ]);
  });
});
