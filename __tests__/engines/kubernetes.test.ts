import type { Verdict } from "./kubernetes";
import { describeWithKubernetes } from "./kubernetes";

const daemonSet = (podSpec: string) => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: alloy, namespace: monitoring }
spec:
  selector: { matchLabels: { app: alloy } }
  template:
    metadata: { labels: { app: alloy } }
    spec: ${podSpec}
`;

/** A pod with a Secret's file over what another source has. */
const projecting = (source: string) => {
  const secret = "{ secret: { name: a, optional: true, items: [{ key: a, path: a }] } }";
  const volume = `{ name: a, projected: { sources: [${source}, ${secret}] } }`;
  return `{ containers: [{ name: alloy, image: i }], volumes: [${volume}] }`;
};

describeWithKubernetes("validate", (kubernetes) => {
  async function judge(yaml: string): Promise<Verdict[]> {
    const answer = await kubernetes.validate(yaml);
    if (!answer.ok) throw new Error(answer.error);
    return answer.value;
  }

  test.each([
    ["Namespace", "{ apiVersion: v1, kind: Namespace, metadata: { name: a } }"],
    [
      "ConfigMap",
      '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: b }, data: { a: "1" } }',
    ],
    [
      "DaemonSet",
      daemonSet("{ containers: [{ name: alloy, image: i }], dnsPolicy: ClusterFirstWithHostNet }"),
    ],
    ["DaemonSet", daemonSet(projecting("{ configMap: { name: a } }"))],
    [
      "Role",
      "{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: { name: a, namespace: b }, rules: [{ apiGroups: [''], resources: [pods], verbs: [get] }] }",
    ],
    [
      "NetworkPolicy",
      "{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: a, namespace: b }, spec: { podSelector: {}, policyTypes: [Egress] } }",
    ],
    [
      "PodDisruptionBudget",
      "{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: a, namespace: b }, spec: { maxUnavailable: 1 } }",
    ],
  ])("accepts a %s", async (kind, yaml) => {
    expect(await judge(yaml)).toMatchObject([{ kind, errors: [], warnings: [] }]);
  });

  test.each([
    [
      "an unknown field",
      "{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: b, label: {} } }",
      'unknown field "metadata.label"',
    ],
    [
      "a wrong type",
      "{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: b }, data: { a: 1 } }",
      "cannot unmarshal number into Go struct field ConfigMap.data of type string",
    ],
    [
      "a duplicate key",
      "{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: b }, data: {}, data: {} }",
      'key "data" already set in map',
    ],
    [
      "a wrong name",
      "{ apiVersion: v1, kind: ConfigMap, metadata: { name: A, namespace: b } }",
      'metadata.name: Invalid value: "A"',
    ],
    [
      "a missing namespace",
      "{ apiVersion: v1, kind: ConfigMap, metadata: { name: a } }",
      "metadata.namespace: Required value",
    ],
    [
      "a namespace of a cluster-scoped object",
      "{ apiVersion: v1, kind: Namespace, metadata: { name: a, namespace: b } }",
      "metadata.namespace: Forbidden: Namespace is cluster-scoped",
    ],
    [
      "a rule without verbs",
      "{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: a }, rules: [{ apiGroups: [''], resources: [pods] }] }",
      "rules[0].verbs: Required value",
    ],
    [
      "an unknown DNS policy",
      daemonSet("{ containers: [{ name: alloy, image: i }], dnsPolicy: ClusterFirstWithHost }"),
      'spec.template.spec.dnsPolicy: Unsupported value: "ClusterFirstWithHost"',
    ],
    [
      "a mount of a volume that is not there",
      daemonSet(
        "{ containers: [{ name: alloy, image: i, volumeMounts: [{ name: proc, mountPath: /proc }] }] }",
      ),
      'spec.template.spec.containers[0].volumeMounts[0].name: Not found: "proc"',
    ],
    // The empty files of Secrets have no items, and come first.
    [
      "two projected sources that name one path",
      daemonSet(projecting("{ configMap: { name: a, items: [{ key: a, path: a }] } }")),
      'spec.template.spec.volumes[0].projected: Invalid value: "a": conflicting duplicate paths',
    ],
    [
      "an unknown kind",
      "{ apiVersion: v1, kind: ConfigMpa, metadata: { name: a } }",
      'no kind "ConfigMpa" is registered for version "v1"',
    ],
    [
      "a version that is no longer served",
      "{ apiVersion: policy/v1beta1, kind: PodDisruptionBudget, metadata: { name: a, namespace: b }, spec: { maxUnavailable: 1 } }",
      "apiVersion: policy/v1beta1 is not served by default",
    ],
    ["what is no object", "name: a", "Object 'Kind' is missing"],
    ["what is no YAML", "a: [", "did not find expected node content"],
  ])("refuses %s", async (_, yaml, error) => {
    const [verdict, ...more] = await judge(yaml);

    expect(more).toEqual([]);
    expect(verdict?.errors).toEqual([expect.stringContaining(error)]);
  });

  test("warns as kubectl would", async () => {
    const env = "[{ name: A, value: '1' }, { name: A, value: '2' }]";

    const [verdict] = await judge(daemonSet(`{ containers: [{ name: alloy, image: i, env: ${env} }] }`));

    expect(verdict?.errors).toEqual([]);
    expect(verdict?.warnings).toEqual([expect.stringContaining('hides previous definition of "A"')]);
  });

  test("judges each document, and every mistake of it", async () => {
    const yaml = `# No object.
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: b } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: A, nam: x }, dat: {} }
`;

    expect(await judge(yaml)).toEqual([
      { kind: "ConfigMap", namespace: "b", name: "a", errors: [], warnings: [] },
      {
        kind: "ConfigMap",
        namespace: "",
        name: "A",
        errors: [
          expect.stringContaining('"dat"'),
          expect.stringContaining('"metadata.nam"'),
          expect.stringContaining("metadata.name"),
          expect.stringContaining("metadata.namespace"),
        ],
        warnings: [],
      },
    ]);
  });

  test("knows the fields of its version alone", async () => {
    // Since Kubernetes 1.30.
    const context = "{ appArmorProfile: { type: RuntimeDefault } }";

    const [verdict] = await judge(
      daemonSet(`{ securityContext: ${context}, containers: [{ name: a, image: i }] }`),
    );

    const unknown = 'unknown field "spec.template.spec.securityContext.appArmorProfile"';
    expect(verdict?.errors).toEqual(kubernetes.version === "1.28" ? [unknown] : []);
  });
});
