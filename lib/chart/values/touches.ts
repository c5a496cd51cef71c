import { isRecord, type SettingKey } from "../../schema";
import { defaultConfigMapName, secretPlaceholdersName } from "../render/names";
import { annotations, anyLabels, keyName, objectName } from "./names";
import { fields, flag, mapOf, type Shape, type Tell, text, word } from "./shape";

/** A part of what the chart renders. */
export type Part = "daemonSet" | "template" | "agent" | "reloader" | "serviceAccount" | "service";

/** What a chart value touches: one place of one part. */
export interface Touch {
  readonly value: SettingKey;
  readonly part: Part;
  readonly path: readonly string[];
  /** A list is put behind what is there; anything else goes over it, map into map. @default false */
  readonly append?: true | undefined;
}

const touch = (value: string, part: Part, path: string, append?: true): Touch => ({
  value: value.split("."),
  part,
  path: path.split("."),
  append,
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

const noTemplate = text(
  /^(?!.*\{\{).*$/s,
  "has {{, which Helm takes for a template; keep this object in manifests of your own, beside these",
);

/** Of all objects, a ConfigMap gives nobody any right, and makes nothing run. */
const configMap = fields(
  "a ConfigMap",
  {
    apiVersion: word("v1"),
    kind: word("ConfigMap"),
    metadata: fields("metadata", { name: objectName, labels: anyLabels, annotations }, { needs: ["name"] }),
    data: mapOf(keyName, noTemplate),
    immutable: flag,
  },
  { needs: ["apiVersion", "metadata"] },
);

const unnamed = "write `kind: ConfigMap`, and keep other objects in manifests of your own, beside these";

/** The ConfigMaps of each agent, and those of dashboards. */
const ownConfigMaps = new RegExp(
  `^(${defaultConfigMapName}|${secretPlaceholdersName}|dashboard-aistore-.*)$`,
);

/** Objects of an environment's own, in the agent's namespace. */
export const extraObjects: Shape = (value, key, tell) => {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const names = new Set<unknown>();
  for (const [index, item] of items.entries()) {
    const place = [...key, index];
    const kind = isRecord(item) ? item.kind : undefined;
    if (kind === "ConfigMap") {
      configMap(item, place, tell);
      const name = isRecord(item) && isRecord(item.metadata) ? item.metadata.name : undefined;
      if (names.has(name)) tell([...place, "metadata", "name"], `is there twice: ${name}; write another`);
      if (ownConfigMaps.test(String(name))) {
        tell(
          [...place, "metadata", "name"],
          `is the name of one that is written here anyway: ${name}; write another`,
        );
      }
      names.add(name);
    } else {
      refuse(kind, place, tell);
    }
  }
};

function refuse(kind: unknown, key: SettingKey, tell: Tell): void {
  if (kind === "Secret") {
    tell(
      key,
      "is a Secret, and what it holds would stand in the manifests; make it by hand, or write below `secrets` where it comes from",
    );
  } else {
    const what = typeof kind === "string" ? `is a ${kind.slice(0, 63)}` : "has no kind";
    tell(key, `${what}, which is not taken: ${unnamed}`);
  }
}
