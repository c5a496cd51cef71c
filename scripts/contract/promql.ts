import { parser } from "@prometheus-io/lezer-promql";
import { nearest, unquote } from "../../lib/alloy";
import { type Contract, type Metric, secondsOf } from "../../lib/contract";
import type { Finding } from "./findings";
import { Selectors } from "./selectors";
import { childrenOf, type QueryNode, QueryText, syntaxMistake } from "./syntax";
import { isUnknownName, unknownTime } from "./variables";

/** The labels of a result; undefined where they are not known. A name that ends in `*` stands for all that begin so. */
type Shape = ReadonlySet<string> | undefined;

/** What is the matter with a query in an environment, and the labels of its result. */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly labels: Shape;
  /** The names of metrics that others may send. */
  readonly unchecked: readonly string[];
}

/** Functions that need two samples to say anything. */
const ofTwoSamples = new Set(["delta", "deriv", "idelta", "increase", "irate", "predict_linear", "rate"]);

/** Functions whose result has no labels. */
const withoutLabels = new Set(["pi", "scalar", "time", "vector"]);

/** Functions whose result may have other labels than what they are given. */
const ofOtherLabels = new Set(["absent", "absent_over_time", "info"]);

/** Aggregations whose result has the labels of what they are given. */
const ofSame = new Set(["bottomk", "limit_ratio", "limitk", "topk"]);

/**
 * Checks a query of PromQL against what an environment sends.
 *
 * @param records the names of metrics that rules make
 */
export function checkPromql(text: string, contract: Contract, records: ReadonlySet<string>): Checked {
  const tree = parser.parse(text);
  const mistake = syntaxMistake(text, tree.topNode, "PromQL");
  if (mistake !== undefined) return { findings: [mistake], labels: undefined, unchecked: [] };
  const findings: Finding[] = [];
  const query = new QueryText(text);
  const selectors = new Selectors(query, contract, records, findings);
  const [expression] = childrenOf(tree.topNode);
  const check = new Check(query, selectors, findings);
  const labels = expression === undefined ? undefined : check.shapeOf(expression);
  return { findings, labels, unchecked: selectors.unchecked };
}

class Check {
  constructor(
    private readonly text: QueryText,
    private readonly selectors: Selectors,
    private readonly findings: Finding[],
  ) {}

  shapeOf(node: QueryNode): Shape {
    switch (node.name) {
      case "VectorSelector":
        return shapeOfMetrics(this.selectors.select(node));
      case "MatrixSelector":
      case "OffsetExpr":
      case "ParenExpr":
      case "StepInvariantExpr":
      case "SubqueryExpr":
      case "UnaryExpr":
        return this.shapeOfFirst(childrenOf(node).filter(isExpression));
      case "FunctionCall":
        return this.call(node);
      case "AggregateExpr":
        return this.aggregate(node);
      case "BinaryExpr":
        return this.binary(node);
      case "NumberDurationLiteral":
      case "StringLiteral":
        return new Set();
      default:
        return undefined;
    }
  }

  private shapeOfFirst([first]: readonly QueryNode[]): Shape {
    return first === undefined ? undefined : this.shapeOf(first);
  }

  private call(node: QueryNode): Shape {
    const name = this.text.of(node.getChild("FunctionIdentifier") ?? node);
    const args = childrenOf(node.getChild("FunctionCallBody") ?? node).filter(isExpression);
    const shapes = args.map((arg) => this.shapeOf(arg));
    if (ofTwoSamples.has(name)) for (const arg of args) this.checkRange(name, arg);
    if (withoutLabels.has(name)) return new Set();
    if (ofOtherLabels.has(name)) return undefined;
    const strings = args.map((arg) =>
      arg.name === "StringLiteral" ? unquote(this.text.of(arg)) : undefined,
    );
    if (name === "label_replace") return this.replaced(args, shapes[0], strings[1], strings[3]);
    if (name === "label_join") return this.replaced(args, shapes[0], strings[1], ...strings.slice(3));
    const [shape] = name === "histogram_quantile" || name.startsWith("quantile") ? shapes.slice(1) : shapes;
    return name === "histogram_quantile" && shape !== undefined
      ? new Set([...shape].filter((one) => one !== "le"))
      : shape;
  }

