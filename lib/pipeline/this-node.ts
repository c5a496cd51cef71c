import { coalesce, concatStrings, constants, sys } from "../alloy";

/** The node that the agent runs on. The chart sets HOSTNAME from `spec.nodeName`. */
export const nodeName = coalesce(sys.env("HOSTNAME"), constants.hostname);

/** Selects the pods of this node: every agent of the DaemonSet watches its own. */
export const onThisNode = concatStrings("spec.nodeName=", nodeName);

/** The label by which what is measured on a node is joined: kube-state-metrics calls nodes by it too. */
export const nodeLabel = { targetLabel: "node", replacement: nodeName };
