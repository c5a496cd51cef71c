import { createHash } from "node:crypto";
import { App, Chart } from "cdk8s";
import { stringify } from "yaml";
import { definitions } from "../../imports/alloy/definitions";
import { type AlloyConfig, ConfigText, parse } from "../../lib/alloy";
import { agentContainer } from "../../lib/chart";
import type { Environment } from "../../lib/environment";
import { agentDashboard } from "../../lib/monitoring/dashboards/agents";
import { own as seriesOf } from "../../lib/monitoring/metrics/series";
import { alertsOf, ruleGroupsOf } from "../../lib/monitoring/rules";
import { AistorePipeline } from "../../lib/pipeline";
import { ownMetrics } from "../../lib/pipeline/sources/own-metrics";
import { newConfig } from "../alloy/new-config";
import { describeWithPromtool, type FiringAlert, type TestSeries } from "../engines/promtool";
import { fleet } from "../fleet/fleet";
import { environmentOf, pipelineOf } from "../pipeline/pipeline-of";
import { queriesOf } from "./dashboard-queries";
import { everyAlert } from "./every-alert";
import {
  aistore,
  exporter,
  healthySeries,
  hour,
  intake,
  kubeStateMetrics,
  type OwnLabels,
  ofNode,
  own,
} from "./healthy-series";

const mebibyte = 2 ** 20;

const environment = environmentOf(everyAlert);
const config = pipelineOf(everyAlert);
const sha256 = createHash("sha256").update(config.toString()).digest("hex");
const components = config.components.length;
const [group] = ruleGroupsOf(environment, config, agentContainer);

/** The configuration of an environment's agents. */
function pipeline(of: Environment): AlloyConfig {
  return new AistorePipeline(new Chart(new App(), "test"), "config", of, { namespace: "a", name: "b" });
}

/** The file of the rules, or of those with a name. */
function rulesOf(alert?: string): string {
  const rules = (group?.rules ?? []).filter((rule) => alert === undefined || rule.alert === alert);
  return stringify({ groups: [{ ...group, rules }] });
}

const healthy = healthySeries(environment, config);

/** Series with others in the place of those of the same metric and labels. */
function instead(...others: readonly TestSeries[]): readonly TestSeries[] {
  const isSame = (one: TestSeries) =>
    others.some(
      ({ metric, labels }) =>
        metric === one.metric && Object.entries(labels).every(([name, value]) => one.labels[name] === value),
    );
  return [...healthy.filter((one) => !isSame(one)), ...others];
}

/** Series without those of a metric that have some labels. */
function without(labels: TestSeries["labels"], metric?: string): readonly TestSeries[] {
  return healthy.filter(
    (one) =>
      (metric !== undefined && one.metric !== metric) ||
      !Object.entries(labels).every(([name, value]) => one.labels[name] === value),
  );
}

interface Case {
  readonly alert: string;
  readonly series: readonly TestSeries[];
  /** @default 50m */
  readonly at?: string;
  /** The labels of the alert beside those of its rule, and what its templates say. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly destination?: string;
  readonly says: string;
  /** What is nearly the same, and no reason. */
  readonly quiet: readonly TestSeries[];
}

