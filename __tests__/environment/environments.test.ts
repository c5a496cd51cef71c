import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadEnvironments } from "../../lib/environment";
import { namesIn } from "../../lib/environment/validate";
import { alone } from "./delivery/deliveries";

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
    .flatMap(([name, entry]) => {
      // What an operator names stands for every name.
      const key = `${parent}${["destinations.", "secrets."].includes(parent) ? "*" : name}`;
      return [key, ...keysOf(entry, `${key}.`)];
    });
}

/** The settings that there are below a key. What the keys of Secrets are called is not among them. */
function settingsBelow(key: readonly string[]): string[] {
  const names = ["destinations", "secrets"].includes(key.join()) ? ["*"] : namesIn(key);
  return names.flatMap((name) => [
    [...key, name].join("."),
    ...(name === "keys" ? [] : settingsBelow([...key, name])),
  ]);
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

  // What it doesn't say is as to-environment.test.ts has it.
  test("have default as it is known", () => {
    const [environment] = loadEnvironments(folder, ["default"]);
    expect(environment).toMatchObject({
      name: "default",
      containerRuntime: "containerd",
      hostNetwork: false,
      cluster: "default-cluster",
      aistore: [{ namespace: "ais", name: "ais", tls: { verified: false } }],
      destinations: [
        {
          name: "local",
          endpoint:
            "http://prometheus-kube-prometheus-prometheus.monitoring.svc.cluster.local:9090/api/v1/otlp",
          logsEndpoint: "http://loki-gateway.monitoring.svc.cluster.local/otlp/v1/logs",
          auth: { type: "none" },
          ...alone,
        },
      ],
      secrets: [],
      notices: [],
      chartValues: {},
    });
  });

  test("use every setting between them, but for another version of the chart and other images", () => {
    const used = new Set(
      environments.flatMap(({ name }) => keysOf(parse(readFileSync(join(folder, `${name}.yaml`), "utf8")))),
    );
    const all = settingsBelow([]).filter(
      (key) => !/^(chart_version|images)\b|^(local|remote)\.any_path$/.test(key),
    );
    expect(all).toContain("aistore.namespace");
    expect(all).toContain("destinations.*.auth.token_url");
    expect(all).toContain("secrets.*.mount");
    expect(all.filter((key) => !used.has(key))).toEqual([]);
  });

  test("use every way to authenticate, and a quoted boolean", () => {
    const types = environments.flatMap(({ destinations }) => destinations.map(({ auth }) => auth.type));
    expect(new Set(types)).toEqual(new Set(["none", "oauth2", "mtls", "bearer", "basic"]));
    expect(readFileSync(join(folder, "oci-iad.yaml"), "utf8")).toContain('https: "true"');
  });
});