  /** What `label_replace` and `label_join` make. */
  private replaced(
    args: readonly QueryNode[],
    shape: Shape,
    target: string | undefined,
    ...sources: readonly (string | undefined)[]
  ): Shape {
    if (shape === undefined || target === undefined) return undefined;
    for (const [index, source] of sources.entries()) {
      if (source === undefined || source === "" || isUnknownName(source) || mayHave(shape, source)) continue;
      this.reportLacking(shape, source, args[index + 3]?.from ?? 0);
    }
    return new Set([...shape, target]);
  }

  private checkRange(name: string, arg: QueryNode): void {
    const matrix = arg.name === "MatrixSelector" ? arg : arg.getChild("MatrixSelector");
    const duration = matrix?.getChild("DurationExpr");
    const selector = matrix?.getChild("VectorSelector");
    if (duration == null || selector == null) return;
    const written = this.text.of(duration);
    const seconds = written === unknownTime ? undefined : secondsOf(written);
    if (seconds === undefined) return;
    const metrics = this.selectors.selectQuietly(selector);
    const interval = Math.min(...metrics.map((metric) => metric.interval));
    if (metrics.length === 0 || seconds >= 2 * interval) return;
    this.findings.push({
      offset: duration.from,
      severity: "error",
      about: `${name} over ${written}`,
      message: `${name} takes two samples, and ${written} has ${seconds < interval ? "none or one" : "one, and two at times"}: it is scraped every ${interval}s; write [${inMinutes(4 * interval)}]`,
    });
  }

  private aggregate(node: QueryNode): Shape {
    const name = this.text.of(node.getChild("AggregateOp") ?? node);
    const args = childrenOf(node.getChild("FunctionCallBody") ?? node).filter(isExpression);
    const shape = args.map((arg) => this.shapeOf(arg)).at(-1);
    const modifier = node.getChild("AggregateModifier");
    const isBy = modifier?.getChild("By") != null;
    const labels = this.labelsIn(modifier);
    if (shape === undefined) {
      const isSaid = isBy && !ofSame.has(name) && !labels.some(({ label }) => isUnknownName(label));
      return isSaid ? namesOf(labels) : undefined;
    }
    for (const { label, offset } of labels) {
      if (isUnknownName(label) || label === "__name__" || mayHave(shape, label)) continue;
      this.reportLacking(shape, label, offset, isBy ? "error" : "warning");
    }
    if (ofSame.has(name)) return shape;
    if (labels.some(({ label }) => isUnknownName(label))) return undefined;
    if (name === "count_values") return undefined;
    if (modifier === null) return new Set();
    const listed = namesOf(labels);
    return isBy ? listed : new Set([...shape].filter((label) => !listed.has(label)));
  }

  private binary(node: QueryNode): Shape {
    const [left, right] = childrenOf(node).filter(isExpression);
    if (left === undefined || right === undefined) return undefined;
    const [one, other] = [this.shapeOf(left), this.shapeOf(right)];
    this.checkUpIsZero(node, left, right);
    if (isScalar(left)) return isScalar(right) ? new Set() : other;
    if (isScalar(right)) return one;
    const clause = node.getChild("MatchingModifierClause");
    const isOn = clause?.getChild("On") != null;
    const labels = this.labelsIn(clause, 0);
    if (isOn) this.checkOn(labels, [one, other]);
    const isSet = ["And", "Or", "Unless"].find((operator) => node.getChild(operator) !== null);
    if (isSet === "Or") return one && other && new Set([...one, ...other]);
    if (isSet !== undefined) return one;
    const isLeft = clause?.getChild("GroupLeft") != null;
    if (isLeft || clause?.getChild("GroupRight") != null) {
      const [many, few] = isLeft ? [one, other] : [other, one];
      const added = this.labelsIn(clause, 1);
      if (few !== undefined) {
        for (const { label, offset } of added) {
          if (!isUnknownName(label) && !mayHave(few, label)) this.reportLacking(few, label, offset);
        }
      }
      return many && new Set([...many, ...namesOf(added)]);
    }
    if (isOn) return namesOf(labels);
    return one === undefined
      ? undefined
      : new Set([...one].filter((label) => clause === null || !namesOf(labels).has(label)));
  }