const lost = "_x90 500x30";
const cases: readonly Case[] = [
  {
    alert: "AlloyClusterSilent",
    series: without({ job: "integrations/alloy" }),
    labels: { namespace: "monitoring", job: "integrations/alloy" },
    says: "No agent of east sends metrics.",
    quiet: without({ node: "n2" }),
  },
  {
    alert: "AlloyNodeWithoutAgent",
    series: without({ job: "integrations/alloy", node: "n2" }),
    labels: { node: "n2" },
    says: "Nothing comes from an agent of n2.",
    // Without the node.
    quiet: without({ node: "n2" }),
  },
  {
    alert: "AIStoreSilent",
    series: instead({ metric: "up", labels: aistore, values: `0${hour}` }),
    says: "No proxy or target of AIStore ais in namespace ais gives metrics.",
    quiet: [
      ...healthy,
      { metric: "up", labels: { ...aistore, instance: "10.0.0.8:51081" }, values: `0${hour}` },
    ],
  },
  {
    alert: "KubeStateMetricsMissing",
    series: without({ job: "kube-state-metrics" }, "up"),
    says: "No kube-state-metrics of east gives metrics.",
    quiet: instead({ metric: "up", labels: kubeStateMetrics, values: "1x100 0x20" }),
  },
  {
    alert: "KubeStateMetricsDoubled",
    series: [
      ...healthy,
      {
        metric: "kube_node_info",
        labels: { ...kubeStateMetrics, instance: "10.0.0.8:8080", node: "n1" },
        values: `1${hour}`,
      },
    ],
    says: "2 kube-state-metrics of east tell of the same nodes.",
    // A shard has other nodes.
    quiet: [
      ...healthy,
      {
        metric: "kube_node_info",
        labels: { ...kubeStateMetrics, instance: "10.0.0.8:8080", node: "n3" },
        values: `1${hour}`,
      },
    ],
  },
  {
    alert: "AlloyDestinationNotReached",
    destination: "logs to archive",
    series: instead(
      own(
        "otelcol_exporter_queue_size",
        { ...exporter("archive_logs"), data_type: "logs" },
        "0x40 1000+1000x80",
      ),
      own("otelcol_exporter_sent_log_records_total", exporter("archive_logs"), "0+100x40 4000x80"),
    ),
    says: "Nodes that have logs to archive to send, and have sent none for 15 minutes: 1.",
    quiet: instead(
      own(
        "otelcol_exporter_queue_size",
        { ...exporter("archive_logs"), data_type: "logs" },
        "0x40 1000+1000x80",
      ),
    ),
  },
  {
    alert: "AlloyDestinationNotReached",
    destination: "metrics to vendor",
    series: instead(
      own(
        "otelcol_exporter_queue_size",
        { ...exporter("vendor_metrics"), data_type: "metrics" },
        `1000${hour}`,
      ),
      own("otelcol_exporter_sent_metric_points_total", exporter("vendor_metrics"), `4000${hour}`),
      own(
        "otelcol_exporter_queue_size",
        { ...exporter("vendor_metrics"), data_type: "metrics" },
        `1000${hour}`,
        "n2",
      ),
      own("otelcol_exporter_sent_metric_points_total", exporter("vendor_metrics"), `_${hour}`, "n2"),
    ),
    says: "Nodes that have metrics to vendor to send, and have sent none for 15 minutes: 2.",
    // It has nothing to send.
    quiet: instead(
      own("otelcol_exporter_queue_size", { ...exporter("vendor_metrics"), data_type: "metrics" }, `0${hour}`),
      own("otelcol_exporter_sent_metric_points_total", exporter("vendor_metrics"), `4000${hour}`),
    ),
  },
  {
    alert: "AlloyQueueFilling",
    destination: "logs to archive",
    at: "55m",
    // 440 MB of 512 MiB after 55 minutes, and 133 kB a second.
    series: instead(
      own("otelcol_exporter_queue_size", { ...exporter("archive_logs"), data_type: "logs" }, "0+4000000x120"),
    ),
    says: "A queue of logs to archive is 70 % full. The first one lasts 12m 6s at the rate of the last 15 minutes.",
    quiet: instead(
      own("otelcol_exporter_queue_size", { ...exporter("archive_logs"), data_type: "logs" }, "0+3000000x120"),
    ),
  },
  {
    alert: "AlloyLogsLate",
    destination: "logs to archive",
    series: instead(
      own(
        "otelcol_exporter_queue_size",
        { ...exporter("archive_logs"), data_type: "logs" },
        "0x60 536000000x60",
      ),
    ),
    says: "Nodes that read their logs late, as the queue of logs to archive is full and lines wait for room in it: 1.",
    quiet: instead(
      own(
        "otelcol_exporter_queue_size",
        { ...exporter("archive_logs"), data_type: "logs" },
        "0x60 500000000x60",
      ),
    ),
  },
  {
    alert: "AlloyDataDropped",
    destination: "logs to local",
    series: [
      ...healthy,
      own("otelcol_exporter_enqueue_failed_log_records_total", exporter("local_logs"), lost),
    ],
    says: "500 lines of logs to local were dropped in the last 15 minutes: their queue is full.",
    // That was long ago.
    quiet: [
      ...healthy,
      own("otelcol_exporter_enqueue_failed_log_records_total", exporter("local_logs"), `500${hour}`),
    ],
  },
  {
    alert: "AlloyDataDropped",
    destination: "metrics to local",
    series: [
      ...healthy,
      own("otelcol_exporter_enqueue_failed_metric_points_total", exporter("local_metrics"), `0+300${hour}`),
      own(
        "otelcol_exporter_enqueue_failed_metric_points_total",
        exporter("local_metrics"),
        `0+300${hour}`,
        "n2",
      ),
    ],
    says: "18k samples of metrics to local were dropped in the last 15 minutes: their queue is full.",
    quiet: [
      ...healthy,
      own("otelcol_exporter_enqueue_failed_metric_points_total", exporter("local_metrics"), `0${hour}`),
    ],
  },
  ...(["Unauthenticated", "PermissionDenied"] as const).map((error_type) => ({
    alert: "AlloyCredentialRefused",
    destination: "logs to archive",
    series: [...healthy, failed("archive_send", { error_permanent: "true", error_type })],
    labels: { error_type },
    says: `archive has refused 500 lines for good in the last 15 minutes: ${error_type}.`,
    quiet: [...healthy, failed("archive_send", { error_permanent: "true", error_type: "InvalidArgument" })],
  })),
  {
    alert: "AlloyDataRefused",
    destination: "logs to archive",
    series: [...healthy, failed("archive_send", { error_permanent: "true", error_type: "InvalidArgument" })],
    labels: { error_type: "InvalidArgument" },
    says: "archive has refused 500 lines for good in the last 15 minutes: InvalidArgument.",
    // It is sent again: by the first stage.
    quiet: [...healthy, failed("archive_send", { error_permanent: "false", error_type: "Unavailable" })],
  },
  {
    alert: "AlloyDataRefused",
    destination: "logs to local",
    series: [...healthy, failed("local_logs", { error_permanent: "true", error_type: "Unauthenticated" })],
    labels: { error_type: "Unauthenticated" },
    says: "local has refused 500 lines for good in the last 15 minutes: Unauthenticated.",
    quiet: [...healthy, failed("local_logs", { error_permanent: "false", error_type: "Unavailable" })],
  },
  {
    alert: "AlloyDataGivenUp",
    destination: "logs to archive",
    series: [...healthy, failed("archive_logs", { error_permanent: "false", error_type: "Unavailable" })],
    says: "500 lines of logs to archive were given up in the last 15 minutes, after 1h.",
    quiet: [...healthy, failed("archive_send", { error_permanent: "false", error_type: "Unavailable" })],
  },
  {
    alert: "AlloyMetricsRefused",
    series: [...healthy, own("otelcol_processor_refused_metric_points_total", intake, lost)],
    labels: { node: "n1", pod: "alloy-n1" },
    says: "The agent of n1 has refused 500 samples in the last 15 minutes, as it is short of memory.",
    quiet: [...healthy, own("otelcol_processor_refused_metric_points_total", intake, `500${hour}`)],
  },
  {
    alert: "AlloyMemoryNearLimit",
    series: instead(own("process_resident_memory_bytes", {}, `${1000 * mebibyte}${hour}`)),
    labels: ofNode("n1"),
    says: "The agent of n1 has 1000MiB of memory, near its limit.",
    quiet: instead(own("process_resident_memory_bytes", {}, `${900 * mebibyte}${hour}`)),
  },
  {
    alert: "AlloyConfigNotTaken",
    series: instead(own("alloy_config_last_load_successful", {}, "1x60 0x60")),
    labels: { node: "n1", pod: "alloy-n1" },
    says: "The agent of n1 has not taken its configuration.",
    quiet: instead(own("alloy_config_last_load_successful", {}, "1x60 0x4 1x60")),
  },
  {
    alert: "AlloyConfigNotTaken",
    // It has read what is committed, and runs what it ran before.
    series: instead(runs(components - 1)),
    labels: { node: "n1", pod: "alloy-n1" },
    says: "The agent of n1 has not taken its configuration.",
    // It has not read it yet. What is in a module counts by itself.
    quiet: [
      ...instead(runs(components - 1), own("alloy_config_hash", { sha256 }, "_x120", "n1")),
      own(
        "alloy_component_controller_running_components",
        { health_type: "healthy", controller_id: "foreach.volumes", controller_path: "/" },
        `3${hour}`,
        "n2",
      ),
      own("alloy_config_hash", { sha256: "another" }, `1${hour}`),
    ],
  },
  {
    alert: "AlloyConfigDrift",
    series: [...healthy, own("alloy_config_hash", { sha256: "another" }, `1${hour}`, "n2")],
    labels: { ...ofNode("n2"), sha256: "another" },
    says: "The agent of n2 has another configuration than the one that is committed.",
    // A rollout.
    quiet: [...healthy, own("alloy_config_hash", { sha256: "another" }, "1x40 stale", "n2")],
  },
  {
    alert: "AlloyComponentUnhealthy",
    series: [
      ...healthy,
      own("alloy_component_controller_running_components", { health_type: "exited" }, `2${hour}`),
    ],
    labels: { node: "n1", pod: "alloy-n1", health_type: "exited" },
    says: "Components of the agent of n1 that are exited: 2.",
    quiet: [
      ...healthy,
      own("alloy_component_controller_running_components", { health_type: "unhealthy" }, "1x60 0x60"),
    ],
  },
  {
    alert: "AlloyRestarts",
    series: instead(own("process_start_time_seconds", {}, "1000x80 2000x5 3000x5 4000x30")),
    labels: ofNode("n1"),
    says: "The agent of n1 has started 3 times in an hour.",
    quiet: instead(own("process_start_time_seconds", {}, "1000x80 2000x40")),
  },
];

