import { stringify } from "yaml";
import type { Manifests } from "../../../lib/synthesis";
import { withIndex } from "../../../lib/synthesis";
import { environmentChange } from "../../../scripts/plan/environment-change";
import type { Section } from "../../../scripts/plan/statement";

/** An object of a manifest. */
export type Written = Readonly<Record<string, unknown>> & {
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** The parts of a pod in which a test is interested. */
export interface PodParts {
  readonly args?: readonly string[];
  readonly reloader?: readonly string[] | undefined;
  readonly volumes?: readonly object[];
  readonly mounts?: readonly object[];
  readonly spec?: object;
  readonly container?: object;
  readonly workload?: object;
}

const watching = ["--watched-dir=/etc/alloy", "--reload-url=http://localhost:12345/-/reload"];

/** An agent as the smallest manifests that make one. */
export function agent(config: string, parts: PodParts = {}): readonly Written[] {
  const { args = ["--storage.path=/data"], reloader = watching, volumes = [], mounts = [] } = parts;
  const configMount = { name: "config", mountPath: "/etc/alloy" };
  return [
    {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "alloy", namespace: "telemetry" },
      spec: {
        selector: { matchLabels: { app: "alloy" } },
        ...parts.workload,
        template: {
          metadata: { labels: { app: "alloy" } },
          spec: {
            automountServiceAccountToken: false,
            containers: [
              {
                name: "alloy",
                image: "alloy:v1",
                args: ["run", "/etc/alloy/config.alloy", ...args],
                volumeMounts: [configMount, ...mounts],
                ...parts.container,
              },
              ...(reloader.length === 0
                ? []
                : [{ name: "reloader", image: "r", args: reloader, volumeMounts: [configMount] }]),
            ],
            volumes: [{ name: "config", configMap: { name: "conf" } }, ...volumes],
            ...parts.spec,
          },
        },
      },
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "conf", namespace: "telemetry" },
      data: { "config.alloy": config },
    },
  ];
}

/** Storage on the node. */
export const onNode = (path = "/var/lib/alloy"): PodParts => ({
  volumes: [{ name: "storage", hostPath: { path } }],
  mounts: [{ name: "storage", mountPath: "/data" }],
});

export function files(objects: readonly Written[]): Manifests {
  return new Map(objects.map((object) => [`${object.kind}.${object.metadata.name}.yaml`, stringify(object)]));
}

/** The lines of a section of the plan of one environment. */
export function saidOf(
  section: Section,
  before: readonly Written[],
  after: readonly Written[],
): readonly string[] {
  const change = environmentChange("lab", withIndex(files(before)), files(after));
  return (change?.statements ?? []).flatMap((statement) =>
    statement.section === section
      ? [
          ...(statement.of === undefined ? [] : [`${statement.of.sign} ${statement.of.text}`]),
          ...statement.lines.map(({ sign, text }) => `${sign} ${text}`),
        ]
      : [],
  );
}
