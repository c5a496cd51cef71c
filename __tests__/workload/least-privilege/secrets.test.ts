import { App } from "cdk8s";
import { AlloyAgent } from "../../../lib/alloy-agent";
import { Fields } from "../../../lib/workload/pod/rendered-container";
import { environmentOf, type Settings } from "../../pipeline/pipeline-of";
import { manifestsOf } from "../fixtures/manifests-of";

/** What a pod has of Secrets: `Secret: key key` of each container, variables, and rights to read them. */
function secretsOf(settings: Settings) {
  const manifests = manifestsOf(
    new AlloyAgent(new App(), environmentOf({ container_runtime: "crio", ...settings })),
  );
  const content = manifests.find(({ kind }) => kind === "DaemonSet")?.content;
  const pod = new Fields(content ?? {}, "DaemonSet").fields("spec", "template", "spec");
  const secrets = new Map(
    pod.maps("volumes").map(({ name, projected }) => {
      const sources = [...(Object(projected).sources ?? [])];
      return [name, sources.flatMap(({ secret }) => (secret === undefined ? [] : [secret]))];
    }),
  );
  const [agent, sidecar] = pod.maps("containers").map((container) =>
    new Fields(container, "container").maps("volumeMounts").flatMap(({ name, mountPath }) =>
      (secrets.get(name) ?? []).map(({ name: secret, items, optional }) => {
        const keys = [...items].map(({ key }) => key).join(" ");
        return `${secret}: ${keys} at ${mountPath}, optional ${optional}`;
      }),
    ),
  );
  const others = JSON.stringify(pod.map).match(/secretKeyRef|secretRef|secretName/g) ?? [];
  const roles = manifests
    .filter(({ kind }) => kind.endsWith("Role"))
    .flatMap(({ content: role }) => JSON.stringify(role.rules).match(/secrets/g) ?? []);
  return { agent, sidecar, others, roles };
}

const files = (...lines: readonly string[]) => {
  const agent = lines.map((line) => {
    const [secret] = line.split(":");
    return `${line} at /var/run/secrets/alloy/${secret}, optional true`;
  });
  return { agent, sidecar: [], others: [], roles: [] };
};
const to = (auth: object, more: object = {}): Settings => ({
  destinations: { a: { endpoint: "https://a.example.com", auth: { secret: "s", ...auth }, ...more } },
});
const token_url = "https://login.example.com/token";

describe("an agent gets the keys of Secrets that its destinations and sources read, and no more", () => {
  test.each<[string, Settings, ReturnType<typeof files>]>([
    ["none", { local: { endpoint: "http://a" } }, files()],
    [
      "oauth2",
      to({ type: "oauth2", scope: "x" }),
      files("s: azure_app_client_id azure_app_client_secret azure_token_url"),
    ],
    [
      "oauth2 with a token URL and keys",
      to({ type: "oauth2", scope: "x", token_url, keys: { client_id: "i", client_secret: "j" } }),
      files("s: i j"),
    ],
    ["mtls", to({ type: "mtls" }), files("s: ca.crt tls.crt tls.key")],
    [
      "mtls with a CA of its own",
      to({ type: "mtls" }, { tls: { ca_secret: "c" } }),
      files("c: ca.crt", "s: tls.crt tls.key"),
    ],
    ["bearer", to({ type: "bearer" }), files("s: token")],
    ["basic", to({ type: "basic" }), files("s: password username")],
    [
      "an AIStore cluster's CA",
      {
        local: { endpoint: "http://a" },
        aistore: [{ namespace: "ais", name: "ais", https: true, ca_secret: "c", ca_key: "root.pem" }],
      },
      files("c: root.pem"),
    ],
    [
      "an AIStore cluster's CA where no metrics go",
      {
        local: { logsEndpoint: "http://a/v1/logs" },
        aistore: [{ namespace: "ais", name: "ais", https: true, ca_secret: "c" }],
      },
      files(),
    ],
    [
      "one Secret for a destination, its CA and an AIStore cluster's",
      {
        ...to({ type: "basic" }, { tls: { ca_secret: "s", ca_key: "root.pem" } }),
        aistore: [{ namespace: "ais", name: "ais", https: true, ca_secret: "s" }],
      },
      files("s: ca.crt password root.pem username"),
    ],
  ])("%s", (_, settings, expected) => {
    expect(secretsOf(settings)).toEqual(expected);
  });
});
