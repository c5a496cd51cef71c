import { nearest } from "../../lib/alloy";
import { canMeet, hasLabel, type Matcher, type Metric, type Values } from "../../lib/contract";
import { hasUnknown, regexpOf, withSign } from "./variables";

/** What is wrong at a place of a query, in one environment. */
export interface Finding {
  /** In the query. */
  readonly offset: number;
  /** A warning: the query works, but doesn't do what it seems to. */
  readonly severity: "error" | "warning";
  /** What it is of: the same in each environment, whose words may differ. */
  readonly about: string;
  readonly message: string;
  /** The query asks for another cluster, which is no mistake where it is meant for that. */
  readonly isOfCluster?: boolean;
}

/** A matcher as a query writes it. */
export interface WrittenMatcher extends Matcher {
  readonly offset: number;
}

/** A matcher whose variables may be anything of their kind. */
export function withAnything(matcher: WrittenMatcher): WrittenMatcher {
  if (!hasUnknown(matcher.value)) return matcher;
  const isRegexp = matcher.operator.endsWith("~");
  const operator = matcher.operator.startsWith("!") ? "!~" : "=~";
  return { ...matcher, operator, value: operator === "!~" ? "" : regexpOf(matcher.value, isRegexp) };
}

/** A matcher as it is written, but for its variables. */
export function shown({ label, operator, value }: Matcher): string {
  return `${label}${operator}"${withSign(value)}"`;
}

/** Whether series without the label meet a matcher. What a variable stands for is a text. */
export function takesMissing(matcher: Matcher): boolean {
  return !hasUnknown(matcher.value) && canMeet({ kind: "of", texts: [""] }, matcher);
}

/** Values in words: those that are known, or an example of what they look like. */
export function wordsOf(values: Values): string {
  if (values.kind === "of") {
    const shown = values.texts.filter(Boolean).slice(0, 8);
    return `is ${shown.join(" or ")}${values.texts.length > shown.length ? " or another" : ""}`;
  }
  if (values.kind === "any") return "may be anything";
  return values.rules
    .map(({ regexp, where, is, words }) => {
      if (words !== undefined) return words;
      return where === "whole"
        ? `is ${is ? "" : "not "}like ${regexp}`
        : `has ${is ? "" : "nothing like "}${regexp} in it`;
    })
    .join(", and ");
}

/** Values of the label that a matcher could have meant. */
export function nearestValue(value: string, values: readonly Values[]): string {
  const known = values.flatMap((one) => (one.kind === "of" ? one.texts : []));
  const found = nearest(value, known);
  return found === undefined ? "" : `; write ${found}`;
}

/** The metrics that matchers leave, and what is wrong where they leave none. */
export function selected<Of extends Pick<Metric, "labels">>(
  metrics: readonly Of[],
  matchers: readonly WrittenMatcher[],
  name: string,
): { readonly metrics: readonly Of[]; readonly findings: readonly Finding[] } {
  let left = metrics;
  const findings: Finding[] = [];
  for (const written of matchers) {
    const matcher = withAnything(written);
    if (matcher.label === "__name__") continue;
    if (takesMissing(written)) {
      if (written.operator.startsWith("!") && !left.some((metric) => hasLabel(metric, written.label))) {
        findings.push(lacking(left, written.label, name, written.offset, "warning"));
      }
      continue;
    }
    const { label, offset } = matcher;
    const having = left.filter((metric) => hasLabel(metric, label));
    if (having.length === 0) {
      findings.push(lacking(left, label, name, offset));
      continue;
    }
    const meeting = having.filter(({ labels }) => canMeet(labels.get(label) ?? { kind: "any" }, matcher));
    if (meeting.length > 0) {
      left = meeting;
      continue;
    }
    const values = having.flatMap(({ labels }) => labels.get(label) ?? []);
    const asked = shown(written);
    const words = [...new Set(values.map(wordsOf))].join(", or ");
    const message = `no ${name} has ${asked}: its ${label} ${words}${nearestValue(written.value, values)}`;
    const isOfCluster = label === "cluster";
    findings.push({
      offset,
      severity: "error",
      about: isOfCluster ? label : `${label} of ${name}`,
      message,
      isOfCluster,
    });
  }
  const isMissed = findings.some(({ severity }) => severity === "error");
  return { metrics: isMissed ? [] : left, findings };
}

/** The finding that series lack a label. */
export function lacking(
  metrics: readonly Pick<Metric, "labels">[],
  label: string,
  name: string,
  offset: number,
  severity: Finding["severity"] = "error",
): Finding {
  const known = [...new Set(metrics.flatMap(({ labels }) => [...labels.keys()]))].toSorted();
  const near = nearest(label, known);
  const hint = near === undefined ? `; it has ${known.join(", ")}` : `; write ${near}`;
  return { offset, severity, about: `${label} of ${name}`, message: `${name} has no label ${label}${hint}` };
}
