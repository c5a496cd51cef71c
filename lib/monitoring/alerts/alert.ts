/** What an alert asks for: someone now, or a look in working hours. */
export type Severity = "critical" | "warning";

/** The sections of docs/outages.md, by the names that links have. */
export type OutageSection =
  | "where-data-waits-and-for-how-long"
  | "what-a-receiver-takes"
  | "when-a-queue-is-full"
  | "what-can-be-lost"
  | "memory"
  | "what-comes-twice";

/** An alert of an environment. */
export interface Alert {
  /** As rules and docs/alerts.md have it. */
  readonly name: string;
  readonly severity: Severity;
  /** In PromQL. */
  readonly expr: string;
  /** For how long that has to hold. @default - at once */
  readonly for?: string | undefined;
  /** Which of those with the same name it is. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** What is the matter, in a line. It may be a template of Prometheus. */
  readonly summary: string;
  /** What is lost meanwhile, or will be, and what is not. */
  readonly lost: string;
  /** Where that is told at length. */
  readonly outages: OutageSection;
}

/** A rule as Prometheus reads it. */
export interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A text as it is: in labels and annotations of a rule, braces begin a template of Prometheus. */
export function literal(text: string): string {
  return text.replaceAll("{{", '{{ "{{" }}');
}

/**
 * The rule of an alert.
 *
 * @param docs where the pages of this project are
 */
export function ruleOf(
  alert: Alert,
  { cluster, docs }: { readonly cluster: string; readonly docs: string },
): Rule {
  const { name, severity, expr, labels, summary, lost, outages } = alert;
  return {
    alert: name,
    expr,
    for: alert.for,
    labels: { severity, cluster: literal(cluster), ...labels },
    annotations: {
      summary,
      description: `Lost meanwhile: ${lost}`,
      runbook_url: `${docs}/alerts.md#${name.toLowerCase()}`,
      outages_url: `${docs}/outages.md#${outages}`,
    },
  };
}