function runs(count: number): TestSeries {
  return own("alloy_component_controller_running_components", { health_type: "healthy" }, `${count}${hour}`);
}

function failed(label: string, labels: OwnLabels): TestSeries {
  return own("otelcol_exporter_send_failed_log_records_total", { ...exporter(label), ...labels }, lost);
}

/** The alerts of the rules with a name, and maybe for one destination, as they fire. */
function firing({ alert, labels, destination, says }: Case): readonly FiringAlert[] {
  return (group?.rules ?? [])
    .filter(
      (rule) =>
        rule.alert === alert &&
        (destination === undefined || `${rule.labels.signal} to ${rule.labels.destination}` === destination),
    )
    .map((rule) => ({
      labels: { ...rule.labels, ...labels },
      annotations: { ...rule.annotations, summary: says },
    }));
}

test("what an agent runs are the components of its file, and not those inside of its modules", () => {
  const modules = newConfig();
  new ConfigText(modules, "text", {
    definitions,
    text: parse(`
declare "sink" {
	loki.echo "inner" { }

	export "receiver" {
		value = loki.echo.inner.receiver
	}
}

sink "one" { }

foreach "numbers" {
	collection = [1, 2]
	var        = "number"

	template {
		loki.echo "each" { }
	}
}

logging { }

loki.source.api "in" {
	http { }
	forward_to = [sink.one.receiver]
}
`),
  });
  const taken = alertsOf(environment, modules, agentContainer).find(
    ({ name }) => name === "AlloyConfigNotTaken",
  );
  // sink.one, foreach.numbers and loki.source.api.in
  expect(taken?.expr).toMatch(/controller_id=""\}\) != 3 and/);
});

