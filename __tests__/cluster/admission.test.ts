import { parse } from "yaml";
import { describeWithApiServer } from "../engines/api-server";
import { environmentOf } from "../environment/reading";
import { fleet, manifestsOf, readByKubectl } from "../fleet/fleet";
import { defineOperatorsKinds } from "./definitions";
import { makeOthersNamespace } from "./live";

const logsAlone = environmentOf(
  "container_runtime: crio",
  "local: {logsEndpoint: 'http://loki.example.com/otlp/v1/logs'}",
  "storage: {path: none}",
  "pod_security: restricted",
);
const environments = [...fleet, logsAlone];

const below: Readonly<Record<string, string>> = { privileged: "baseline", baseline: "restricted" };

describeWithApiServer("admission", (server) => {
  beforeAll(async () => {
    await defineOperatorsKinds(server);
    await server.keep();
  });

  test.each([...manifestsOf(environments)])(
    "%s: the agent's pod gets in at its namespace's Pod Security level, at none below, and with no right but its own",
    async (_, manifests) => {
      await server.reset();
      const texts = [...readByKubectl(manifests)]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, text]) => text);
      const objects = texts.map((text) => parse(text));
      await makeOthersNamespace(server, objects);
      await server.succeed(["apply", "--filename", "-"], texts.join("---\n"));
      const { namespace, template } = objects
        .filter(({ kind }) => kind === "DaemonSet")
        .map(({ metadata, spec }) => ({ namespace: metadata.namespace, template: spec.template }))[0] ?? {
        namespace: "",
      };
      // As the DaemonSet's controller makes it.
      const pod = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...template.metadata, name: "agent", namespace },
        spec: template.spec,
      };
      expect(await server.create(pod)).toMatchObject({ ok: true });

      const label = "pod-security.kubernetes.io/enforce";
      const level = objects.find(({ kind }) => kind === "Namespace")?.metadata.labels?.[label];
      const lower = below[level];
      if (lower !== undefined) {
        await server.succeed(["label", "namespace", namespace, `${label}=${lower}`, "--overwrite"]);
        expect(await server.create(pod)).toEqual({
          ok: false,
          error: expect.stringContaining("violates PodSecurity"),
        });
      }

      const account = `system:serviceaccount:${namespace}:${template.spec.serviceAccountName}`;
      const may = async (...what: readonly string[]) =>
        (await server.kubectl(["auth", "can-i", ...what, "--all-namespaces", "--as", account])).stdout.trim();
      expect(await may("list", "pods")).toBe("yes");
      expect(await may("get", "pods", "--subresource", "log")).toBe("yes");
      expect(await may("list", "secrets")).toBe("no");
      expect(await may("create", "pods")).toBe("no");
    },
  );
});
