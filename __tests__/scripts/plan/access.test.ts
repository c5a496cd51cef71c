import { agent, onNode, type PodParts, saidOf, type Written } from "./objects";

const config = "";
const access = (
  before: PodParts,
  after: PodParts,
  old: readonly Written[] = [],
  present: readonly Written[] = [],
) => saidOf("Access", [...agent(config, before), ...old], [...agent(config, after), ...present]);

test.each<[what: string, after: PodParts, lines: readonly string[]]>([
  ["a path of the node", onNode(), ["+ mount /var/lib/alloy at /data to read and write"]],
  [
    "a capability",
    { container: { securityContext: { capabilities: { add: ["NET_ADMIN"] } } } },
    ["+ capability NET_ADMIN"],
  ],
  [
    "a user",
    { container: { securityContext: { runAsUser: 473 } } },
    ["+ container alloy as user 473", "- container alloy as root"],
  ],
  [
    "all privileges",
    { container: { securityContext: { privileged: true } } },
    ["+ container alloy is privileged", "- container alloy may gain privileges"],
  ],
  ["the node's processes", { spec: { hostPID: true } }, ["+ the node's processes"]],
  [
    "keys of a Secret",
    {
      volumes: [
        {
          name: "s",
          projected: { sources: [{ secret: { name: "x", items: [{ key: "a" }, { key: "b" }] } }] },
        },
      ],
      mounts: [{ name: "s", mountPath: "/s" }],
    },
    ["+ Secret x, a, b, as files below /s"],
  ],
  [
    "a Secret in variables",
    { container: { envFrom: [{ secretRef: { name: "x" } }] } },
    ["+ Secret x, all keys, as variable *"],
  ],
  [
    "the token of the account",
    {
      volumes: [{ name: "t", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } }],
      mounts: [{ name: "t", mountPath: "/t" }],
    },
    ["+ token for the Kubernetes API in container alloy"],
  ],
])("%s is gained, and lost", (_, after, lines) => {
  const level = /^. a namespace of others/;
  expect(access({}, after).filter((line) => !level.test(line))).toEqual(lines);
  const turned = lines.map((line) => (line.startsWith("+") ? "-" : "+") + line.slice(1));
  expect(access(after, {}).filter((line) => !level.test(line))).toEqual(
    turned.toSorted((a, b) => (a[0] === b[0] ? 0 : a[0] === "+" ? -1 : 1)),
  );
});

test("one key more of a Secret is told alone", () => {
  const reading = (...keys: readonly string[]): PodParts => ({
    volumes: [
      { name: "s", projected: { sources: [{ secret: { name: "x", items: keys.map((key) => ({ key })) } }] } },
    ],
    mounts: [{ name: "s", mountPath: "/s" }],
  });
  expect(access(reading("a"), reading("a", "b"))).toEqual(["+ Secret x, b, as files below /s"]);
});

const role = (verbs: readonly string[], more: object = {}): Written => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: "r" },
  rules: [{ apiGroups: [""], resources: ["pods"], verbs, ...more }],
});

test("rights on the API are told verb by verb, those of one thing together", () => {
  expect(access({}, {}, [role(["get"])], [role(["get", "list", "watch"])])).toEqual([
    "+ list, watch pods in the whole cluster",
  ]);
  expect(access({}, {}, [role(["get"])], [role(["get"], { resourceNames: ["one"] })])).toEqual([
    "+ get pods one in the whole cluster",
    "- get pods in the whole cluster",
  ]);
  const inNamespace = { ...role(["get"]), kind: "Role", metadata: { name: "r", namespace: "ais" } };
  expect(access({}, {}, [], [inNamespace])).toEqual(["+ get pods in namespace ais"]);
});

test("the level of the namespace is that of the Namespace, or what the pod needs of others", () => {
  const namespace = (level: string): Written => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "telemetry", labels: { "pod-security.kubernetes.io/enforce": level } },
  });
  expect(access({}, {}, [namespace("baseline")], [namespace("privileged")])).toEqual([
    "+ Pod Security level privileged for all of namespace telemetry",
    "- Pod Security level baseline for all of namespace telemetry",
  ]);
  expect(access({}, onNode())).toEqual([
    "+ mount /var/lib/alloy at /data to read and write",
    "+ a namespace of others that admits the Pod Security level privileged",
    "- a namespace of others that admits the Pod Security level baseline",
  ]);
});

test("where the UI listens is told on the node's network, where it can be reached", () => {
  const at = (address: string): PodParts => ({
    args: [`--server.http.listen-addr=${address}`],
    spec: { hostNetwork: true },
  });
  expect(access(at("127.0.0.1:12345"), at("0.0.0.0:12345"))).toEqual([
    "+ UI at 0.0.0.0:12345 of the node",
    "- UI at 127.0.0.1:12345 of the node",
  ]);
});

describe("connections", () => {
  const policy = (spec: object): Written => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "alloy", namespace: "telemetry" },
    spec: { podSelector: {}, ...spec },
  });
  const egress = (...rules: readonly object[]) => policy({ policyTypes: ["Egress"], egress: rules });
  const toLoki = {
    to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "loki" } } }],
    ports: [{ protocol: "TCP", port: 3100 }],
  };

  test.each<[rule: object, words: string]>([
    [toLoki, "namespace loki at TCP 3100"],
    [{ ports: [{ port: 443 }, { protocol: "UDP", port: 53 }] }, "everywhere at TCP 443, UDP 53"],
    [{ to: [{ namespaceSelector: {} }], ports: [{ protocol: "TCP" }] }, "all namespaces at any TCP port"],
    [{ to: [{ podSelector: { matchLabels: { a: "b" } } }] }, "pods a=b of its own namespace"],
    [
      {
        to: [
          {
            namespaceSelector: { matchLabels: { team: "x" } },
            podSelector: { matchExpressions: [{ key: "k", operator: "In", values: ["1", "2"] }] },
          },
        ],
      },
      "pods k=1|2 of namespaces team=x",
    ],
    [
      { to: [{ namespaceSelector: { matchExpressions: [{ key: "k", operator: "Exists" }] } }] },
      "namespaces k Exists",
    ],
    [
      { to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }] },
      "10.0.0.0/8 but for 10.1.0.0/16",
    ],
    [{ ports: [{ port: 1, endPort: 9 }] }, "everywhere at TCP 1-9"],
  ])("%j is told in words", (rule, words) => {
    expect(access({}, {}, [egress()], [egress(rule)])).toEqual([`+ connections to ${words}`]);
  });

  test("that nothing limits any more are one line, and what was let through before is none", () => {
    expect(access({}, {}, [egress(toLoki)], [])).toEqual([
      "+ connections to everywhere: no NetworkPolicy limits them",
    ]);
  });

  test("that are limited from now on are told with what is let through", () => {
    expect(access({}, {}, [], [egress(toLoki)])).toEqual([
      "  connections to namespace loki at TCP 3100",
      "- connections to everywhere: no NetworkPolicy limits them",
    ]);
  });

  test("of the node's network no policy limits", () => {
    expect(access({}, { spec: { hostNetwork: true } }, [egress(toLoki)], [egress(toLoki)])).toContain(
      "+ connections to and from everywhere: the node's network",
    );
  });

  test("to the agent are told as well", () => {
    const ingress = policy({ ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 12345 }] }] });
    expect(access({}, {}, [policy({})], [ingress])).toEqual([
      "+ connections from its own namespace at TCP 12345",
    ]);
  });
});
