import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { moduleSources } from "../../scripts/go-program";
import type { ApiServer } from "../engines/api-server";

/** A file of a Go module, which is the operator's own. */
interface ModuleFile {
  readonly module: string;
  /** The checksum that go.sum would have. */
  readonly sum: string;
  readonly path: string;
}

const externalSecrets: ModuleFile = {
  module: "github.com/external-secrets/external-secrets@v1.3.2",
  sum: "h1:u2J8RjlHIeF0oZCqtl92adI/uZWUwOesJIDkfql6LqQ=",
  path: "config/crds/bases/external-secrets.io_externalsecrets.yaml",
};

const prometheusOperator = ["servicemonitors", "prometheusrules"].map(
  (kind): ModuleFile => ({
    module: "github.com/prometheus-operator/prometheus-operator@v0.85.0",
    sum: "h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=",
    path: `example/prometheus-operator-crd/monitoring.coreos.com_${kind}.yaml`,
  }),
);

const argoCd = ["application", "applicationset"].map(
  (kind): ModuleFile => ({
    module: "github.com/argoproj/argo-cd/v3@v3.0.0",
    sum: "h1:VG3KgvjQqD7nQ/xdPnNrvSz5yLraJxVCMljdkLET46I=",
    path: `manifests/crds/${kind}-crd.yaml`,
  }),
);

const flux: ModuleFile = {
  module: "github.com/fluxcd/kustomize-controller@v1.6.0",
  sum: "h1:13S+wqCQ44njSg59DNgm1qMqVkK6+0eoZs+jv4+EWCs=",
  path: "config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml",
};

const text = { type: "string" };

/**
 * What this project writes of `secrets.hashicorp.com/v1beta1`, and all that the operator's definition adds to it
 * by itself (read in the Vault Secrets Operator's definition: its Go module can't be had).
 */
const vaultStaticSecrets = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "vaultstaticsecrets.secrets.hashicorp.com" },
  spec: {
    group: "secrets.hashicorp.com",
    names: { kind: "VaultStaticSecret", plural: "vaultstaticsecrets" },
    scope: "Namespaced",
    versions: [
      {
        name: "v1beta1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: object([], {
            spec: object(["destination", "mount", "path", "type"], {
              destination: object(["name"], {
                create: { type: "boolean", default: false },
                name: text,
                overwrite: { type: "boolean", default: false },
                transformation: object([], {
                  excludeRaw: { type: "boolean" },
                  includes: { type: "array", items: text },
                }),
              }),
              hmacSecretData: { type: "boolean", default: true },
              mount: text,
              path: text,
              refreshAfter: { type: "string", pattern: "^([0-9]+(\\.[0-9]+)?(s|m|h))$" },
              type: { type: "string", enum: ["kv-v1", "kv-v2"] },
              vaultAuthRef: text,
            }),
          }),
        },
      },
    ],
  },
};

function object(required: readonly string[], properties: object) {
  return { type: "object", properties, ...(required.length === 0 ? {} : { required }) };
}

/** Gives the cluster the kinds of operators that manifests may use. */
export async function defineOperatorsKinds(server: ApiServer): Promise<void> {
  await define(server, [
    JSON.stringify(vaultStaticSecrets),
    ...[externalSecrets, ...prometheusOperator].map(read),
  ]);
}

/** Gives the cluster the kinds with which Argo CD and Flux are told what to apply. */
export async function defineGitOpsKinds(server: ApiServer): Promise<void> {
  await define(server, [...argoCd, flux].map(read));
}

async function define(server: ApiServer, definitions: readonly string[]): Promise<void> {
  await server.succeed(["create", "--filename", "-"], definitions.join("\n---\n"));
  const wait = ["wait", "customresourcedefinitions", "--all", "--for=condition=Established"];
  // It is an error to kubectl that a definition has no conditions yet.
  for (let tries = 0; tries < 100 && (await server.kubectl(wait)).status !== 0; tries++) {
    await setTimeout(100);
  }
  await server.succeed(wait);
}

function read(file: ModuleFile): string {
  return readFileSync(fileOf(file), "utf8");
}

function fileOf({ module, sum, path }: ModuleFile): string {
  const sources = moduleSources(module);
  if ("missing" in sources) throw new Error(sources.missing);
  if (sources.sum !== sum) throw new Error(`${module} has the checksum ${sources.sum}`);
  return join(sources.folder, path);
}
