import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describeWithApiServer } from "../engines/api-server";
import { fleet, writeManifests } from "../fleet/fleet";

/** Nodes of clouds that run no pod of a DaemonSet, by the labels that they have. */
const virtual: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aks: { type: "virtual-kubelet" },
  eks: { "eks.amazonaws.com/compute-type": "fargate" },
  oke: { "node-role.kubernetes.io/virtual-node": "" },
  tke: { "node.kubernetes.io/instance-type": "eklet" },
  admiralty: { "virtual-kubelet.io/provider": "admiralty" },
  liqo: { "liqo.io/type": "virtual-node" },
};
const machines: typeof virtual = {
  plain: {},
  eks2: { "eks.amazonaws.com/compute-type": "ec2", type: "storage" },
  tke2: { "node.kubernetes.io/instance-type": "S5.LARGE8" },
};

function nodesOf(labels: typeof virtual): string {
  const nodes = Object.entries(labels).map(([name, own]) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "kubernetes.io/os": "linux", ...own } },
    // Each keeps off all that doesn't tolerate it, as such nodes do.
    spec: { taints: [{ key: "virtual", effect: "NoSchedule" }] },
  }));
  return JSON.stringify({ apiVersion: "v1", kind: "List", items: nodes });
}

describeWithApiServer("the agents of an environment", (server) => {
  const folder = join(writeManifests(fleet), "least");

  test("are on every machine, and on no virtual node of any cloud", async () => {
    await server.startControllers();
    await server.succeed(["create", "--filename", "-"], nodesOf({ ...virtual, ...machines }));
    await server.succeed(["apply", "--filename", folder]);

    const read = async (what: string, path: string) =>
      (
        await server.succeed(["get", what, "--namespace", "monitoring", "--output", `jsonpath={${path}}`])
      ).trim();
    const node = ".spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";
    for (
      let tries = 0;
      tries < 100 && Number(await read("daemonsets", ".items[0].status.desiredNumberScheduled")) === 0;
      tries++
    ) {
      await setTimeout(200);
    }
    const on = (await read("pods", `.items[*]${node}.nodeSelectorTerms[*].matchFields[*].values[0]`)).split(
      " ",
    );
    expect([...on].sort()).toEqual(Object.keys(machines).sort());
  });
});
