import type { FindBlock, PodsPeer } from "../schema/requirement";
import {
  attributeIn,
  type BlockSyntax,
  type BodySyntax,
  blocksIn,
  type Literal,
  literalOf,
  nameOf,
  type Syntax,
  textOf,
} from "../syntax/tree";
import { discoveredNamespaces } from "./kubernetes";
import { literal } from "./literals";

/** Where the data of a target is. */
export type Target =
  /** In the same process: the targets of an exporter. */
  | { readonly in: "process" }
  | { readonly in: "pods"; readonly pods: PodsPeer }
  /** A list's own map, whose labels are known as far as they are literals. */
  | { readonly in: "map"; readonly labels: ReadonlyMap<string, Literal | undefined>; readonly value: Syntax }
  /** What `discovery.relabel` makes of others. */
  | { readonly in: "relabelled"; readonly rules: readonly BodySyntax[]; readonly of: readonly Target[] }
  /** Files that `local.file_match` has found: what is needed of the node for them is its own. */
  | { readonly in: "matched" }
  /** Known to a running Alloy alone. */
  | { readonly in: "unknown"; readonly value: Syntax };

/** Functions that give all targets of their arguments. */
const joining: readonly (string | undefined)[] = ["array.concat", "concat"];

/** Finds the targets that an attribute stands for, through the components that discover and relabel them. */
export function targetsOf(value: Syntax, find: FindBlock): readonly Target[] {
  if (value.kind === "parentheses") return targetsOf(value.of, find);
  if (value.kind === "list") return value.items.flatMap((item) => targetsOf(item, find));
  if (value.kind === "map") {
    const labels = value.entries.map(([name, entry]) => [name, literalOf(entry)] as const);
    return [{ in: "map", labels: new Map(labels), value }];
  }
  if (value.kind === "call" && joining.includes(nameOf(value.function))) {
    return value.args.flatMap((arg) => targetsOf(arg, find));
  }
  const name = nameOf(value) ?? "";
  const block = find(name.slice(0, name.lastIndexOf(".")));
  return block === undefined ? [{ in: "unknown", value }] : discovered(block, value, find);
}

function discovered({ name, body }: BlockSyntax, value: Syntax, find: FindBlock): readonly Target[] {
  if (name.startsWith("prometheus.exporter.")) return [{ in: "process" }];
  if (name === "local.file_match") return [{ in: "matched" }];
  if (name === "discovery.kubernetes") {
    const pods = podsOf(body);
    return pods === undefined
      ? [{ in: "unknown", value }]
      : pods.map((one): Target => ({ in: "pods", pods: one }));
  }
  const targets = attributeIn(body, "targets");
  if (name === "discovery.relabel" && targets !== undefined) {
    const rules = blocksIn(body, "rule").map((rule) => rule.body);
    return [{ in: "relabelled", rules, of: targetsOf(targets, find) }];
  }
  return [{ in: "unknown", value }];
}

/** The roles that discover pods, or what stands before them. */
const rolesOfPods: readonly unknown[] = ["pod", "service", "endpoints", "endpointslice"];

/** The pods that a role discovers, or that stand behind what it discovers. A node is no pod. */
function podsOf(body: BodySyntax): readonly PodsPeer[] | undefined {
  const role = literal(body, "role");
  if (!rolesOfPods.includes(role)) return undefined;
  const labels = role === "pod" ? selectedLabels(body) : {};
  const namespaces = discoveredNamespaces(body);
  return namespaces === undefined
    ? [{ type: "pods", labels }]
    : namespaces.map((namespace) => ({ type: "pods", namespace, labels }));
}

/** The labels that a selector of pods asks for; none where it says more than a policy can. */
function selectedLabels(body: BodySyntax): PodsPeer["labels"] {
  const [selector, ...others] = blocksIn(body, "selectors").filter(
    (block) => literal(block.body, "role") === "pod",
  );
  const label = selector && textOf(attributeIn(selector.body, "label"));
  if (label === undefined || others.length > 0) return {};
  const labels: Record<string, readonly string[]> = {};
  for (const part of label.split(/,(?![^(]*\))/)) {
    const [, equal, value] = /^\s*([^\s=!,()]+)\s*==?\s*([^\s=!,()]*)\s*$/.exec(part) ?? [];
    const [, one, values] = /^\s*([^\s=!,()]+)\s+in\s+\(([^()]*)\)\s*$/.exec(part) ?? [];
    if (equal !== undefined && value !== undefined) labels[equal] = [value];
    if (one !== undefined && values !== undefined) labels[one] = values.split(",").map((text) => text.trim());
  }
  return labels;
}
