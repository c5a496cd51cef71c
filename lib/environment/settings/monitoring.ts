import * as z from "zod/mini";
import { type PlainSettings, type Report, type SettingKey, sectionOf } from "../../schema";
import { defaulted, labels, mistakes, oneOf, optional, section, text, worded } from "../schema/setting-types";
import type { Diagnostic } from "../yaml/diagnostic";
import type { EnvironmentSource } from "../yaml/source";
import type { AddressedDestination } from "./delivery";
import { signalsOf } from "./destination";

// The settings of the agent's own metrics, of alerts and of dashboards.

/** How much of what it counts the agent sends of itself. */
export const ownMetricsChoices = ["needed", "all", "none"] as const;

export const ownMetrics = defaulted(oneOf(ownMetricsChoices), "needed", {
  description:
    "The agent's own metrics that are sent to every destination of metrics: those that alerts and dashboards read, all, or none.",
});

/** What alerts are written as. */
const alertForms = ["file", "prometheus-rule", "none"] as const;

const folderUrl = /^https?:\/\/(?![^/]*@)[^\s?#]+[^\s?#/]$/;

function docsMistakes(url: string): readonly string[] {
  if (/^\w+:\/\/[^/]*@/.test(url)) {
    return ["holds credentials, which the alerts would show; write the URL without them"];
  }
  return folderUrl.test(url)
    ? []
    : ["is no URL of a folder; write one with https:// and without / at the end"];
}

export const alerts = section(
  {
    as: defaulted(oneOf(alertForms), "file", {
      description:
        "How the alerts of this environment are written: as a file of rules beside the manifests, alerts.rules, which kubectl doesn't apply; as a PrometheusRule, for the Prometheus Operator; or not at all.",
    }),
    labels: defaulted(
      labels(),
      {},
      { description: "The labels of the PrometheusRule, by which a Prometheus selects it." },
    ),
    docs: optional(
      worded(text().check(mistakes(docsMistakes), z.meta({ pattern: folderUrl.source })), "URL"),
      {
        description: "Where the folder docs of this project is published. Alerts link to its page alerts.md.",
        unset: "they name docs/alerts.md",
        example: "https://git.example.com/platform/aistore-alloy/blob/main/docs",
      },
    ),
  },
  "Alerts of what the agents count of themselves, and of what doesn't come.",
);

/** The alerts of an environment. */
export interface AlertSettings {
  readonly as: (typeof alertForms)[number];
  /** Of the PrometheusRule. */
  readonly labels: Readonly<Record<string, string>>;
  /** Where the pages of this project are published. */
  readonly docs?: string | undefined;
}

/** What dashboards are written as. */
const dashboardForms = ["config-map", "none"] as const;

export const dashboards = section(
  {
    as: defaulted(oneOf(dashboardForms), "none", {
      description:
        "How the dashboards of agents and of AIStore are written: as ConfigMaps in the agent's namespace, which the sidecar of Grafana finds by their labels; or not at all. As files to import they are in the folder dashboards of this project.",
    }),
    labels: defaulted(
      labels(),
      { grafana_dashboard: "1" },
      { description: "The labels of these ConfigMaps. The default is that of the charts of Grafana." },
    ),
  },
  "Dashboards of what the agents send, for Grafana.",
);

/** The dashboards of an environment. */
export interface DashboardSettings {
  readonly as: (typeof dashboardForms)[number];
  /** Of the ConfigMaps. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Labels are those of one form alone, and the pages are what alerts link to. */
export function checkMonitoringForms(settings: PlainSettings, report: Report): void {
  for (const [name, form] of [
    ["alerts", "prometheus-rule"],
    ["dashboards", "config-map"],
  ] as const) {
    const { as, labels } = sectionOf(settings, name);
    if (labels === undefined || as === form || report.has([name, "as"])) continue;
    report.add([name, "labels"], `has no effect without as: ${form}; write that too, or remove this`);
  }
  const { as, docs } = sectionOf(settings, "alerts");
  if (docs !== undefined && as === "none") {
    report.add(["alerts", "docs"], "has no effect with as: none; remove one of the two");
  }
}

/** What is asked for of metrics that go nowhere. */
export function monitoringNotices(
  settings: {
    readonly own_metrics: (typeof ownMetricsChoices)[number];
    readonly alerts: AlertSettings;
    readonly dashboards: DashboardSettings;
  },
  destinations: readonly AddressedDestination[],
  source: EnvironmentSource,
): readonly Diagnostic[] {
  if (destinations.some(({ destination }) => signalsOf(destination).includes("metrics"))) return [];
  const asked: readonly (readonly [SettingKey, boolean, string])[] = [
    [["own_metrics"], settings.own_metrics === "all", "to which they could go"],
    [["alerts", "as"], settings.alerts.as === "prometheus-rule", "by which alerts tell"],
    [["dashboards", "as"], settings.dashboards.as === "config-map", "which dashboards show"],
  ];
  return asked.flatMap(([key, isAsked, what]) =>
    isAsked
      ? [
          source.notice(
            key,
            `has no effect, as no destination takes metrics, ${what}; name one that does, or write none`,
          ),
        ]
      : [],
  );
}
