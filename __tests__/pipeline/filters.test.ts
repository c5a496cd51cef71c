import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { AistorePipeline } from "../../lib/pipeline";
import { describeWithProgram } from "../engines/describe";
import { type Block, describeWithEngines, type Engines } from "../engines/engines";
import { describeWithPrometheus, rulesOf } from "../engines/prometheus";
import { local, pipelineOf, type Settings } from "./pipeline-of";

// What is left out of a node's metrics, by the programs that read them.

/** What Alloy has where nothing is said. Source: v1.18.1, integrations/node_exporter/config.go. */
const alloysFsTypes =
  "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tracefs)$";

const ofNode = ["bond0", "cilium_host", "docker0", "ens3", "eth0", "eni1", "tunl0"];
const ofPods = [
  "cali0123456789a",
  "azv0123456789a",
  "cni0",
  "eni0123456789a",
  "fedcba987654321",
  "gke0123456789a",
  "lo",
  "lxc0123456789ab",
  "lxc_health",
  "veth1a2b3c4d",
];
// As long as one of Calico's, but not of its letters; shorter; longer.
const alike = ["caliuplinkport0", "cali0", "lxc0123456789a", "0123456789abcd"];
const interfaces = [...ofNode, ...ofPods, ...alike];
const disks = ["dm-0", "loop0", "nvme0n1", "nvme0n1p1", "sda", "sdb2", "vda"];
const mounts: readonly (readonly [point: string, type: string])[] = [
  ["/", "ext4"],
  ["/ais/nvme0n1", "xfs"],
  ["/home", "nfs4"],
  ["/mnt/scratch", "ext4"],
  ["/run/user/1000", "tmpfs"],
  ["/srv/merged", "overlay"],
  ["/var/lib/kubelet/pods/a", "tmpfs"],
];

