import type { SettingKey } from "../setting-key";

/** A part of what the chart renders. */
export type Part = "daemonSet" | "template" | "agent" | "reloader" | "serviceAccount" | "service";

/** What a chart value touches: one place of one part. */
export interface Touch {
  readonly value: SettingKey;
  readonly part: Part;
  readonly path: readonly string[];
  /** A list is put behind what is there; anything else goes over it, map into map. @default false */
  readonly append?: true;
}

const touch = (value: string, part: Part, path: string, append?: true): Touch => ({
  value: value.split("."),
  part,
  path: path.split("."),
  ...(append && { append }),
});

/**
 * The chart values that touch one place each, and where. They are put there as they are: that takes no other render of
 * the chart, and nothing else can come of them.
 */
export const touches: readonly Touch[] = [
  touch("global.podSecurityContext", "template", "spec.securityContext"),
  touch("alloy.initialDelaySeconds", "agent", "readinessProbe.initialDelaySeconds"),
  touch("alloy.timeoutSeconds", "agent", "readinessProbe.timeoutSeconds"),
  touch("alloy.extraEnv", "agent", "env", true),
  touch("alloy.envFrom", "agent", "envFrom", true),
  touch("alloy.extraArgs", "agent", "args", true),
  touch("alloy.hostAliases", "template", "spec.hostAliases"),
  touch("alloy.mounts.extra", "agent", "volumeMounts", true),
  touch("alloy.securityContext", "agent", "securityContext"),
  touch("alloy.lifecycle", "agent", "lifecycle"),
  touch("alloy.livenessProbe", "agent", "livenessProbe"),
  touch("serviceAccount.additionalLabels", "serviceAccount", "metadata.labels"),
  touch("serviceAccount.annotations", "serviceAccount", "metadata.annotations"),
  touch("configReloader.resources", "reloader", "resources"),
  touch("configReloader.securityContext", "reloader", "securityContext"),
  touch("controller.extraLabels", "daemonSet", "metadata.labels"),
  touch("controller.extraAnnotations", "daemonSet", "metadata.annotations"),
  touch("controller.minReadySeconds", "daemonSet", "spec.minReadySeconds"),
  touch("controller.hostPID", "template", "spec.hostPID"),
  touch("controller.terminationGracePeriodSeconds", "template", "spec.terminationGracePeriodSeconds"),
  touch("controller.revisionHistoryLimit", "daemonSet", "spec.revisionHistoryLimit"),
  touch("controller.updateStrategy", "daemonSet", "spec.updateStrategy"),
  touch("controller.nodeSelector", "template", "spec.nodeSelector"),
  touch("controller.tolerations", "template", "spec.tolerations"),
  touch("controller.priorityClassName", "template", "spec.priorityClassName"),
  touch("controller.podAnnotations", "template", "metadata.annotations"),
  touch("controller.podLabels", "template", "metadata.labels"),
  touch("controller.affinity", "template", "spec.affinity"),
  touch("controller.volumes.extra", "template", "spec.volumes", true),
  touch("controller.initContainers", "template", "spec.initContainers", true),
  touch("controller.extraContainers", "template", "spec.containers", true),
  touch("service.clusterIP", "service", "spec.clusterIP"),
  touch("service.internalTrafficPolicy", "service", "spec.internalTrafficPolicy"),
  touch("service.annotations", "service", "metadata.annotations"),
];

/** Values that are what the chart has anyway, and nothing else, or say what is added to it: no render differs by them. */
export const fixedValues: readonly SettingKey[] = [
  "alloy.enableHttpServerPort",
  "alloy.listenScheme",
  "controller.type",
  "crds.create",
  "service.enabled",
  "serviceAccount.automountServiceAccountToken",
  "serviceAccount.create",
].map((value) => value.split("."));
