import { parse } from "yaml";
import { describeWithKubernetes } from "../engines/kubernetes";
import { customResource, isCustomResource } from "../workload/manifests/custom-resource";
import { fleet, manifestsOf, readByKubectl } from "./fleet";

/** What an environment has beside its objects is no YAML by its name. */
const synthesized = new Map([...manifestsOf(fleet)].map(([name, files]) => [name, readByKubectl(files)]));

function daemonSetOf(environment: string) {
  return parse(synthesized.get(environment)?.get("DaemonSet.alloy.k8s.yaml") ?? "");
}

describe("what is applied is what the cluster then has", () => {
  const objects = [...synthesized].flatMap(([name, manifests]) =>
    [...manifests].map(([file, text]): [string, unknown] => [`${name}/${file}`, parse(text)]),
  );

  test("no object has an empty list or nothing at a key: the API server drops both, and every apply would differ", () => {
    const dropped = objects.flatMap(([file, object]) => emptyIn(object).map((path) => `${file} ${path}`));
    expect(dropped).toEqual([]);
  });

  const withNamespace = fleet.filter((environment) => environment.createNamespace);
  test.each(withNamespace.map(({ name }) => name))(
    "the namespace of %s is the first that kubectl makes",
    (name) => {
      const manifests = synthesized.get(name) ?? new Map();
      const [first = "", ...others] = [...manifests.keys()].toSorted();
      expect(parse(manifests.get(first) ?? "").kind).toBe("Namespace");
      expect(others.filter((file) => file.startsWith("0-"))).toEqual([]);
    },
  );
});

/** The paths of a value's empty lists, and of its nulls. */
function emptyIn(value: unknown, path = ""): readonly string[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) return [path];
  return typeof value === "object"
    ? Object.entries(value).flatMap(([key, entry]) => emptyIn(entry, `${path}.${key}`))
    : [];
}

describe.each(fleet.map((environment) => [environment.name, environment] as const))(
  "%s",
  (name, environment) => {
    const pod = daemonSetOf(name).spec.template.spec;

    test("has the cluster's DNS on the node's network, and Kubernetes' default off it", () => {
      expect([pod.hostNetwork, pod.dnsPolicy]).toEqual(
        environment.hostNetwork ? [true, "ClusterFirstWithHostNet"] : [undefined, "ClusterFirst"],
      );
    });

    test("mounts what its components read, as its container runtime has it", () => {
      const [alloy] = pod.containers;
      const paths = new Map(
        pod.volumes.map((volume: { name: string; hostPath?: { path: string; type?: string } }) => [
          volume.name,
          volume.hostPath,
        ]),
      );
      const mounts = alloy.volumeMounts
        .filter(
          ({ name: volume }: { name: string }) => paths.get(volume) !== undefined && volume !== "storage",
        )
        .map((mount: { name: string; mountPath: string; readOnly?: boolean }) => {
          const { path, type = "" } = Object(paths.get(mount.name));
          return `${mount.name} ${path} ${mount.mountPath} ${mount.readOnly === true ? "ro" : "rw"} ${type}`.trim();
        });
      const { containerRuntime, sources } = environment;
      const everywhere = ["rootfs / /rootfs ro", "sys /sys /sys ro"];
      const ofNode = sources.node === undefined ? [] : ["proc /proc /proc ro"];
      const isAsked = containerRuntime === "crio" && sources.cadvisor !== undefined;
      const crio = isAsked ? ["crio /run/crio /var/run/crio ro"] : [];
      // By the file that _bare-metal.yaml names.
      const journal = environment.alloyFiles.some(({ name }) => name === "files/journal.alloy")
        ? ["path-var-log-journal /var/log/journal /var/log/journal ro"]
        : [];
      expect(mounts.toSorted()).toEqual([...everywhere, ...ofNode, ...crio, ...journal].toSorted());
    });

    test("grants the agent pods and their logs, and nothing else of the API", () => {
      const { rules } = parse(
        synthesized.get(name)?.get(`ClusterRole.aistore-alloy_${environment.namespace}_alloy.k8s.yaml`) ?? "",
      );
      expect(rules).toEqual([
        { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
        { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
      ]);
    });

    test("names Secrets, and holds none", () => {
      const text = [...(synthesized.get(name)?.values() ?? [])].join("---\n");
      expect(text).not.toMatch(/^kind: Secret$/m);
      for (const { auth } of environment.destinations) {
        if (auth.type === "none") continue;
        expect(text).toMatch(new RegExp(`^ +name: ${auth.secret}\n +optional: true$`, "m"));
      }
    });
  },
);

test("the custom resources are such as their operators take", () => {
  const texts = [...synthesized.values()].flatMap((manifests) => [...manifests.values()]);
  const objects = texts.map((text): unknown => parse(text)).filter(isCustomResource);
  expect(new Set(objects.map(({ kind }) => kind))).toEqual(
    new Set(["ExternalSecret", "PrometheusRule", "VaultStaticSecret"]),
  );
  for (const object of objects) expect(customResource.parse(object)).toEqual(object);
});

// Each program judges all manifests of all environments.
jest.setTimeout(60_000);

describeWithKubernetes("the API server takes every manifest", (kubernetes) => {
  test.each([...synthesized])("of %s", async (_, manifests) => {
    // Custom resources are unknown to it: their tests have schemas of their own.
    const known = [...manifests.values()].filter((text) => !isCustomResource(parse(text)));
    const answer = await kubernetes.validate(known.join("---\n"));
    const verdicts = answer.ok ? answer.value : [];
    expect(verdicts).toHaveLength(known.length);
    expect(
      verdicts.flatMap(({ kind, name, errors, warnings }) =>
        [...errors, ...warnings].map((text) => [kind, name, text]),
      ),
    ).toEqual([]);
  });
});
