import type { JsonMap } from "../../lib/chart/render/manifest";
import { copyMap } from "../../lib/chart/render/manifest";
import { objectMistakes } from "../../lib/synthesis/objects";

/** What every pod here has. */
const container = {
  name: "alloy",
  image: "grafana/alloy",
  env: [{ name: "A", value: "" }],
  ports: [{ name: "http", containerPort: 80, hostPort: 80 }],
  volumeMounts: [{ name: "config", mountPath: "/etc/alloy" }],
  resources: { requests: { cpu: "1000m" }, limits: { cpu: 1, memory: "1Gi" } },
};
const volume = { name: "config", configMap: { name: "alloy-config" } };

interface Given {
  readonly metadata?: object;
  readonly template?: object;
  readonly selector?: object;
  readonly container?: object;
  readonly pod?: object;
  readonly others?: readonly object[];
}

function said(given: Given): readonly string[] {
  const labels = { app: "alloy" };
  const daemonSet = {
    kind: "DaemonSet",
    metadata: { name: "alloy", labels, annotations: { "a.b/c": "any: thing" }, ...given.metadata },
    spec: {
      selector: { matchLabels: given.selector ?? labels },
      template: {
        metadata: { labels, ...given.template },
        spec: {
          serviceAccountName: "alloy",
          containers: [{ ...container, ...given.container }],
          volumes: [volume],
          ...given.pod,
        },
      },
    },
  };
  const account = { kind: "ServiceAccount", metadata: { name: "alloy" } };
  const objects: readonly JsonMap[] = [daemonSet, account, ...(given.others ?? [])].map((one) =>
    copyMap(one),
  );
  return objectMistakes(objects).map(({ name, message }) => `${name} <- ${message}`);
}

test("objects that the API server takes, and that fit together, have none", () => {
  const binding = {
    kind: "RoleBinding",
    metadata: { name: "a" },
    roleRef: { kind: "Role", name: "a" },
    subjects: [{ kind: "ServiceAccount", name: "alloy" }],
  };
  const others = [
    binding,
    { kind: "Role", metadata: { name: "a" } },
    { kind: "Service", metadata: { name: "a" }, spec: { selector: { app: "alloy" } } },
    {
      kind: "NetworkPolicy",
      metadata: { name: "a" },
      spec: { podSelector: { matchLabels: { app: "alloy" } } },
    },
    { kind: "ConfigMap", metadata: { name: "a" }, data: {} },
  ];
  expect(said({ others })).toEqual([]);
});

describe("what the API server would refuse is found", () => {
  test.each<[string, Given, string]>([
    [
      "a label's name",
      { metadata: { labels: { "a b": "c" } } },
      'a b <- DaemonSet alloy: "a b" is no name of a label or an annotation',
    ],
    [
      "a label's value",
      { template: { labels: { app: "alloy", a: "b c" } } },
      'b c <- DaemonSet alloy: "b c" is no value of the label a',
    ],
    [
      "an annotation that is no text",
      { metadata: { annotations: { a: true } } },
      "a <- DaemonSet alloy: the annotation a is no text",
    ],
    [
      "a volume's name",
      { pod: { volumes: [volume, { name: "a_b" }] } },
      'a_b <- DaemonSet alloy: "a_b" is no name of a volume or a container',
    ],
    [
      "a volume that is there twice",
      { pod: { volumes: [volume, volume] } },
      "config <- DaemonSet alloy: two volumes have the name config",
    ],
    [
      "a container that is there twice",
      { pod: { initContainers: [{ name: "alloy", image: "a" }] } },
      "alloy <- DaemonSet alloy: two containers have the name alloy",
    ],
    [
      "a mount without a volume",
      { container: { volumeMounts: [{ name: "x", mountPath: "/x" }] } },
      'x <- DaemonSet alloy: "x" is mounted in container alloy, and no volume',
    ],
    [
      "two mounts in one place",
      { container: { volumeMounts: [...container.volumeMounts, ...container.volumeMounts] } },
      "/etc/alloy <- DaemonSet alloy: two volumes are mounted in container alloy at /etc/alloy",
    ],
    [
      "a variable's name",
      { container: { env: [{ name: "A=B" }] } },
      'A=B <- DaemonSet alloy: "A=B" is no name of a variable in container alloy',
    ],
    [
      "a variable that is there twice",
      { container: { env: [{ name: "A" }, { name: "A" }] } },
      "A <- DaemonSet alloy: two variables in container alloy have the name A",
    ],
    [
      "port 0",
      { container: { ports: [{ name: "http", containerPort: 0 }] } },
      "http <- DaemonSet alloy: 0 is no port in container alloy",
    ],
    [
      "two ports of a name",
      { container: { ports: [...container.ports, { name: "http", containerPort: 1 }] } },
      "http <- DaemonSet alloy: two ports in container alloy have the name http",
    ],
    [
      "two of the node's ports",
      { pod: { containers: [container, { ...container, name: "b" }] } },
      "80/TCP <- DaemonSet alloy: two containers have the node's port 80/TCP",
    ],
    [
      "a limit below what is asked for",
      {
        container: {
          resources: { requests: { cpu: "10m", memory: "50Mi" }, limits: { cpu: 1, memory: "32Mi" } },
        },
      },
      "32Mi <- DaemonSet alloy: 32Mi is less memory than is asked for in container alloy, 50Mi; write more, or what is asked for",
    ],
    [
      "an image that is none",
      { container: { image: " a" } },
      ' a <- DaemonSet alloy: " a" is no image in container alloy',
    ],
    [
      "a Secret's name",
      { container: { envFrom: [{ secretRef: { name: "A" } }] } },
      'A <- DaemonSet alloy: "A" is no name of a Secret, a ConfigMap or a ServiceAccount',
    ],
    [
      "a selector of other pods",
      { selector: { app: "other" } },
      "other <- DaemonSet alloy: selects pods by labels that the agent's pods don't have",
    ],
    [
      "a Service of other pods",
      { others: [{ kind: "Service", metadata: { name: "a" }, spec: { selector: { app: "other" } } }] },
      "other <- Service a: selects pods by labels that the agent's pods don't have",
    ],
    [
      "a binding of nothing",
      {
        others: [
          {
            kind: "RoleBinding",
            metadata: { name: "a" },
            roleRef: { kind: "Role", name: "gone" },
            subjects: [],
          },
        ],
      },
      "gone <- RoleBinding a: there is no Role gone",
    ],
  ])("%s", (_, given, message) => {
    expect(said(given)).toEqual([message]);
  });
});
