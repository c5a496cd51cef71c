import { parser } from "@grafana/lezer-logql";
import { nearest, unquote } from "../../lib/alloy";
import { type Contract, canMeet, ofEachLine } from "../../lib/contract";
import {
  type Finding,
  nearestValue,
  shown,
  takesMissing,
  type WrittenMatcher,
  withAnything,
  wordsOf,
} from "./findings";
import { childrenOf, type QueryNode, QueryText, syntaxMistake, walk } from "./syntax";
import { isUnknownName } from "./variables";

/** Stages that give lines labels of their own: from there on it is not known which there are. */
const parsers = new Set([
  "LabelParser",
  "LabelExtractionExpression",
  "LabelFormatExpr",
  "JsonExpressionParser",
  "LogfmtExpressionParser",
  "LogfmtParser",
]);

/** Whether a text is a query of LogQL. */
export function isLogql(text: string): boolean {
  return syntaxMistake(text, parser.parse(text).topNode, "LogQL") === undefined;
}

/** Checks a query of LogQL against what an environment sends. */
export function checkLogql(text: string, contract: Contract): readonly Finding[] {
  const { topNode } = parser.parse(text);
  const mistake = syntaxMistake(text, topNode, "LogQL");
  if (mistake !== undefined) return [mistake];
  const findings: Finding[] = [];
  let parsed = Number.POSITIVE_INFINITY;
  walk(topNode, ({ name, from }) => {
    if (parsers.has(name)) parsed = Math.min(parsed, from);
  });
  const check = new Check(new QueryText(text), contract, parsed, findings);
  check.visit(topNode, false);
  return findings;
}

class Check {
  constructor(
    private readonly text: QueryText,
    private readonly contract: Contract,
    /** Where the first parser is. What is behind it may be a label that it makes, and so may what is grouped by. */
    private readonly parsed: number,
    private readonly findings: Finding[],
  ) {}

  visit(node: QueryNode, isSelector: boolean): void {
    if (node.name === "Matcher") this.matcher(node, isSelector);
    if (node.name === "Grouping") {
      const isKnown = this.parsed === Number.POSITIVE_INFINITY;
      for (const part of isKnown ? childrenOf(node.getChild("Labels")) : []) {
        this.label(this.text.of(part), part.from, false);
      }
    }
    for (const child of childrenOf(node)) this.visit(child, isSelector || node.name === "Selector");
  }

  private matcher(node: QueryNode, isSelector: boolean): void {
    const [name, operator, value] = childrenOf(node);
    if (name === undefined || operator === undefined || value?.name !== "String") return;
    const written: WrittenMatcher = {
      label: this.text.of(name),
      operator: ({ Neq: "!=", Nre: "!~", Re: "=~" } as const)[operator.name] ?? "=",
      value: unquote(this.text.of(value)),
      offset: node.from,
    };
    const matcher = withAnything(written);
    if (takesMissing(written) || !this.label(matcher.label, node.from, isSelector)) return;
    const values = this.contract.logs.filter(({ label }) => label === matcher.label).map((one) => one.values);
    if (values.length === 0 || values.some((one) => canMeet(one, matcher))) return;
    const { label } = matcher;
    this.findings.push({
      offset: node.from,
      severity: "error",
      about: `${label} of logs`,
      isOfCluster: label === "cluster",
      message: `no value of ${label} meets ${shown(written)}: it ${values.map(wordsOf).join(", or ")}${nearestValue(written.value, values)}`,
    });
  }

  /** @returns whether logs have the label */
  private label(label: string, offset: number, isSelector: boolean): boolean {
    const { logs } = this.contract;
    const about = `${label} of logs`;
    const found = logs.find((one) => one.label === label);
    const isOfLine = !isSelector && (offset > this.parsed || ofEachLine.includes(label));
    if (isUnknownName(label) || (found === undefined && isOfLine)) return true;
    if (logs.length === 0) {
      this.findings.push({ offset, severity: "error", about, message: "no logs are sent" });
      return false;
    }
    if (found === undefined) {
      if (this.contract.hasMoreAttributes) return true;
      const near =
        nearest(
          label,
          logs.map((one) => one.label),
        ) ?? similar[label];
      const hint =
        near === undefined ? `: there are ${logs.map((one) => one.label).join(", ")}` : `; write ${near}`;
      this.findings.push({ offset, severity: "error", about, message: `logs have no ${label}${hint}` });
      return false;
    }
    if (isSelector && found.kind !== "stream label") {
      const message = `${label} is metadata of lines, unless Loki is told to make a label of streams of it; write | ${label}="..." behind the selector`;
      this.findings.push({ offset, severity: "warning", about, message });
    }
    return true;
  }
}

/** What other agents call what these send. */
const similar: Readonly<Record<string, string>> = {
  app: "service_name",
  container: "k8s_container_name",
  host: "host_name",
  hostname: "host_name",
  image: "k8s_container_image",
  instance: "service_instance_id",
  job: "service_name",
  namespace: "k8s_namespace_name",
  node: "host_name",
  node_name: "host_name",
  pod: "k8s_pod_name",
};
