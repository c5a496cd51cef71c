import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import { daemonSet, storeOf } from "../../chart/fixtures/in-memory-render";
import { of, proc, tailing } from "../fixtures/requirements";
import { mistakesOf, synth } from "../fixtures/synthesized-workload";

const tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";

/** What the agent has of a security context that an environment's chart values give, as the chart renders it. */
function contextOf(securityContext: object): unknown {
  const chartValues = { alloy: { securityContext } };
  const rendered = daemonSet.replace(
    "- name: alloy\n",
    `- name: alloy\n          securityContext: ${JSON.stringify(securityContext)}\n`,
  );
  const renders = storeOf(rendered, alloyRenderInput({ chartValues }));
  return synth({ chartValues, renders }).container("alloy").map.securityContext;
}

describe("the containers", () => {
  test.each(["alloy", "config-reloader"])("%s starts with all the privileges that it ever has", (name) => {
    expect(synth().container(name).map.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
      seccompProfile: { type: "RuntimeDefault" },
    });
  });

  test("what the chart's values say stands", () => {
    expect(contextOf({ readOnlyRootFilesystem: false, runAsUser: 473 })).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: false,
      runAsUser: 473,
      seccompProfile: { type: "RuntimeDefault" },
    });
  });

  test.each([
    [{ privileged: true }],
    [{ capabilities: { add: ["SYS_ADMIN"] } }],
    [{ capabilities: { add: ["CAP_SYS_ADMIN"] } }],
  ])("%j is not forbidden to escalate, which Kubernetes would refuse", (context) => {
    expect(contextOf(context)).not.toHaveProperty("allowPrivilegeEscalation");
    expect(contextOf({ capabilities: { add: ["SYS_PTRACE"] } })).toHaveProperty(
      "allowPrivilegeEscalation",
      false,
    );
  });
});

describe("who runs the containers", () => {
  const said = (chartValues: object, requirements = of("prometheus.exporter.unix.node", proc)) =>
    mistakesOf(() => synth({ chartValues: { ...chartValues }, requirements }));
  const root = (name: string) =>
    `keeps container ${name} from its start, as user 0 is root, and runAsNonRoot is true; write runAsNonRoot: false beside it, or another user`;
  const reads = "keeps the agent from its start, which reads the node as root; remove it";
  const escalates =
    "is refused by Kubernetes beside allowPrivilegeEscalation: false, which the chart has there; write that as true, or remove this";
  const sidecar = (securityContext: object) => ({ configReloader: { securityContext } });
  const agent = (securityContext: object) => ({ alloy: { securityContext } });
  const pod = (podSecurityContext: object) => ({ global: { podSecurityContext } });
  const other = (securityContext: object) => ({
    controller: { extraContainers: [{ name: "a", image: "a:1", securityContext }] },
  });

  test.each<[object, string, string, object]>([
    [
      sidecar({ runAsUser: 0 }),
      "configReloader.securityContext.runAsUser",
      root("config-reloader"),
      sidecar({ runAsUser: 0, runAsNonRoot: false }),
    ],
    [
      sidecar({ privileged: true }),
      "configReloader.securityContext.privileged",
      escalates,
      sidecar({ privileged: true, allowPrivilegeEscalation: true }),
    ],
    [
      sidecar({ capabilities: { add: ["SYS_ADMIN"] } }),
      "configReloader.securityContext.capabilities",
      escalates,
      sidecar({ capabilities: { add: ["SYS_PTRACE"] } }),
    ],
    [
      agent({ runAsNonRoot: true }),
      "alloy.securityContext.runAsNonRoot",
      reads,
      agent({ runAsNonRoot: true, runAsUser: 473 }),
    ],
    [
      pod({ runAsNonRoot: true }),
      "global.podSecurityContext.runAsNonRoot",
      reads,
      { ...pod({ runAsNonRoot: true }), ...agent({ runAsNonRoot: false }) },
    ],
    [
      { ...pod({ runAsNonRoot: true }), ...agent({ runAsUser: 0 }) },
      "alloy.securityContext.runAsUser",
      root("alloy"),
      { ...pod({ runAsNonRoot: true }), ...agent({ runAsUser: 473 }) },
    ],
    [
      { ...pod({ runAsNonRoot: true, runAsUser: 473 }), ...other({ runAsUser: 0 }) },
      "controller.extraContainers.0.securityContext.runAsUser",
      root("a"),
      { ...pod({ runAsNonRoot: true, runAsUser: 473 }), ...other({ runAsUser: 1 }) },
    ],
  ])("%j keeps a container from its start", (bad, path, message, good) => {
    expect(said(bad)).toEqual([[`chartValues.${path}`, message]]);
    expect(said(good)).toEqual([]);
  });

  test("is the image's own user where nobody may be root, and the node isn't read", () => {
    const user = { runAsNonRoot: true, runAsUser: 473, runAsGroup: 473 };
    for (const chartValues of [{}, agent({ runAsNonRoot: true }), pod({ runAsNonRoot: true })]) {
      const container = synth({ chartValues: { ...chartValues } }).container("alloy");
      expect(container.map.securityContext).toMatchObject(user);
    }
  });

  test("what is false takes the place of what the chart has as true", () => {
    const chartValues = sidecar({ runAsUser: 0, runAsNonRoot: false, readOnlyRootFilesystem: false });
    expect(synth({ chartValues }).container("config-reloader").map.securityContext).toMatchObject({
      runAsUser: 0,
      runAsNonRoot: false,
      readOnlyRootFilesystem: false,
    });
  });
});

describe("the ServiceAccount's token", () => {
  test("is mounted by no default", () => {
    const synthesized = synth({ requirements: tailing });
    expect(synthesized.pod.map.automountServiceAccountToken).toBe(false);
    expect(synthesized.object("ServiceAccount").map.automountServiceAccountToken).toBe(false);
  });

  test("is where the agent looks for it when a component uses the API, and not in the sidecar", () => {
    const synthesized = synth({ requirements: tailing });
    expect(synthesized.pod.list("volumes")).toContainEqual({
      name: "service-account-token",
      projected: {
        sources: [
          { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
          { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
          {
            downwardAPI: {
              items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }],
            },
          },
        ],
      },
    });
    const mountOf = (name: string) =>
      synthesized
        .container(name)
        .maps("volumeMounts")
        .find(({ mountPath }) => mountPath === tokenPath);
    expect(mountOf("alloy")).toEqual({ name: "service-account-token", mountPath: tokenPath, readOnly: true });
    expect(mountOf("config-reloader")).toBeUndefined();
  });

  test("is nowhere when no component uses the API", () => {
    const requirements = of("prometheus.exporter.unix.node", { kind: "storage" });
    const names = synth({ requirements })
      .pod.maps("volumes")
      .map(({ name }) => name);
    expect(names).toEqual(["config", "storage"]);
  });

  test("is mounted by default where the chart's values ask for it", () => {
    const chartValues = { serviceAccount: { automountServiceAccountToken: true } };
    const renders = storeOf(daemonSet, alloyRenderInput({ chartValues }));
    expect(synth({ chartValues, renders }).pod.map).not.toHaveProperty("automountServiceAccountToken");
  });
});
