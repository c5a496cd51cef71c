import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import { daemonSet, storeOf } from "../../chart/fixtures/in-memory-render";
import { of, tailing } from "../fixtures/requirements";
import { synth } from "../fixtures/synthesized-workload";

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