/** A folder that stands for a node's root, with all of these. */
function nodeFolder(): string {
  const root = mkdtempSync(join(tmpdir(), "node-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const counts = (count: number) => Array.from({ length: count }, (_, place) => place).join(" ");
  write("proc/diskstats", disks.map((disk, place) => `8 ${place} ${disk} ${counts(11)}\n`).join(""));
  const head = "Inter-| Receive | Transmit\n face |bytes | bytes\n";
  write("proc/net/dev", head + interfaces.map((name) => `${name}: ${counts(16)}\n`).join(""));
  write("proc/1/mounts", mounts.map(([point, type]) => `/dev/x ${point} ${type} rw 0 0\n`).join(""));
  for (const name of interfaces) {
    write(`sys/class/net/${name}/mtu`, "1500\n");
    write(`sys/class/net/${name}/operstate`, "up\n");
  }
  for (const [point] of mounts) mkdirSync(join(root, point), { recursive: true });
  return root;
}

async function blockOf(engines: Engines, pipeline: AistorePipeline, address: string): Promise<Block> {
  const config = await engines.evaluate(pipeline.toString());
  if (!config.ok) throw new Error(config.error);
  const block = config.value.blocks.find(({ name, label }) => `${name}.${label}` === address);
  if (block === undefined) throw new Error(`the pipeline has no ${address}`);
  return block;
}

function argument({ blocks }: Block, block: string, name: string): unknown {
  const inner = blocks.find((one) => one.name === block);
  return inner?.attributes.find((attribute) => attribute.name === name)?.value;
}

interface Measured {
  readonly names: Readonly<Record<"diskstats" | "filesystem" | "netclass" | "netdev", readonly string[]>>;
  readonly series: Readonly<Record<string, number>>;
}

const host = { local, host_network: true };

describeWithEngines("of a node", (engines) => {
  describeWithProgram("by node_exporter", { folder: "collectors", slow: true }, (ask) => {
    let root: string;
    beforeAll(() => {
      root = nodeFolder();
    });
    afterAll(() => rmSync(root, { recursive: true }));

    /** What the exporter of an environment measures. */
    async function measured(settings: Settings): Promise<Measured> {
      const block = await blockOf(engines, pipelineOf(settings), "prometheus.exporter.unix.node");
      const netclass = argument(block, "netclass", "ignored_devices");
      expect(argument(block, "netdev", "device_exclude")).toBe(netclass);
      expect(argument(block, "arp", "device_exclude")).toBe(netclass);
      const answer = await ask<Measured>("measured", {
        Root: root,
        DiskInclude: argument(block, "disk", "device_include"),
        InterfaceExclude: netclass,
        MountExclude: argument(block, "filesystem", "mount_points_exclude"),
        FSTypeExclude: argument(block, "filesystem", "fs_types_exclude") ?? alloysFsTypes,
      });
      if (!answer.ok) throw new Error(answer.error);
      return answer.value;
    }

    test("are left out, by default, the interfaces of pods, what is no disk, and the system's own file systems", async () => {
      const { names, series } = await measured(host);
      const left = [...ofNode, ...alike].toSorted();
      expect(names).toEqual({
        netdev: left,
        netclass: left,
        // The exporter leaves out partitions beside what it is told.
        diskstats: ["nvme0n1", "sda"],
        filesystem: ["/", "/ais/nvme0n1", "/home", "/mnt/scratch"],
      });
      // What each interface of a pod would add.
      expect(Number(series.netdev) / left.length).toBeGreaterThanOrEqual(16);
    });

    test("is left out what the settings say, and all else is there", async () => {
      const settings = {
        interface_exclude: "^docker",
        node: {
          disk_include: "^(vd|dm-)",
          mount_exclude: "^/(ais|mnt)/",
          fs_type_exclude: "^(tmpfs|nfs4)$",
        },
      };
      const { names } = await measured({ ...host, sources: settings });
      const left = interfaces.filter((name) => name !== "docker0").toSorted();
      expect(names).toEqual({
        netdev: left,
        netclass: left,
        diskstats: ["dm-0", "vda"],
        filesystem: ["/", "/srv/merged"],
      });
    });

    // A setting of one thing changes nothing else.
    test("a pattern is found anywhere in a name, unless it says where", async () => {
      const { names } = await measured({ ...host, sources: { interface_exclude: "n" } });
      expect(names.netdev).toEqual(interfaces.filter((name) => !name.includes("n")).toSorted());
      expect(names.diskstats).toEqual((await measured(host)).names.diskstats);
    });
  });

  describeWithPrometheus("by Prometheus' own rules", (prometheus) => {
    /** The interfaces that are left of those that a pod on the node's network has. */
    async function left(exclude: string | undefined): Promise<readonly unknown[]> {
      const sources = exclude === undefined ? {} : { interface_exclude: exclude };
      const block = await blockOf(engines, pipelineOf({ local, sources }), "prometheus.relabel.containers");
      const received = { __name__: "container_network_receive_bytes_total", id: "/a" };
      const cpu = { __name__: "container_cpu_usage_seconds_total", id: "/a" };
      const series = [...interfaces.map((name) => ({ ...received, interface: name })), cpu];
      const answer = await prometheus.relabel(rulesOf(block, "node-1"), series);
      if (!answer.ok) throw new Error(answer.error);
      // What is of no interface stays, whatever the pattern.
      expect(answer.value.at(-1)).toEqual({ ...cpu, node: "node-1" });
      return answer.value.flatMap((labels) => labels?.interface ?? []);
    }

    test.each<[string | undefined, (name: string) => boolean]>([
      [undefined, (name) => ofPods.includes(name)],
      ["^(cali|lxc)", (name) => /^(cali|lxc)/.test(name)],
      ["0$", (name) => name.endsWith("0")],
      ["ET", () => false],
      ["(?i)ET", (name) => name.includes("et")],
      ["eth0|ens3", (name) => ["eth0", "ens3"].includes(name)],
      ["\\Qlxc_\\E", (name) => name.includes("lxc_")],
      ["^none$", () => false],
    ])("the containers' metrics have the interfaces that %p leaves", async (exclude, isExcluded) => {
      expect(await left(exclude)).toEqual(interfaces.filter((name) => !isExcluded(name)));
    });
  });
});
