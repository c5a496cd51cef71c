import { coalesce, concatStrings, constants, type HostPathRequirement, sys } from "../../alloy";
import type { MountPropagation } from "../../environment";

/** The node that the agent runs on. The chart sets HOSTNAME from `spec.nodeName`. */
export const nodeName = coalesce(sys.env("HOSTNAME"), constants.hostname);

/** Selects the pods of this node: every agent of the DaemonSet watches its own. */
export const onThisNode = concatStrings("spec.nodeName=", nodeName);

/** The label for the node, by which metrics are joined: kube-state-metrics has it too. */
export const nodeLabel = { targetLabel: "node", replacement: nodeName };

/** Where the node's root file system is in the container. */
export const rootfsPath = "/rootfs";

/**
 * The node's root file system, to read, for an exporter that looks below {@link rootfsPath}.
 *
 * @param propagation of mounts that the node makes later
 */
export function rootfs(propagation: MountPropagation): HostPathRequirement {
  const root = readOnly("rootfs", "/", rootfsPath);
  return propagation === "None" ? root : { ...root, propagation };
}

/** A path of the node, to read. */
export function readOnly(name: string, hostPath: string, mountPath = hostPath): HostPathRequirement {
  return { kind: "hostPath", name, hostPath, mountPath, readOnly: true };
}
