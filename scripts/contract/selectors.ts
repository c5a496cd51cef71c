import { nearest, unquote } from "../../lib/alloy";
import { type Contract, lacks, type Metric, recordOfName } from "../../lib/contract";
import { type Finding, selected, type WrittenMatcher } from "./findings";
import { childrenOf, type QueryNode, type QueryText } from "./syntax";
import { isUnknownName } from "./variables";

/** The selectors of a query of PromQL, held against the series that an environment sends. */
export class Selectors {
  /** The names of metrics that others may send. */
  readonly unchecked: string[] = [];
  /** The jobs of the environment. */
  private readonly jobs: ReadonlySet<string>;

  /**
   * @param records the names of metrics that rules make
   * @param findings gets what is the matter with them
   */
  constructor(
    private readonly text: QueryText,
    private readonly contract: Contract,
    private readonly records: ReadonlySet<string>,
    private readonly findings: Finding[],
  ) {
    const jobs = (contract.sent.get("target_info") ?? []).flatMap(({ labels }) => labels.get("job") ?? []);
    this.jobs = new Set(jobs.flatMap((values) => (values.kind === "of" ? values.texts : [])));
  }

  /** The metrics that a selector selects; undefined where they are not known, or there are none. */
  select(node: QueryNode): readonly Metric[] | undefined {
    const matchers = this.matchersOf(node);
    const name = this.nameOf(node, matchers);
    if (name === undefined) return undefined;
    if (lacks(this.contract, name) || this.isMissingOfJob(name, matchers)) {
      const offset = node.getChild("Identifier")?.from ?? node.from;
      this.findings.push(this.missing(name, offset), ...this.ofOtherCluster(matchers));
      return undefined;
    }
    const metrics = this.metricsOf(name, matchers);
    if (metrics === undefined) {
      this.unchecked.push(name);
      return undefined;
    }
    const found = selected(metrics, matchers, name);
    this.findings.push(...found.findings);
    return found.metrics.length > 0 ? found.metrics : undefined;
  }

  /** The metrics that a selector selects, whichever cluster it asks for. It adds no finding. */
  selectQuietly(node: QueryNode): readonly Metric[] {
    const matchers = this.matchersOf(node).filter(({ label }) => label !== "cluster");
    const name = this.nameOf(node, matchers);
    const metrics = name === undefined ? undefined : this.metricsOf(name, matchers);
    return metrics === undefined ? [] : selected(metrics, matchers, "").metrics;
  }

  /** The metric that a selector names; undefined where that is not known, or a rule makes it. */
  private nameOf(node: QueryNode, matchers: readonly WrittenMatcher[]): string | undefined {
    const identifier = node.getChild("Identifier");
    const quoted = node.getChild("LabelMatchers")?.getChild("QuotedLabelName");
    const named = matchers.find(({ label, operator }) => label === "__name__" && operator === "=");
    const name = identifier
      ? this.text.of(identifier)
      : quoted
        ? unquote(this.text.of(quoted))
        : named?.value;
    return name === undefined || isUnknownName(name) || this.records.has(name) ? undefined : name;
  }

  private metricsOf(name: string, matchers: readonly WrittenMatcher[]): readonly Metric[] | undefined {
    return this.isOurs(name, matchers) ? this.contract.sent.get(name) : undefined;
  }

  /** A name that is everybody's, such as `process_cpu_seconds_total`, where a query asks for it of a job of ours. */
  private isMissingOfJob(name: string, matchers: readonly WrittenMatcher[]): boolean {
    const { sent, missing } = this.contract;
    return !sent.has(name) && missing.has(name) && this.isOurs(name, matchers);
  }

  /** Names such as `up` are everybody's: they are ours where a query asks for jobs of ours alone. */
  private isOurs(name: string, matchers: readonly WrittenMatcher[]): boolean {
    if (recordOfName(name) !== undefined) return true;
    const asked = matchers.find(({ label }) => label === "job");
    if (asked === undefined || asked.operator.startsWith("!")) return false;
    return (asked.operator === "=" ? [asked.value] : asked.value.split("|")).every((job) =>
      this.jobs.has(job),
    );
  }

  /** The finding that a query asks for another cluster than the environment's. */
  private ofOtherCluster(matchers: readonly WrittenMatcher[]): readonly Finding[] {
    const labels = new Map([["cluster", { kind: "of", texts: [this.contract.cluster] }]] as const);
    const asked = matchers.filter(({ label }) => label === "cluster");
    return selected([{ labels }], asked, "metric").findings;
  }

  private missing(name: string, offset: number): Finding {
    const { sent, missing } = this.contract;
    const record = recordOfName(name);
    const why = missing.get(name);
    const stem = name.replace(/_[a-z]+$/, "_");
    const alike = [...sent.keys()].filter((one) => one.startsWith(stem)).toSorted();
    // To compare a name with all of them takes its time, and those of other kinds are not meant.
    const [kind = ""] = /^[a-z]+_[a-z]*/.exec(name) ?? [];
    const related = [...sent.keys()].filter((one) => one.startsWith(kind.slice(0, -1)));
    const near = alike.length > 0 && alike.length <= 6 ? alike.join(" or ") : nearest(name, related);
    const whose = record === undefined ? "" : ` (${record.title} ${record.version.split(" ")[0]})`;
    const message =
      why === undefined
        ? `nothing sends ${name}${whose}${near === undefined ? "" : `; write ${near}`}`
        : `nothing sends ${name}: ${why}`;
    return { offset, severity: "error", about: name, message };
  }

  private matchersOf(node: QueryNode): readonly WrittenMatcher[] {
    return childrenOf(node.getChild("LabelMatchers") ?? node).flatMap((matcher) => {
      const [label, operator, value] = childrenOf(matcher);
      if (label === undefined || operator?.name !== "MatchOp" || value === undefined) return [];
      return [
        {
          label: this.text.label(label),
          operator: operatorOf(this.text.of(operator)),
          value: unquote(this.text.of(value)),
          offset: matcher.from,
        },
      ];
    });
  }
}

function operatorOf(text: string): WrittenMatcher["operator"] {
  return text === "!=" || text === "=~" || text === "!~" ? text : "=";
}
