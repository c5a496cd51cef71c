import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadEnvironments } from "../../lib/environment";
import { namesIn } from "../../lib/environment/settings";

const folder = join(__dirname, "../../environments");
const environments = loadEnvironments(folder);

/** The keys of everything that is set, those of a list's items as if they stood in the list. */
function keysOf(value: unknown, parent = ""): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => keysOf(item, parent));
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value)
    .filter(([, entry]) => entry !== null)
    .flatMap(([name, entry]) => [`${parent}${name}`, ...keysOf(entry, `${parent}${name}.`)]);
}

describe("the committed environments", () => {
  test.each([
    ["ais-qa", "containerd", true],
    ["default", "containerd", false],
    ["dev-docker", "docker", false],
    ["neb-fin", "containerd", false],
    ["oci-iad", "crio", true],
    ["oci-nrt", "crio", true],
    ["oci-ord", "crio", true],
    ["sjc112", "containerd", false],
  ])("%s runs on %s, host network %s", (name, containerRuntime, hostNetwork) => {
    expect(environments.find((environment) => environment.name === name)).toMatchObject({
      containerRuntime,
      hostNetwork,
    });
  });

  test("are the eight", () => {
    expect(environments).toHaveLength(8);
  });

  test("have default as it is known", () => {
    const [{ source: _, ...environment } = { source: undefined }] = loadEnvironments(folder, ["default"]);
    expect(environment).toEqual({
      name: "default",
      containerRuntime: "containerd",
      runtimePaths: {},
      hostNetwork: false,
      cluster: "default-cluster",
      scrape: { https: true },
      aistore: [{ namespace: "ais", name: "ais" }],
      ethtool: { deviceInclude: "^ens.*" },
      ui: { expose: false },
      livedebugging: false,
      maxUnavailable: "10%",
      resources: {
        requests: { cpu: "100m", memory: "256Mi" },
        limits: { cpu: "2", memory: "1Gi" },
      },
      destinations: [
        {
          name: "local",
          endpoint:
            "http://prometheus-kube-prometheus-prometheus.monitoring.svc.cluster.local:9090/api/v1/otlp",
          logsEndpoint: "http://loki-gateway.monitoring.svc.cluster.local/otlp/v1/logs",
          auth: { type: "none" },
        },
      ],
      chartValues: {},
    });
  });

  test("use every setting between them, but for another version of the chart and other images", () => {
    const used = new Set(
      environments.flatMap(({ name }) => keysOf(parse(readFileSync(join(folder, `${name}.yaml`), "utf8")))),
    );
    const all = namesIn()
      .filter((section) => section !== "chart_version" && section !== "images")
      .flatMap((section) => [section, ...namesIn(section).map((name) => `${section}.${name}`)]);
    expect(all).toContain("aistore.namespace");
    expect(all.filter((key) => !used.has(key))).toEqual([]);
  });

  test("use both ways to authenticate, and a quoted boolean", () => {
    const types = environments.flatMap(({ destinations }) => destinations.map(({ auth }) => auth.type));
    expect(new Set(types)).toEqual(new Set(["none", "oauth2", "mtls"]));
    expect(readFileSync(join(folder, "oci-iad.yaml"), "utf8")).toContain('https: "true"');
  });
});
