import { groupBy } from "../../lib/schema";
import type { Data } from "../../lib/testing";

/** What is where in a line, a record, a sample or a target. */
interface Fact {
  /** Such as `resource`; empty for what there is one of. */
  readonly group: string;
  readonly name: string;
  readonly value: string;
}

/** A change of some data. */
export type Change =
  | { readonly kind: "added"; readonly fact: Fact }
  | { readonly kind: "changed"; readonly fact: Fact; readonly before: string }
  | { readonly kind: "removed"; readonly group: string; readonly names: readonly string[] }
  /** What was in one group is in another, as it was. */
  | {
      readonly kind: "moved";
      readonly from: string;
      readonly to: string;
      readonly names: readonly string[];
    };

/** What differs between data, one by one, each difference once. What is dropped, and what nothing happened to, differs in nothing. */
export function changesBetween(before: Data, after: Data): readonly Change[] {
  const [all, others] = without(factsOf(before), factsOf(after));
  const seen = new Set<string>();
  return all
    .slice(0, others.length)
    .flatMap((facts, index) => changesOf(facts, others[index] ?? []))
    .filter((change) => {
      const key = JSON.stringify(change);
      return !seen.has(key) && seen.add(key);
    })
    .sort((one, other) => rank(one) - rank(other));
}

type Facts = readonly Fact[];

/** Two lists without what both of them have: where some lines are dropped, the others are as they were. */
function without(
  before: readonly Facts[],
  after: readonly Facts[],
): readonly [readonly Facts[], readonly Facts[]] {
  if (before.length === after.length) return [before, after];
  const left = before.map((facts) => JSON.stringify(facts));
  const others = after.filter((facts) => {
    const at = left.indexOf(JSON.stringify(facts));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [left.map((text): Facts => JSON.parse(text)), others];
}

const kinds = ["moved", "added", "changed", "removed"] as const;

/** Of several lines, their bodies stand together. */
function rank(change: Change): number {
  const isAlone = "fact" in change && change.fact.group === "";
  return kinds.indexOf(change.kind) * 2 + (isAlone ? 0 : 1);
}

/** The facts of each line, record, sample or target: by group, then by name. */
export function factsOf({ logs, samples, records, points, targets }: Data): readonly (readonly Fact[])[] {
  const ofLogs = logs.map(({ line, labels, metadata, timestamp, extracted }) => [
    fact("", "body", line),
    ...(timestamp === undefined ? [] : [fact("", "time", timestamp)]),
    ...facts("label", labels),
    ...facts("metadata", metadata),
    ...facts("extracted", extracted),
  ]);
  const ofRecords = records.map(
    ({ body = null, severityText, severityNumber, resource, attributes, timestamp }) => [
      fact("", "body", body),
      ...(timestamp === undefined ? [] : [fact("", "time", timestamp)]),
      ...(severityNumber === undefined && severityText === undefined
        ? []
        : [fact("", "severity", `${severityText ?? ""} (${severityNumber ?? 0})`.trimStart())]),
      ...facts("resource", resource),
      ...facts("attribute", attributes),
    ],
  );
  const ofSamples = samples.map(({ labels, value }) => [fact("", "value", value), ...facts("label", labels)]);
  const ofPoints = points.map(({ name, value, resource, attributes }) => [
    fact("", "value", value),
    ...facts("label", { __name__: name }),
    ...facts("resource", resource),
    ...facts("attribute", attributes),
  ]);
  return [...ofLogs, ...ofRecords, ...ofSamples, ...ofPoints, ...targets.map((one) => facts("label", one))];
}

function facts(group: string, values: Readonly<Record<string, unknown>> = {}): readonly Fact[] {
  return Object.keys(values)
    .filter((name) => values[name] !== null)
    .sort()
    .map((name) => fact(group, name, name === labelsHint ? sortedNames(values[name]) : values[name]));
}

/** The names of labels, which `otelcol.receiver.loki` writes in any order. */
const labelsHint = "loki.attribute.labels";

function sortedNames(names: unknown): string {
  return String(names).split(",").sort().join(",");
}

function fact(group: string, name: string, value: unknown): Fact {
  return { group, name, value: typeof value === "string" ? value : JSON.stringify(value) };
}

function changesOf(before: readonly Fact[], after: readonly Fact[]): readonly Change[] {
  const find = (all: readonly Fact[], { group, name }: Fact) =>
    all.find((one) => one.group === group && one.name === name);
  const gone = before.filter((one) => find(after, one) === undefined);
  const come = after.filter((one) => find(before, one) === undefined);
  const moves = gone.flatMap((from) => {
    const to = come.find(({ name, value }) => name === from.name && value === from.value);
    return to === undefined ? [] : [{ from, to }];
  });
  const isMoved = (one: Fact) => moves.some(({ from, to }) => from === one || to === one);
  const changed = after.flatMap((one): readonly Change[] => {
    const was = find(before, one);
    return was === undefined || was.value === one.value
      ? []
      : [{ kind: "changed", fact: one, before: was.value }];
  });
  return [
    ...[...groupBy(moves, ({ from, to }) => `${from.group} ${to.group}`).values()].map(
      (group): Change => ({
        kind: "moved",
        from: group[0]?.from.group ?? "",
        to: group[0]?.to.group ?? "",
        names: group.map(({ from }) => from.name),
      }),
    ),
    ...come.filter((one) => !isMoved(one)).map((one): Change => ({ kind: "added", fact: one })),
    ...changed,
    ...[
      ...groupBy(
        gone.filter((one) => !isMoved(one)),
        ({ group }) => group,
      ),
    ].map(([group, of]): Change => ({ kind: "removed", group, names: of.map(({ name }) => name) })),
  ];
}