test("of an AIStore cluster that is silent, its logs are said to come where they do", () => {
  const lostOf = (logs: object) => {
    const one = environmentOf({ ...everyAlert, sources: { logs } });
    return alertsOf(one, pipelineOf(everyAlert), agentContainer).find(({ name }) => name === "AIStoreSilent")
      ?.lost;
  };
  expect(lostOf({})).toBe("the metrics of this AIStore cluster. Its logs come all the same.");
  expect(lostOf({ exclude_namespaces: ["ais"] })).toBe("the metrics of this AIStore cluster.");
});

test("the environment of these tests has each alert that some environment has, and no more are known", () => {
  const known = new Set(alertsOf(environment, config, agentContainer).map(({ name }) => name));
  const all = fleet.flatMap((one) => alertsOf(one, pipeline(one), agentContainer).map(({ name }) => name));
  expect(all.filter((name) => !known.has(name))).toEqual([]);
  expect([...known].toSorted()).toEqual([...new Set(cases.map(({ alert }) => alert))].toSorted());
});

test("each metric of the agent's own that is sent is read by an alert or a dashboard", () => {
  const read = [
    ...alertsOf(environment, config, agentContainer).map(({ expr }) => expr),
    ...queriesOf(agentDashboard({ logs: true, without: [], scrapeInterval: "30s" })).map(({ expr }) => expr),
  ].join();
  expect(Object.keys(ownMetrics).filter((metric) => !read.includes(`${metric}{`))).toEqual([]);
});

