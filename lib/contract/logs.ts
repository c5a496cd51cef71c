import { type AlloyConfig, argumentIn, type BlockSyntax, type Component } from "../alloy";
import { type Labels, type References, referencesOf, targetLabels, textsIn } from "./relabeling";
import { anyValue, either, oneOf, regexp, type Values } from "./values";

/** An attribute of a log, and what Loki makes of it by default. */
export interface LogAttribute {
  readonly name: string;
  /** Of the resource, which is the container, or of the line. */
  readonly of: "resource" | "line";
  /** As queries name it. */
  readonly label: string;
  /** A label of a stream, by which streams are selected, or metadata of a line, by which lines are filtered. */
  readonly kind: "stream label" | "structured metadata";
  readonly values: Values;
}

/**
 * The resource attributes of which Loki makes labels of streams, unless it is told others.
 * Source: github.com/grafana/loki/v3 v3.7.1, pkg/loghttp/push/otlp_config.go, read.
 */
const streamLabels = new Set([
  "cloud.availability_zone",
  "cloud.region",
  "container.name",
  "deployment.environment",
  "deployment.environment.name",
  "k8s.cluster.name",
  "k8s.container.name",
  "k8s.cronjob.name",
  "k8s.daemonset.name",
  "k8s.deployment.name",
  "k8s.job.name",
  "k8s.namespace.name",
  "k8s.pod.name",
  "k8s.replicaset.name",
  "k8s.statefulset.name",
  "service.instance.id",
  "service.name",
  "service.namespace",
]);

/** What Loki says of each line that comes by OTLP, besides its attributes. Source: the same module, read. */
export const ofEachLine = [
  "detected_level",
  "flags",
  "observed_timestamp",
  "scope_name",
  "scope_version",
  "severity_number",
  "severity_text",
  "span_id",
  "trace_id",
];

/** What Loki makes of an attribute by default. */
export function lokiName(name: string, of: LogAttribute["of"]): Pick<LogAttribute, "label" | "kind"> {
  return {
    label: name.replaceAll(/[^a-zA-Z0-9_]/g, "_"),
    kind: of === "resource" && streamLabels.has(name) ? "stream label" : "structured metadata",
  };
}

/** The attributes of the logs that a config sends; none where it sends none. */
export function logAttributesOf(config: AlloyConfig): readonly LogAttribute[] {
  const source = config.components.find(({ definition }) => definition.name === "loki.source.kubernetes");
  if (source === undefined) return [];
  const references = referencesOf(config);
  const state = new Attributes(labelsOf(source, references));
  for (const component of onTheWay(source, references)) state.pass(component);
  return state.all();
}

/** The labels of a container's log, and those that `loki.source.kubernetes` gives it. */
function labelsOf(source: Component, references: References): Labels {
  const [targets] = references(source, "targets");
  if (targets === undefined) return new Map();
  return new Map([
    ...(targetLabels(targets, references) ?? []),
    ["instance", anyValue],
    ["job", oneOf(source.address)],
  ]);
}

/** The components that logs pass, in the order of one way. */
function onTheWay(source: Component, references: References): ReadonlySet<Component> {
  const passed = new Set([source]);
  // A set that grows while it is gone through is gone through to its end.
  for (const component of passed) {
    for (const to of references(component, "forward_to", "output.logs")) passed.add(to);
  }
  return passed;
}

const path = String.raw`(resource|log)\.attributes\["([^"]+)"\]`;
const setConstant = new RegExp(String.raw`^set\(${path}, ("(?:[^"\\]|\\.)*")\)`);
const setOther = new RegExp(String.raw`^set\(${path}, ${path}\)`);
const deleteOne = /^delete_key\((resource|log)\.attributes, "([^"]+)"\)$/;
const deleteMatching = /^delete_matching_keys\((resource|log)\.attributes, ("(?:[^"\\]|\\.)*")\)$/;

/** What statements of OTTL make of the attributes of lines and their resources. What they may do, they do. */
class Attributes {
  private readonly resource = new Map<string, Values>();
  private readonly log: Map<string, Values>;

  constructor(labels: Labels) {
    this.log = new Map(labels);
  }

  pass({ definition, block }: Component): void {
    if (definition.name === "otelcol.processor.groupbyattrs") this.group(block);
    if (definition.name !== "otelcol.processor.transform") return;
    for (const inside of block.body.blocks) {
      if (inside.name !== "log_statements") continue;
      for (const statement of textsIn(argumentIn(inside, "statements")) ?? []) this.apply(statement);
    }
  }

  all(): readonly LogAttribute[] {
    const of = (attributes: ReadonlyMap<string, Values>, where: LogAttribute["of"]) =>
      [...attributes].map(([name, values]) => ({
        name,
        of: where,
        ...lokiName(name, where),
        values,
      }));
    return [...of(this.resource, "resource"), ...of(this.log, "line")].toSorted((one, other) =>
      one.label < other.label ? -1 : 1,
    );
  }

  private group(block: BlockSyntax): void {
    for (const key of textsIn(argumentIn(block, "keys")) ?? []) {
      const values = this.log.get(key);
      if (values === undefined) continue;
      this.resource.set(key, values);
      this.log.delete(key);
    }
  }

  private apply(statement: string): void {
    const [, target, key = "", text] = setConstant.exec(statement) ?? [];
    if (text !== undefined) this.set(target, key, oneOf(String(JSON.parse(text))));
    const [, into, name = "", from, other = ""] = setOther.exec(statement) ?? [];
    const values = from === undefined ? undefined : this.of(from).get(other);
    if (values !== undefined) this.set(into, name, values);
    const [, at, one] = deleteOne.exec(statement) ?? [];
    if (one !== undefined) this.of(at).delete(one);
    const [, place, pattern] = deleteMatching.exec(statement) ?? [];
    if (pattern === undefined) return;
    const expression = regexp(String(JSON.parse(pattern)));
    for (const attribute of this.of(place).keys()) {
      if (expression?.matcher(attribute).find()) this.of(place).delete(attribute);
    }
  }

  private set(target: string | undefined, key: string, values: Values): void {
    const before = this.of(target).get(key);
    this.of(target).set(key, before === undefined ? values : either(before, values));
  }

  private of(target: string | undefined): Map<string, Values> {
    return target === "log" ? this.log : this.resource;
  }
}
