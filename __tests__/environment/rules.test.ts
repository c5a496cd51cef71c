import { diagnosticsOf, least } from "./reading";

const remote = [...least, "remote:", "  endpoint: https://otlp.example.com"];

describe("settings together", () => {
  test("nothing is sent anywhere", () => {
    const message =
      "local.endpoint: is missing, as is every other URL, so that nothing is sent; write it, or remote.endpoint";
    expect(diagnosticsOf("# comment", "container_runtime: crio")).toEqual([`x.yaml:2:1: ${message}`]);
    expect(diagnosticsOf("container_runtime: crio", "local:", '  endpoint: ""')).toEqual([
      `x.yaml:3:3: ${message}`,
    ]);
    expect(diagnosticsOf("container_runtime: crio", "remote:", "  secret: a")).toEqual([
      `x.yaml:1:1: ${message}`,
    ]);
    expect(diagnosticsOf(...least)).toEqual([]);
    expect(
      diagnosticsOf(
        "container_runtime: crio",
        "local:",
        "  logsEndpoint: http://loki.example.com/otlp/v1/logs",
      ),
    ).toEqual([]);
  });

  test("a remote without a Secret", () => {
    expect(diagnosticsOf(...remote, "  scope: a")).toEqual([
      "x.yaml:4:1: remote.secret: is missing; write the name of the Secret with the remote's credentials",
    ]);
    expect(diagnosticsOf(...remote, "  scope: a", "  secret:")).toEqual([
      "x.yaml:7:3: remote.secret: is missing; write the name of the Secret with the remote's credentials",
    ]);
    expect(diagnosticsOf(...remote, "  scope: a", "  secret: b")).toEqual([]);
  });

  test.each(["metrics", "logs"])("remote.%sEndpoint alone makes a remote", (signal) => {
    const url = `https://otlp.example.com/otlp/v1/${signal}`;
    expect(diagnosticsOf(...least, "remote:", `  ${signal}Endpoint: ${url}`, "  auth_type: mtls")).toEqual([
      "x.yaml:4:1: remote.secret: is missing; write the name of the Secret with the remote's credentials",
    ]);
  });

  test("OAuth2 without a scope", () => {
    const message = "remote.scope: is missing, and OAuth2 asks for it; write the scope, or auth_type: mtls";
    expect(diagnosticsOf(...remote, "  secret: a")).toEqual([`x.yaml:4:1: ${message}`]);
    expect(diagnosticsOf(...remote, "  secret: a", "  auth_type: oauth", '  scope: ""')).toEqual([
      `x.yaml:8:3: ${message}`,
    ]);
    expect(diagnosticsOf(...remote, "  secret: a", "  scope: b")).toEqual([]);
    expect(diagnosticsOf(...remote, "  secret: a", "  auth_type: mtls")).toEqual([]);
  });

  test("a token URL for mTLS", () => {
    const mtls = [...remote, "  secret: a", "  token_url: https://login.example.com/token", "  scope: b"];
    expect(diagnosticsOf(...mtls, "  auth_type: mtls")).toEqual([
      "x.yaml:7:3: remote.token_url: has no effect with mtls; remove it, or write auth_type: oauth",
    ]);
    expect(diagnosticsOf(...mtls, "  auth_type: oauth")).toEqual([]);
  });

  test("what a remote needs may stand there without one", () => {
    expect(diagnosticsOf(...least, "remote:", "  secret: a", "  scope: b", "  label: c")).toEqual([]);
    expect(diagnosticsOf(...least, "remote:", "  auth_type: oauth")).toEqual([]);
  });

  test("ethtool statistics of no interface", () => {
    expect(diagnosticsOf(...least, "ethtool:", "  metrics_include: rx")).toEqual([
      "x.yaml:5:3: ethtool.metrics_include: has no effect without ethtool.device_include; write that too, or remove this",
    ]);
    expect(diagnosticsOf(...least, "ethtool:", "  metrics_include: rx", "  device_include: ens")).toEqual([]);
  });

  test("the API's ports for a policy that there isn't", () => {
    const ports = "api_server_ports: [8443]";
    expect(diagnosticsOf(...least, "host_network: true", ports)).toEqual([
      "x.yaml:5:1: api_server_ports: has no effect with host_network; remove this",
    ]);
    expect(diagnosticsOf(...least, "network_policy: false", ports)).toEqual([
      "x.yaml:5:1: api_server_ports: has no effect with network_policy: false; remove this",
    ]);
    expect(diagnosticsOf(...least, "network_policy: true", ports)).toEqual([]);
  });

  test("a socket that cAdvisor can't find: CRI-O's by another name, or in no folder", () => {
    const at = (runtime: string, socket: string) =>
      diagnosticsOf(
        `container_runtime: ${runtime}`,
        "local: {endpoint: 'http://a'}",
        `runtime: {socket: ${socket}}`,
      );
    const message =
      "x.yaml:3:11: runtime.socket: is no crio.sock in a folder, which is what cAdvisor looks for; write such a path, as CRI-O's own setting too";
    expect(at("crio", "/run/crio/other.sock")).toEqual([message]);
    expect(at("crio", "/crio.sock")).toEqual([message]);
    expect(at("crio", "/run/other/crio.sock")).toEqual([]);
    expect(at("containerd", "/run/crio/other.sock")).toEqual([]);
    expect(at("docker", "/docker.sock")).toEqual([]);
  });

  test("a setting that there is no more", () => {
    expect(diagnosticsOf(...least, "runtime: {data: /var/lib/containerd}")).toEqual([
      "x.yaml:4:11: runtime.data: is read by nothing any more; remove it",
    ]);
  });

  test.each([
    ["a Secret of the wrong type", "  secret: [a]", "  scope: b"],
    ["a misspelt Secret", "  secert: a", "  scope: b"],
    ["a scope of the wrong type", "  secret: a", "  scope: 1"],
    ["an unknown auth_type", "  secret: a", "  auth_type: none"],
  ])("%s is one mistake", (_, ...lines) => {
    expect(diagnosticsOf(...remote, ...lines)).toHaveLength(1);
  });

  test("every mistake is reported at once", () => {
    const bad = ["container_runtim: crio", "local:", "  endpont: x", "remote:", "  label: 1"];
    expect(diagnosticsOf(...bad, "  endpoint: http://otlp.example.com", "host_network: on")).toEqual([
      "x.yaml:1:1: container_runtim: is no setting; write container_runtime",
      "x.yaml:3:3: local.endpont: is no setting; write endpoint",
      "x.yaml:4:1: remote.scope: is missing, and OAuth2 asks for it; write the scope, or auth_type: mtls",
      "x.yaml:4:1: remote.secret: is missing; write the name of the Secret with the remote's credentials",
      "x.yaml:5:3: remote.label: must be a string, is a number; put it in quotes",
      "x.yaml:6:3: remote.endpoint: is plain http, over which credentials could be read; write https://",
      'x.yaml:7:1: host_network: must be true or false, is the string "on"; write true without quotes',
    ]);
  });
});