test("a metric that no agent sends is no metric of its own", () => {
  // @ts-expect-error: it is not among ownMetrics
  expect(seriesOf(environment, "go_goroutines")).toContain("go_goroutines{");
});

test.each([
  [undefined, "5m", 15],
  ["10s", "5m", 15],
  ["75s", "5m", 15],
  ["80s", "6m", 16],
  ["2m", "8m", 18],
])("read every %s, rates have four samples: they are over %s", (scrape_interval, window, minutes) => {
  const settings = { ...everyAlert, sources: scrape_interval === undefined ? {} : { scrape_interval } };
  const [of] = ruleGroupsOf(environmentOf(settings), pipelineOf(settings), agentContainer);
  const rules = (of?.rules ?? []).filter(({ alert }) => alert === "AlloyDestinationNotReached");
  expect(rules.length).toBeGreaterThan(0);
  for (const { expr, annotations } of rules) {
    expect(expr).toMatch(new RegExp(`rate\\(otelcol_exporter_sent_\\w+\\{[^}]*\\}\\[${window}\\]\\)`));
    expect(annotations.summary).toContain(`have sent none for ${minutes} minutes`);
  }
});

describeWithPromtool("rules, by promtool", (promtool) => {
  test("are right whatever a cluster is called, and say its name as it is", () => {
    const label = 'a "b" \\ {{ c }}';
    const settings = { ...everyAlert, remote: { label } };
    const [odd] = ruleGroupsOf(environmentOf(settings), pipelineOf(settings), agentContainer);
    const text = stringify({ groups: [odd] });
    expect(promtool.check(text)).toBe("");
    const [rule] = (odd?.rules ?? []).filter(({ alert }) => alert === "KubeStateMetricsMissing");
    const firing = {
      labels: { ...rule?.labels, cluster: label },
      annotations: { ...rule?.annotations, summary: `No kube-state-metrics of ${label} gives metrics.` },
    };
    const expected = [{ alert: "KubeStateMetricsMissing", at: "50m", firing: [firing] }];
    const series = [{ metric: "up", labels: kubeStateMetrics, values: `1${hour}` }];
    expect(promtool.test(text, [{ name: "another cluster", series, expected }])).toBe("");
  });

  test("are right in each environment", () => {
    for (const one of [environment, ...fleet]) {
      const groups = ruleGroupsOf(one, pipeline(one), agentContainer);
      if (groups.length > 0) expect(promtool.check(stringify({ groups }))).toBe("");
    }
  });

  test("let no alert fire in a quiet hour", () => {
    const names = [...new Set(cases.map(({ alert }) => alert))];
    const expected = ["30m", "55m"].flatMap((at) => names.map((alert) => ({ alert, at, firing: [] })));
    expect(promtool.test(rulesOf(), [{ name: "a quiet hour", series: healthy, expected }])).toBe("");
  });

  test.each(cases.map((one) => [`${one.alert} ${one.destination ?? ""}`, one] as const))(
    "let %s fire, and not for what is nearly the same",
    (_, one) => {
      const { series, quiet, alert, at = "50m" } = one;
      expect(firing(one)).toHaveLength(1);
      const tests = [
        { name: "fires", series, expected: [{ alert, at, firing: firing(one) }] },
        { name: "nearly the same", series: quiet, expected: [{ alert, at, firing: [] }] },
      ];
      expect(promtool.test(rulesOf(alert), tests)).toBe("");
    },
  );
});
