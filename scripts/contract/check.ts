import type { Contract } from "../../lib/contract";
import type { Diagnostic } from "../../lib/environment";
import type { Finding } from "./findings";
import type { LocatedText } from "./located-text";
import { checkLogql, isLogql } from "./logql";
import { checkPromql, mayHave } from "./promql";
import { type Query, queriesIn } from "./queries";

/** A text with queries, and the environments that it is for. */
export interface Reader {
  /** Its path, as it is shown. */
  readonly name: string;
  readonly text: string;
  readonly contracts: readonly Contract[];
}

/** What is said of files. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[];
  /** How many queries were looked at. */
  readonly queries: number;
  /** The readers that ask for nothing. */
  readonly silent: readonly Reader[];
  /** The names of metrics that others may send: nothing was said of them. */
  readonly unknown: readonly string[];
}

/** Checks what files ask against what environments send. What a rule in one of them makes, others may ask for. */
export function checkReaders(readers: readonly Reader[]): Report {
  const found = readers.map((reader) => ({ reader, ...queriesIn(reader.name, reader.text) }));
  const records = new Set(found.flatMap((one) => one.records));
  const unknown = new Set<string>();
  const diagnostics = found.flatMap(({ reader, queries, mistakes }) => [
    ...mistakes,
    ...queries.flatMap((query) => checkQuery(query, reader.contracts, records, unknown)),
  ]);
  return {
    diagnostics,
    queries: found.reduce((sum, { queries }) => sum + queries.length, 0),
    silent: found.flatMap(({ reader, queries, mistakes }) =>
      queries.length + mistakes.length === 0 ? [reader] : [],
    ),
    unknown: [...unknown].toSorted(),
  };
}

/** A finding, in the text that it is of. */
interface Placed extends Finding {
  readonly text: LocatedText;
}

function checkQuery(
  query: Query,
  contracts: readonly Contract[],
  records: ReadonlySet<string>,
  unknown: Set<string>,
): readonly Diagnostic[] {
  const all = contracts.map((contract) => ({
    contract,
    findings: findingsOf(query, contract, records, unknown),
  }));
  // What a query doesn't ask it can't break on.
  const asked = all.filter(({ findings }) => !findings.some(({ isOfCluster }) => isOfCluster));
  const relevant = asked.length > 0 ? asked : all;
  const groups = new Map<string, { readonly finding: Placed; readonly of: string[] }>();
  for (const { contract, findings } of relevant) {
    const seen = new Set<string>();
    for (const finding of findings) {
      const { line, column } = finding.text.at(finding.offset);
      // That clusters are others is said once.
      const key = finding.isOfCluster ? finding.about : `${line}:${column} ${finding.about}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const group = groups.get(key) ?? { finding, of: [] };
      group.of.push(contract.environment);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ finding, of }) => {
    const isOfAll = of.length === relevant.length;
    return {
      severity: isOfAll ? finding.severity : "warning",
      file: finding.text.file.name,
      ...finding.text.at(finding.offset),
      key: query.asker,
      message: isOfAll ? ofEvery(finding, contracts) : `${finding.message} (${ofSome(of, relevant.length)})`,
    };
  });
}

/** Where no cluster is asked for, all clusters are named that there are. */
function ofEvery({ message, isOfCluster }: Finding, contracts: readonly Contract[]): string {
  if (!isOfCluster || contracts.length === 1) return message;
  return `${message.split(": ")[0]} in any environment: clusters are ${contracts.map(({ cluster }) => cluster).join(", ")}`;
}

function ofSome(names: readonly string[], count: number): string {
  return `in ${names.length > 4 ? names.length : names.join(", ")} of ${count} environments`;
}

function findingsOf(
  query: Query,
  contract: Contract,
  records: ReadonlySet<string>,
  unknown: Set<string>,
): readonly Placed[] {
  const { text } = query;
  const { findings, labels, unchecked } = checkPromql(text.text, contract, records);
  const isPromql = findings.every(({ about }) => about !== "syntax");
  // Loki's rules look like those of Prometheus, and a source of data may be a variable.
  if (query.language === "logql" || (!isPromql && isLogql(text.text))) {
    return checkLogql(text.text, contract).map((finding) => ({ ...finding, text }));
  }
  for (const name of unchecked) unknown.add(name);
  return [
    ...findings.map((finding) => ({ ...finding, text })),
    // What is wrong with the query is wrong with its labels too.
    ...(labels === undefined || findings.some(({ severity }) => severity === "error")
      ? []
      : query.templates.flatMap((template) =>
          labelsNamed(template, labels, query.isRule ? "error" : "warning"),
        )),
  ];
}

/** Labels that a text names and the result lacks: `{{ $labels.node }}` of Prometheus, `{{node}}` of Grafana. */
function labelsNamed(
  template: LocatedText,
  labels: ReadonlySet<string>,
  severity: Finding["severity"],
): readonly Placed[] {
  const { text } = template;
  return [...text.matchAll(/\$labels\.(\w+)|\{\{\s*(\w+)\s*\}\}/g)].flatMap(
    ({ 1: ofRule, 2: ofLegend, index }) => {
      const label = ofRule ?? ofLegend ?? "";
      if (mayHave(labels, label) || ["__name__", "alertname"].includes(label)) return [];
      const known = [...labels].toSorted().join(", ");
      const message = `the result has no label ${label}${known === "" ? "" : `: it has ${known}`}`;
      return [{ offset: index, severity, about: `template ${label}`, message, text: template }];
    },
  );
}
