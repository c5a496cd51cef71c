import { DiscoveryKubernetes, type DiscoveryKubernetesProps } from "../../imports/alloy/discovery";
import { LokiEcho, LokiWrite } from "../../imports/alloy/loki";
import {
  LokiSourceFile,
  LokiSourceKubernetes,
  LokiSourceKubernetesEvents,
} from "../../imports/alloy/loki.source";
import { RemoteKubernetesConfigmap, RemoteKubernetesSecret } from "../../imports/alloy/remote.kubernetes";
import { array, sys } from "../../lib/alloy";
import { requirementsOf } from "../../lib/alloy/needs";
import { newConfig } from "./new-config";

const stable = { kind: "stability", level: "generally-available" } as const;

function api(apiGroup: string, resource: string, verbs: readonly string[], more: object = {}) {
  return { kind: "api", apiGroup, resource, verbs, ...more };
}

describe("discovery.kubernetes", () => {
  const pods = api("", "pods", ["list", "watch"]);

  test.each<[string, DiscoveryKubernetesProps, readonly object[]]>([
    ["pods", { role: "pod" }, [pods]],
    ["nodes", { role: "node" }, [api("", "nodes", ["list", "watch"])]],
    [
      "endpoint slices, with the Services and the pods that they are of",
      { role: "endpointslice" },
      [
        api("discovery.k8s.io", "endpointslices", ["list", "watch"]),
        api("", "services", ["list", "watch"]),
        pods,
      ],
    ],
    ["a namespace", { role: "pod", namespaces: { names: ["ais"] } }, [{ ...pods, namespaces: ["ais"] }]],
    ["a namespace that Alloy alone knows", { role: "pod", namespaces: { names: [sys.env("NS")] } }, [pods]],
    [
      "namespaces, one of which Alloy alone knows",
      { role: "pod", namespaces: { names: ["ais", sys.env("NS")] } },
      [pods],
    ],
    ["its own namespace", { role: "pod", namespaces: { ownNamespace: true, names: ["ais"] } }, [pods]],
    ["no namespace in particular", { role: "pod", namespaces: { names: [] } }, [pods]],
    [
      "metadata",
      { role: "pod", attachMetadata: { node: true, namespace: true } },
      [pods, api("", "nodes", ["list", "watch"]), api("", "namespaces", ["list", "watch"])],
    ],
    ["no metadata", { role: "pod", attachMetadata: { node: false } }, [pods]],
    ["a role that Alloy alone knows", { role: sys.env("ROLE") }, []],
  ])("of %s", (_, props, rights) => {
    const { requirements } = new DiscoveryKubernetes(newConfig(), "x", props);
    expect(requirements.filter(({ kind }) => kind !== "version")).toEqual([stable, ...rights]);
  });
});

test("logs through the API need pods, their logs and storage", () => {
  const config = newConfig();
  const echo = new LokiEcho(config, "x").receiver;
  expect(new LokiSourceKubernetes(config, "x", { targets: [], forwardTo: [echo] }).requirements).toEqual([
    stable,
    api("", "pods", ["get"]),
    api("", "pods/log", ["get"]),
    { kind: "storage" },
  ]);
});

test("events are watched in their namespaces", () => {
  const config = newConfig();
  const forwardTo = [new LokiEcho(config, "x").receiver];
  const events = api("", "events", ["list", "watch"]);
  const storage = { kind: "storage" };
  expect(new LokiSourceKubernetesEvents(config, "x", { forwardTo }).requirements).toEqual([
    stable,
    events,
    storage,
  ]);
  expect(
    new LokiSourceKubernetesEvents(config, "y", { forwardTo, namespaces: ["a", "b"] }).requirements,
  ).toEqual([stable, { ...events, namespaces: ["a", "b"] }, storage]);
});

test("namespaces, one of which is no text, are not known", () => {
  const literal = (value: string | number) => ({ kind: "literal" as const, value });
  const rightsIn = (...names: readonly (string | number)[]) => {
    const attributes = [{ name: "names", value: { kind: "list" as const, items: names.map(literal) } }];
    const body = {
      attributes: [{ name: "role", value: literal("pod") }],
      blocks: [{ name: "namespaces", body: { attributes, blocks: [] } }],
    };
    return requirementsOf(DiscoveryKubernetes.definition, { name: "discovery.kubernetes", body })[1];
  };
  const pods = api("", "pods", ["list", "watch"]);
  expect(rightsIn("a", "b")).toEqual({ ...pods, namespaces: ["a", "b"] });
  expect(rightsIn("a", 1)).toEqual(pods);
});

test("a write-ahead log needs storage, but only if there is one", () => {
  const config = newConfig();
  expect(new LokiWrite(config, "x").requirements).toEqual([stable]);
  expect(new LokiWrite(config, "y", { wal: { enabled: true } }).requirements).toEqual([
    stable,
    { kind: "storage" },
  ]);
});

test("one object of the API is read by its name", () => {
  const config = newConfig();
  const of = { namespace: "a", name: "b" };
  const rights = { namespaces: ["a"], resourceNames: ["b"] };
  expect(new RemoteKubernetesSecret(config, "x", of).requirements).toEqual([
    stable,
    api("", "secrets", ["get"], rights),
  ]);
  expect(new RemoteKubernetesConfigmap(config, "x", of).requirements).toEqual([
    stable,
    api("", "configmaps", ["get"], rights),
  ]);
  expect(new RemoteKubernetesSecret(config, "y", { ...of, name: sys.env("NAME") }).requirements).toEqual([
    stable,
    api("", "secrets", ["get"], { namespaces: ["a"] }),
  ]);
});

test("an experimental function makes its component experimental", () => {
  const config = newConfig();
  const targets = array.combineMaps([{ a: "b" }], [], ["a"]);
  const file = new LokiSourceFile(config, "x", { targets, forwardTo: [new LokiEcho(config, "x").receiver] });
  expect(file.requirements).toEqual([{ kind: "stability", level: "experimental" }, { kind: "storage" }]);
});

test("what a program adds comes last, and all of it is told with its component", () => {
  const config = newConfig();
  new LokiEcho(config, "x")
    .requires({ kind: "capability", capability: "NET_ADMIN" })
    .requires({ kind: "storage" });
  expect(config.requirements).toEqual([
    { component: "loki.echo.x", requirement: stable },
    { component: "loki.echo.x", requirement: { kind: "capability", capability: "NET_ADMIN" } },
    { component: "loki.echo.x", requirement: { kind: "storage" } },
  ]);
});
