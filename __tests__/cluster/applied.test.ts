import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Environment } from "../../lib/environment";
import { describeWithChart } from "../chart/fixtures/with-helm";
import { type ApiServer, describeWithApiServer } from "../engines/api-server";
import { environmentOf, least } from "../environment/reading";
import { fleet, writeManifests } from "../fleet/fleet";
import { defineOperatorsKinds } from "./definitions";
import { live, lost, makeOthersNamespace } from "./live";

const remote = "remote: {endpoint: 'https://otlp.example.com', secret: a, scope: b}";

/** Objects that an environment has only where it asks for them, in a way that none of the fleet does. */
const asked: Readonly<Record<string, readonly string[]>> = {
  "an ExternalSecret of a SecretStore": [
    remote,
    "secrets: {a: {from: external-secrets, store: vault, key: c/d}}",
  ],
  "a VaultStaticSecret by the operator's own VaultAuth": [
    remote,
    "secrets: {a: {from: vault, mount: kv, path: c/d, type: kv-v1}}",
  ],
  "ConfigMaps of one's own": [
    "extraObjects:",
    "  - {apiVersion: v1, kind: ConfigMap, metadata: {name: own, labels: {team: a}}, data: {a: b}, immutable: true}",
    "  - {apiVersion: v1, kind: ConfigMap, metadata: {name: empty}, data: {a: ''}}",
  ],
  "a Service at a port of each node": [
    "ui: {expose: true}",
    "service: {type: NodePort, nodePort: 31245, externalTrafficPolicy: Local}",
  ],
  "a Service of a load balancer": ["ui: {expose: true}", "service: {type: LoadBalancer}"],
  "a Service without an address": ["service: {clusterIP: None, internalTrafficPolicy: Local}"],
  "a ServiceMonitor": [
    "serviceMonitor: {enabled: true, interval: 30s, additionalLabels: {release: prometheus}, relabelings: [{action: replace, sourceLabels: [__meta_kubernetes_pod_node_name], targetLabel: node}]}",
  ],
  "a Namespace of the strictest level": ["storage: {path: none}", "pod_security: privileged"],
  "images of one's own": ["images: {registry: registry.example.com/mirror, pull_secrets: [a, b]}"],
};

const ways = [
  ["by the client", []],
  ["by the server", ["--server-side"]],
] as const;

function manifestsIn(folder: string) {
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return files.map((name) => parse(readFileSync(join(folder, name), "utf8")));
}

/** What kubectl says of each object, in a word. */
function words(output: string): ReadonlySet<string> {
  return new Set(
    output
      .trim()
      .split("\n")
      .map((line) => line.replace(/^\S+ /, "")),
  );
}

describeWithApiServer("on a new cluster", (server) => {
  beforeAll(async () => {
    await defineOperatorsKinds(server);
    await server.keep();
  });

  describe.each(fleet)("the environment $name", (environment) => {
    converges(server, () => environment);
  });

  describeWithChart("an environment with", () => {
    describe.each(Object.entries(asked))("%s", (_, lines) => {
      converges(server, () => environmentOf(...least, ...lines));
    });
  });
});

/** What is applied is there, at once, and then differs in nothing. */
function converges(server: ApiServer, read: () => Environment): void {
  let folder: string;
  beforeAll(() => {
    const environment = read();
    folder = join(writeManifests([environment]), environment.name);
  });

  describe.each(ways)("applied %s", (_, way) => {
    beforeAll(async () => {
      await server.reset();
      await makeOthersNamespace(server, manifestsIn(folder));
    });
    // A node's port stays taken when the server is reset.
    afterAll(() => server.succeed(["delete", "services", "--all", "--namespace", "monitoring"]));

    test("is taken at once, without a warning", async () => {
      expect(await server.kubectl(["apply", ...way, "--filename", folder])).toMatchObject({
        status: 0,
        stderr: "",
      });
    });

    test("is there as it was meant", async () => {
      const objects = await live(server, folder);
      const manifests = manifestsIn(folder);
      expect(objects).toHaveLength(manifests.length);
      expect(
        manifests.flatMap((manifest) => {
          const is = objects.find(
            ({ kind, metadata }) => kind === manifest.kind && metadata.name === manifest.metadata.name,
          );
          return lost(manifest, is, manifest.kind);
        }),
      ).toEqual([]);
    });

    test("differs in nothing from what is there", async () => {
      expect(await server.kubectl(["diff", ...way, "--filename", folder])).toEqual({
        status: 0,
        stdout: "",
        stderr: "",
      });
    });

    test("changes nothing when it is applied again", async () => {
      const before = await versions(server, folder);
      const output = await server.succeed(["apply", ...way, "--filename", folder]);
      expect(words(output)).toEqual(new Set([way.length === 0 ? "unchanged" : "serverside-applied"]));
      expect(await versions(server, folder)).toEqual(before);
    });
  });
}

/** Where each object stands: a write that changes anything counts it up. */
async function versions(server: ApiServer, folder: string): Promise<string> {
  return server.succeed([
    "get",
    "--filename",
    folder,
    "--output",
    "jsonpath={.items[*].metadata.resourceVersion}",
  ]);
}
