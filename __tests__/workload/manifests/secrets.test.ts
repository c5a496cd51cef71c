import type { RequirementOf } from "../../../lib/alloy";
import type { SecretSource } from "../../../lib/schema";
import { keysRead, unreadSecrets } from "../../../lib/workload/manifests/secrets";
import { oauth2, of } from "../fixtures/requirements";
import { synth } from "../fixtures/synthesized-workload";
import { customResource } from "./custom-resource";

const store = {
  name: "remote",
  from: "external-secrets",
  store: "vault",
  storeKind: "ClusterSecretStore",
  key: "a/b",
  refresh: "1h",
} as const satisfies SecretSource;

const vault = {
  name: "remote",
  from: "vault",
  mount: "kv",
  path: "a/b",
  engine: "kv-v2",
  refresh: "15m",
} as const satisfies SecretSource;

const keys = ["azure_app_client_id", "azure_app_client_secret", "azure_token_url"];

describe("the keys that are read", () => {
  test("are those of all components, each once", () => {
    const files = (...own: string[]): RequirementOf => ({
      component: "x",
      requirement: { kind: "secretFiles", secret: "a", mountPath: "/a", keys: own },
    });
    expect([...keysRead([...oauth2, files("c", "b"), files("b", "a")])]).toEqual([
      ["a", ["a", "b", "c"]],
      ["remote", keys],
    ]);
  });
});

describe("a Secret", () => {
  test("made by hand has no manifest", () => {
    const made = synth({ requirements: oauth2 }).names.map(([kind]) => kind);
    expect(made).not.toContain("ExternalSecret");
    expect(synth({ requirements: oauth2, secrets: [store] }).names).toHaveLength(made.length + 1);
  });

  test("comes from a store with the keys that are read", () => {
    const { map } = synth({ requirements: oauth2, secrets: [store] }).object("ExternalSecret");
    expect(customResource.parse(map)).toEqual({
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: "remote", namespace: "monitoring" },
      spec: {
        refreshInterval: "1h",
        secretStoreRef: { name: "vault", kind: "ClusterSecretStore" },
        target: { name: "remote" },
        data: keys.map((key) => ({
          secretKey: key,
          remoteRef: {
            key: "a/b",
            property: key,
            // Defaults of the operator's API: the API server would add them, and every apply would differ.
            conversionStrategy: "Default",
            decodingStrategy: "None",
            metadataPolicy: "None",
          },
        })),
      },
    });
  });

  test.each([
    [{}, {}],
    [{ auth: "team/alloy" }, { vaultAuthRef: "team/alloy" }],
  ])("comes from Vault with the keys that are read: %j", (given, expected) => {
    const { map } = synth({ requirements: oauth2, secrets: [{ ...vault, ...given }] }).object(
      "VaultStaticSecret",
    );
    expect(customResource.parse(map)).toEqual({
      apiVersion: "secrets.hashicorp.com/v1beta1",
      kind: "VaultStaticSecret",
      metadata: { name: "remote", namespace: "monitoring" },
      spec: {
        ...expected,
        mount: "kv",
        path: "a/b",
        type: "kv-v2",
        refreshAfter: "15m",
        destination: {
          name: "remote",
          create: true,
          transformation: { excludeRaw: true, includes: keys.map((key) => `^${key}$`) },
        },
      },
    });
  });

  test("has its keys matched as they are, dots and all", () => {
    const requirements = of("exporter", {
      kind: "secretFiles",
      secret: "remote",
      mountPath: "/a",
      keys: ["ca.crt"],
    });
    const { map } = synth({ requirements, secrets: [vault] })
      .object("VaultStaticSecret")
      .fields("spec", "destination", "transformation");
    expect(map.includes).toEqual(["^ca\\.crt$"]);
  });
});

describe("a Secret that nothing reads", () => {
  test.each([
    ["remot", oauth2, "is read by nothing; write remote, or remove it"],
    ["other", oauth2, "is read by nothing; write remote, or remove it"],
    ["remote", [], "is read by nothing; remove it, as no Secret is read"],
  ])("%s is refused", (name, requirements, message) => {
    expect(unreadSecrets({ secrets: [{ ...store, name }], requirements })).toEqual([
      { path: ["secrets", name], message, restsOn: ["requirements"] },
    ]);
    expect(() => synth({ requirements, secrets: [{ ...vault, name }] })).toThrow(message);
  });

  test("is no mistake as soon as something does", () => {
    expect(unreadSecrets({ secrets: [store], requirements: oauth2 })).toEqual([]);
  });
});
