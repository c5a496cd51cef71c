import { type Manifest, mapAt } from "../../../lib/chart";
import { requiredByAnnotation } from "../../../lib/workload";
import type { Agent } from "../agent/agent";
import { type Line, type Statement, sentence } from "../statement";
import { hasRules } from "./alerts";
import { fileKind, type ObjectChange, type Objects, titleOf } from "./compare-manifests";
import type { FieldChange } from "./compare-objects";
import { fieldChangeLines } from "./field-lines";

/** What {@link objectStatements} takes. */
export interface ObjectChanges {
  readonly changes: readonly ObjectChange[];
  readonly before: Objects;
  readonly after: Objects;
  /** The agent: what changes in its config is told by components, not here. @default - none */
  readonly agent?: Agent | undefined;
  /** Whether what changes in rules is told by alerts, not here. */
  readonly alerts: boolean;
}

/** What objects come, go and change, field by field. */
export function objectStatements(all: ObjectChanges): readonly Statement[] {
  const { changes, before, after, agent, alerts } = all;
  const derived = changes.every(({ fields }) => fields.length > 0 && fields.every(isDerived))
    ? []
    : [requiredByPath];
  const removed = changes.flatMap(({ object, change }) =>
    change === "removed" ? (before.get(object) ?? []) : [],
  );
  return [
    ...changes.flatMap(({ object, change, fields }): readonly Statement[] => {
      const manifest = after.get(object) ?? before.get(object);
      const title = manifest === undefined ? object : shortTitle(manifest, agent);
      const sign = { added: "+", removed: "-", changed: "~" } as const;
      const of: Line = { sign: sign[change], text: title };
      if (change !== "changed") return [{ section: "Objects", of, about: "", lines: [] }];
      const isTold = ({ path }: FieldChange) =>
        alerts && manifest !== undefined && hasRules(manifest.content) && /^(spec\.)?groups\b/.test(path);
      const rules: Statement = {
        section: "Objects",
        of,
        about: "rules",
        lines: [{ sign: "~", text: "its rules: see Alerts" }],
      };
      const others = fields
        .filter((field) => !isTold(field))
        .map(
          (field): Statement => ({
            section: "Objects",
            of,
            about: `${field.path}${field.before === undefined ? "+" : field.after === undefined ? "-" : "~"}`,
            lines: derived.includes(field.path)
              ? [{ sign: "~", text: `${field.path}: follows` }]
              : fieldLines(field, manifest, agent),
          }),
        );
      return others.length < fields.length ? [rules, ...others] : others;
    }),
    ...pruned(removed),
  ];
}

/** The annotation that says which component wants what. The components and what they get are told already. */
const requiredByPath = `metadata.annotations[${JSON.stringify(requiredByAnnotation)}]`;

function isDerived({ path }: FieldChange): boolean {
  return path === requiredByPath;
}

/** Kind and name, and the namespace where it isn't the agent's. */
function shortTitle(manifest: Manifest, agent: Agent | undefined): string {
  const { kind, name, namespace } = manifest;
  return namespace === agent?.workload.namespace ? `${kind} ${name}` : titleOf(manifest);
}

function fieldLines(
  { path, before, after }: FieldChange,
  manifest: Manifest | undefined,
  agent: Agent | undefined,
) {
  const config = agent?.config;
  if (
    manifest?.kind === "ConfigMap" &&
    manifest.name === config?.configMap &&
    path === `data[${JSON.stringify(config.key)}]`
  ) {
    return [{ sign: "~", text: `${path}: see Config` } as const];
  }
  if (manifest?.kind === "Secret" && !/^(kind|type|apiVersion|metadata\.(name|namespace))$/.test(path)) {
    const what = before === undefined ? "is new" : after === undefined ? "is gone" : "has another value";
    return [{ sign: "~", text: `${path} ${what}` } as const];
  }
  return fieldChangeLines({ path, before, after });
}

/** What happens in the cluster to objects that the manifests no longer have. */
function pruned(removed: readonly Manifest[]): readonly Statement[] {
  const kept = removed.filter(isKept);
  const gone = removed.filter((manifest) => !isKept(manifest) && manifest.kind !== fileKind);
  const say = (about: string, text: string) => sentence("Objects", " ", about, text);
  return [
    ...(gone.length === 0
      ? []
      : [
          say(
            "pruned",
            "What is removed here, Argo CD and Flux prune. After kubectl apply it stays until it is deleted.",
          ),
        ]),
    ...(kept.length === 0
      ? []
      : [
          say(
            "kept",
            `${kept.map(titleOf).join(", ")} stays in the cluster: it is marked so that nothing prunes it.`,
          ),
        ]),
  ];
}

function isKept({ content }: Manifest): boolean {
  const annotations = mapAt(mapAt(content, "metadata"), "annotations");
  const options = annotations["argocd.argoproj.io/sync-options"];
  return (
    annotations["kustomize.toolkit.fluxcd.io/prune"] === "disabled" &&
    typeof options === "string" &&
    options.split(",").includes("Prune=false")
  );
}