  /** Checks the labels of `on`, by which series are matched: both sides have to have them. */
  private checkOn(labels: readonly WrittenLabel[], shapes: readonly Shape[]): void {
    for (const { label, offset } of labels) {
      if (isUnknownName(label) || label === "__name__") continue;
      const without = shapes.find((shape) => shape !== undefined && shape.size > 0 && !mayHave(shape, label));
      if (without !== undefined) this.reportLacking(without, label, offset);
    }
  }

  /** An exporter that is a part of the agent is never away while the agent can say so. */
  private checkUpIsZero(node: QueryNode, left: QueryNode, right: QueryNode): void {
    const isZero = node.getChild("Eql") !== null && this.text.of(right) === "0";
    const isBelow = node.getChild("Lss") !== null && this.text.of(right) === "1";
    const identifier = left.getChild("Identifier");
    if (!(isZero || isBelow) || identifier === null || this.text.of(identifier) !== "up") return;
    const metrics = this.selectors.selectQuietly(left);
    if (metrics.length === 0 || !metrics.every(({ isInAgent }) => isInAgent)) return;
    this.findings.push({
      offset: left.from,
      severity: "error",
      about: "up",
      message: `up is never 0 here: what is scraped is a part of the agent, which says nothing while it is away; write absent(${this.text.of(left)}), or count the nodes without it`,
    });
  }

  private labelsIn(node: QueryNode | null, index = 0): readonly WrittenLabel[] {
    const groups = childrenOf(node).filter(({ name }) => name === "GroupingLabels");
    return childrenOf(groups[index]).map((part) => ({ label: this.text.label(part), offset: part.from }));
  }

  private reportLacking(
    shape: ReadonlySet<string>,
    label: string,
    offset: number,
    severity: Finding["severity"] = "error",
  ): void {
    const known = [...shape].toSorted();
    const near = nearest(label, known);
    const hint =
      near === undefined ? (known.length === 0 ? "" : `: there are ${known.join(", ")}`) : `; write ${near}`;
    const message = `nothing here has a label ${label}${hint}`;
    this.findings.push({ offset, severity, about: `label ${label}`, message });
  }
}

function inMinutes(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

interface WrittenLabel {
  readonly label: string;
  readonly offset: number;
}

const expressions = new Set([
  "AggregateExpr",
  "BinaryExpr",
  "FunctionCall",
  "MatrixSelector",
  "NumberDurationLiteral",
  "OffsetExpr",
  "ParenExpr",
  "StepInvariantExpr",
  "StringLiteral",
  "SubqueryExpr",
  "UnaryExpr",
  "VectorSelector",
]);

function isExpression({ name }: QueryNode): boolean {
  return expressions.has(name);
}

function isScalar({ name }: QueryNode): boolean {
  return name === "NumberDurationLiteral" || name === "StringLiteral";
}

function shapeOfMetrics(metrics: readonly Metric[] | undefined): Shape {
  return metrics && new Set(metrics.flatMap(({ labels }) => [...labels.keys()]));
}

function namesOf(labels: readonly WrittenLabel[]): ReadonlySet<string> {
  return new Set(labels.map(({ label }) => label));
}

/** Whether a result has a label, or may have. */
export function mayHave(shape: ReadonlySet<string>, label: string): boolean {
  return (
    shape.has(label) || [...shape].some((one) => one.endsWith("*") && label.startsWith(one.slice(0, -1)))
  );
}
