import {
  type AlloyConfig,
  argumentIn,
  type BlockSyntax,
  blockIn,
  type Component,
  literalIn,
  type Syntax,
  textOf,
} from "../alloy";
import { anyValue, either, nodeName, oneOf, regexp, type Values } from "./values";

/** The labels of some series, and what they may be. */
export type Labels = ReadonlyMap<string, Values>;

/** What a component refers to by attributes such as `output.logs`; by any, if none is named. */
export type References = (from: Component, ...attributes: readonly string[]) => readonly Component[];

/** What the components of a config refer to. */
export function referencesOf({ components, edges }: AlloyConfig): References {
  const own = new Map(
    components.map((component) => [component, edges.filter(({ from }) => from === component)]),
  );
  return (from, ...attributes) =>
    (own.get(from) ?? [])
      .filter(({ attribute }) => attributes.length === 0 || attributes.includes(attribute))
      .map(({ to }) => to);
}

/** The texts in a list, without what else is in it; undefined for what is no list. */
export function textsIn(value: Syntax | undefined): readonly string[] | undefined {
  if (value?.kind !== "list") return undefined;
  return value.items.flatMap((item) => textOf(item) ?? []);
}

/** The labels that a `discovery.relabel` leaves of the pods that it gets; undefined where it drops all. */
export function targetLabels(relabel: Component, references: References): Labels | undefined {
  const found = new Map(references(relabel).flatMap((to) => [...podLabels(to)]));
  const sources = relabel.block.body.blocks.flatMap(
    (rule) => textsIn(argumentIn(rule, "source_labels")) ?? [],
  );
  for (const label of sources) if (!found.has(label)) found.set(label, anyValue);
  const labels = relabeled(relabel.block, found);
  return labels && new Map([...labels].filter(([name]) => !name.startsWith("__")));
}

/** What a `discovery.kubernetes` lets through, by what it asks the API for. */
function podLabels({ block }: Component): Labels {
  const found = new Map<string, Values>([["__meta_kubernetes_pod_node_name", nodeName]]);
  const namespaces = textsIn(argumentIn(blockIn(block, "namespaces"), "names"));
  if (namespaces !== undefined) found.set("__meta_kubernetes_namespace", oneOf(...namespaces));
  const selector = literalIn(blockIn(block, "selectors"), "label");
  if (typeof selector !== "string") return found;
  for (const [, label = "", one, some] of selector.matchAll(
    /([\w./-]+)(?:\s*=\s*([\w.-]+)|\s+in\s+\(([^)]*)\))/g,
  )) {
    const values = one === undefined ? (some ?? "").split(",").map((text) => text.trim()) : [one];
    found.set(`__meta_kubernetes_pod_label_${label.replaceAll(/\W/g, "_")}`, oneOf(...values));
  }
  return found;
}

/**
 * What the `rule` blocks of a component make of labels, as Prometheus applies them, of values that are known or not.
 *
 * @returns undefined where they drop all such series
 */
export function relabeled(block: BlockSyntax, labels: Labels): Labels | undefined {
  let current: Labels | undefined = labels;
  for (const rule of block.body.blocks) {
    if (rule.name !== "rule") continue;
    current = apply(rule, current);
    if (current === undefined) return undefined;
  }
  // A label without a text is none.
  return new Map([...current].filter(([, values]) => values.kind !== "of" || values.texts.some(Boolean)));
}

function apply(rule: BlockSyntax, labels: Labels): Labels | undefined {
  const text = (name: string, otherwise: string) => {
    const value = literalIn(rule, name);
    return typeof value === "string" ? value : otherwise;
  };
  const action = text("action", "replace");
  const pattern = text("regex", "(.*)");
  const target = text("target_label", "");
  const matches = (value: string) => regexp(pattern)?.matches(value) ?? true;
  switch (action) {
    case "labeldrop":
      return new Map([...labels].filter(([name]) => !matches(name)));
    case "labelkeep":
      return new Map([...labels].filter(([name]) => matches(name)));
    case "labelmap":
      return new Map([...labels, ...mapped(labels, pattern, text("replacement", "$1"))]);
    case "keep":
    case "drop": {
      const joined = joinedSources(rule, labels);
      const isKept = (value: string) => matches(value) === (action === "keep");
      return joined === undefined || joined.some(isKept) ? labels : undefined;
    }
    case "replace":
      return new Map([...labels, [target, replaced(rule, labels, { pattern, target })]]);
    default:
      return target === "" ? labels : new Map([...labels, [target, anyValue]]);
  }
}

function mapped(labels: Labels, pattern: string, replacement: string) {
  const expression = regexp(pattern);
  return [...labels].flatMap(([name, values]): readonly (readonly [string, Values])[] => {
    if (expression?.matches(name) !== true) return [];
    const to = expand(name, pattern, replacement);
    if (values.kind !== "of" || !values.texts.includes("")) return [[to, values]];
    // Without a text there is no such label, and nothing is mapped.
    return [[to, either(oneOf(...values.texts.filter(Boolean)), labels.get(to) ?? oneOf(""))]];
  });
}

/** What a rule leaves in its target. */
function replaced(
  rule: BlockSyntax,
  labels: Labels,
  { pattern, target }: { readonly pattern: string; readonly target: string },
): Values {
  const before = labels.get(target) ?? oneOf("");
  const written = argumentIn(rule, "replacement");
  const literal = written === undefined ? "$1" : literalIn(rule, "replacement");
  const sources = textsIn(argumentIn(rule, "source_labels")) ?? [];
  const joined = joinedSources(rule, labels);
  const isAlways = pattern === "(.*)" || pattern === ".*";
  if (joined !== undefined) {
    const after = (value: string) =>
      // What depends on the node is any value.
      typeof literal === "string" ? oneOf(expand(value, pattern, literal)) : anyValue;
    return joined
      .map((value) => (regexp(pattern)?.matches(value) === true ? after(value) : before))
      .reduce(either);
  }
  if (typeof literal !== "string") return anyValue;
  if (!/\$/.test(literal)) return isAlways ? oneOf(literal) : either(oneOf(literal), before);
  const [only = ""] = sources;
  return literal === "$1" && isAlways && sources.length === 1 ? (labels.get(only) ?? anyValue) : anyValue;
}

/** How many values of labels are tried together. */
const mostTried = 64;

/** What the source labels of a rule may be together; undefined where that is not known. */
function joinedSources(rule: BlockSyntax, labels: Labels): readonly string[] | undefined {
  const sources = textsIn(argumentIn(rule, "source_labels")) ?? [];
  const separator = literalIn(rule, "separator");
  const between = typeof separator === "string" ? separator : ";";
  let joined: readonly string[] = [""];
  for (const [index, source] of sources.entries()) {
    const values = labels.get(source) ?? oneOf("");
    if (values.kind !== "of" || values.texts.length * joined.length > mostTried) return undefined;
    joined = joined.flatMap((text) =>
      values.texts.map((value) => (index === 0 ? value : `${text}${between}${value}`)),
    );
  }
  return joined;
}

/** A replacement with the groups that a text gives, as Go expands it. */
function expand(text: string, pattern: string, replacement: string): string {
  const matcher = regexp(pattern)?.matcher(text);
  if (matcher === undefined || !matcher.matches()) return "";
  const group = (name: string) => {
    const number = Number(name);
    if (Number.isInteger(number)) return number > matcher.groupCount() ? "" : (matcher.group(number) ?? "");
    return matcher.group(name) ?? "";
  };
  return replacement.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, plain?: string) =>
    whole === "$$" ? "$" : group(braced ?? plain ?? ""),
  );
}
