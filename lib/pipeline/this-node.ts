import { coalesce, concatStrings, constants, sys } from "../alloy";

/** The node that the agent runs on. The chart sets HOSTNAME from `spec.nodeName`. */
export const nodeName = coalesce(sys.env("HOSTNAME"), constants.hostname);

/** Selects the pods of this node: every agent of the DaemonSet watches its own. */
export const onThisNode = concatStrings("spec.nodeName=", nodeName);
