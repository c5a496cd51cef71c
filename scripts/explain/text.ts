import { lokiName } from "../../lib/contract";
import { visible } from "../pages/markdown";
import type { Paint } from "../plan/report/text";
import { type Change, factsOf } from "./changes";
import type { End, Explanation, Part, Way } from "./explain";

/** So many characters of a value are shown: the rest is counted. */
const mostShown = 160;

/** A row of a table: what is aligned with the rows around it. */
type Row = readonly string[];

/** An explanation, for a terminal. */
export function textOf({ environment, pod, lines, ways }: Explanation, paint: Paint): string {
  const what = lines.length === 1 ? "a line" : `${lines.length} lines`;
  const by = pod.controller === undefined ? "" : ` of ${pod.controller.kind} ${pod.controller.name}`;
  const head = `${environment}: ${what} of ${pod.namespace}/${pod.name}, container ${pod.container}${by}, on ${pod.node}`;
  const labels = [...pod.labels].map(([key, value]) => `${key}=${value}`);
  const told = labels.length === 0 ? [] : [`the pod's labels: ${labels.join(" ")}`];
  const body =
    ways.length === 0
      ? ["", "The config reads no logs of pods: no destination takes logs, or sources.logs is off."]
      : ways.flatMap((way) => wayLines(way, paint));
  return `${[paint(visible(head), "bold"), ...told.map(visible), ...body].join("\n")}\n`;
}

function wayLines({ parts, ends }: Way, paint: Paint): readonly string[] {
  const width = Math.max(...parts.map(({ component }) => component.length));
  const result = ends === undefined ? ["", "No line of it is read."] : endLines(ends, paint);
  return ["", ...parts.flatMap((part) => partLines(part, width, paint)), ...result];
}

function partLines(part: Part, width: number, paint: Paint): readonly string[] {
  const { component, says, changes, stages, next } = part;
  const isSilent = changes.length === 0 && stages.length === 0 && says === undefined;
  const beside = isSilent ? "changes nothing" : (says ?? "");
  const style = /^(drops|looks)/.test(beside) ? "-" : " ";
  const first = `${paint(component, "bold")}${beside === "" ? "" : " ".repeat(width - component.length + 2) + paint(visible(beside), style)}`;
  return [
    first,
    ...changeLines(changes, "  ", paint),
    ...stages.flatMap(({ name, depth, says: said, changes: own }) => {
      const indent = "  ".repeat(depth);
      return [
        `${indent}${visible(name)}${said === undefined ? "" : `  ${paint(said, "-")}`}`,
        ...changeLines(own, `${indent}  `, paint),
      ];
    }),
    ...(next.length === 0
      ? []
      : [`  goes on to ${next[0]}`, ...next.slice(1).map((one) => `             ${one}`)]),
  ];
}

function changeLines(changes: readonly Change[], indent: string, paint: Paint): readonly string[] {
  const rows = changes.map(rowOf);
  const lines = aligned(rows.map(({ cells }) => cells));
  return rows.map(({ sign }, index) => indent + paint(`${sign} ${lines[index]}`, sign));
}

function rowOf(change: Change): { readonly sign: "+" | "-" | "~"; readonly cells: Row } {
  switch (change.kind) {
    case "added":
      return {
        sign: "+",
        cells: [
          change.fact.group || change.fact.name,
          change.fact.group && change.fact.name,
          shown(change.fact.value),
        ],
      };
    case "changed": {
      const { group, name, value } = change.fact;
      // Lines have no time here before a stage finds one.
      const values = group === "" && name === "time" ? [value] : [change.before, value];
      return { sign: "~", cells: [group || name, group && name, values.map(shown).join(" → ")] };
    }
    case "removed":
      return { sign: "-", cells: [change.group, change.names.join(", ")] };
    case "moved":
      return { sign: "~", cells: [`${change.from} → ${change.to}`, change.names.join(", ")] };
  }
}

/** Destinations that get the same are said together. */
function endLines(ends: readonly End[], paint: Paint): readonly string[] {
  const groups = new Map<string, End[]>();
  for (const end of ends) {
    const key = JSON.stringify([factsOf(end.data), end.reason]);
    groups.set(key, [...(groups.get(key) ?? []), end]);
  }
  return [...groups.values()].flatMap((group) => {
    const names = group.map(({ name }) => name).join(", ");
    const verb = group.length === 1 ? "gets" : "get";
    const [first] = group;
    const all = first === undefined ? [] : factsOf(first.data);
    if (all.length === 0) {
      const why = first?.reason === undefined ? "" : `: ${first.reason}`;
      return ["", paint(`${names} ${verb} nothing`, "bold") + visible(why)];
    }
    return [
      "",
      paint(
        `${names} ${verb}${all.length === 1 ? "" : ` ${all.length} ${first?.data.logs.length === 0 ? "records" : "lines"}`}`,
        "bold",
      ),
      ...all.flatMap((facts, index) => [...(index === 0 ? [] : [""]), ...factLines(facts)]),
    ];
  });
}

/** What arrives, and what Loki makes of it unless it is told otherwise. */
function factLines(facts: ReturnType<typeof factsOf>[number]): readonly string[] {
  const rows = facts
    .filter(({ name, group }) => group !== "" || name !== "time")
    .map(({ group, name, value }): Row => {
      const isOtlp = group === "resource" || group === "attribute";
      if (!isOtlp) return [group || name, group && name, shown(value), ""];
      const { label, kind } = lokiName(name, group === "resource" ? "resource" : "line");
      return [group, name, shown(value), `${kind === "stream label" ? "label" : "metadata"} ${label}`];
    });
  const header: readonly Row[] = rows.some(([, , , loki]) => loki !== "") ? [["", "", "", "in Loki"]] : [];
  return aligned([...header, ...rows]).map((line) => `  ${line}`);
}

/** In columns. What is longer than all of a column should be does not widen it. */
function aligned(rows: readonly Row[]): readonly string[] {
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0).filter((length) => length <= 48)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        cell === "" && widths[column] === 0 ? "" : cell.padEnd((widths[column] ?? 0) + 2),
      )
      .join("")
      .trimEnd(),
  );
}

/** A value on one line, not too long. */
function shown(value: string): string {
  const text = visible(value.replaceAll("\n", "\\n").replaceAll("\t", "\\t"));
  return text.length <= mostShown ? text : `${text.slice(0, mostShown)}… (${value.length} characters)`;
}
