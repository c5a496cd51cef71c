import { readFileSync } from "node:fs";
import { stringify } from "yaml";
import { allDashboards, dashboardsOf } from "../../lib/monitoring/dashboards";
import { agentDashboard } from "../../lib/monitoring/dashboards/agents";
import { aistoreDashboard, states } from "../../lib/monitoring/dashboards/aistore";
import type { Sent } from "../../lib/monitoring/dashboards/dashboard";
import type { Dashboard } from "../../lib/monitoring/dashboards/grafana";
import { describeWithPromtool, type TestSeries } from "../engines/promtool";
import { environmentOf, pipelineOf, type Settings } from "../pipeline/pipeline-of";
import { aistoreSeries } from "./aistore-series";
import { asked, queriesOf, variableSeries } from "./dashboard-queries";
import { everyAlert } from "./every-alert";
import { exporter, healthySeries, hour, intake, type OwnLabels, ofNode, own } from "./healthy-series";

const all: Sent = { logs: true, without: [], scrapeInterval: "30s" };
const agents = agentDashboard(all);
const aistore = aistoreDashboard(all);
const dashboards: readonly (readonly [string, Dashboard])[] = [
  ["agents", agents],
  ["aistore", aistore],
];

describe.each(dashboards)("the dashboard of %s", (_, dashboard) => {
  test("has panels of different numbers, in their rows, none over another", () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...dashboard.panels.map(({ gridPos: { x, w } }) => x + w))).toBe(24);
  });

  test("asks the data sources that are chosen, and for nothing but what variables choose", () => {
    const names = (dashboard.templating.list ?? []).map(({ name }) => name);
    const text = JSON.stringify(dashboard);
    const used = [...text.matchAll(/\$(\w+)/g)].map(([, name = ""]) => name);
    expect(used.filter((name) => !names.includes(name) && !/^(__\w+|1)$/.test(name))).toEqual([]);
    expect(names.filter((name) => !used.includes(name))).toEqual([]);
    for (const { expr } of queriesOf(dashboard)) expect(expr).toContain('cluster=~"$cluster"');
  });

  test("has no logs where none are sent", () => {
    const sent = { ...all, logs: false };
    const { templating, panels } = dashboard === agents ? agentDashboard(sent) : aistoreDashboard(sent);
    expect(JSON.stringify(panels)).not.toContain("loki");
    expect((templating.list ?? []).map(({ name }) => name)).not.toContain("logs");
    expect(panels.length).toBe(dashboard.panels.length - 3);
  });

  test("has panels of what is read alone, by how often that is", () => {
    const sent = { ...all, without: ["node_", "container_", "kube_"], scrapeInterval: "2m" };
    const { panels } = dashboard === agents ? agentDashboard(sent) : aistoreDashboard(sent);
    const left = new Set(panels.map(({ id }) => id));
    const gone = dashboard.panels.filter(({ id }) => !left.has(id)).map(({ id }) => id);
    expect(gone).toEqual(dashboard === agents ? [102] : [107, 208, 209, 504]);
    const ofMetrics = panels.filter(({ type }) => ["timeseries", "table", "stat"].includes(type));
    const intervals = ofMetrics.flatMap((panel) =>
      panel.type === "row" || panel.datasource?.type === "loki"
        ? []
        : panel.targets.map((query) => ("interval" in query ? query.interval : "")),
    );
    expect(new Set(intervals)).toEqual(new Set(["2m"]));
  });
});

describe("the dashboards", () => {
  test("are those that are committed, each of a size that kubectl can apply", () => {
    for (const { uid, text } of allDashboards()) {
      expect(readFileSync(`dashboards/${uid}.json`, "utf8")).toBe(text);
      // kubectl keeps what it has applied in an annotation. Annotations have 256 KiB.
      expect(JSON.stringify(text).length).toBeLessThan(200_000);
    }
  });

  test("have uids and numbers that stay", () => {
    const ids = dashboards.map(([, { uid, panels }]) => ({
      uid,
      panels: Object.fromEntries(panels.map(({ id, title = "" }) => [id, title])),
    }));
    expect(ids).toMatchSnapshot();
  });

  test.each<[string, readonly string[], Readonly<Record<string, unknown>>]>([
    ["both", ["aistore-alloy", "aistore-clusters"], { local: { endpoint: "http://a.b.svc:4318" } }],
    [
      "that of AIStore alone where agents send nothing of themselves",
      ["aistore-clusters"],
      { local: { endpoint: "http://a.b.svc:4318" }, own_metrics: "none" },
    ],
    [
      "that of the agents alone where AIStore is not scraped",
      ["aistore-alloy"],
      { local: { endpoint: "http://a.b.svc:4318" }, sources: { aistore: { enabled: false } } },
    ],
    ["none where no metrics are sent", [], { local: { logsEndpoint: "http://a.b.svc:4318/v1/logs" } }],
  ])("are %s", (_, uids, settings) => {
    expect(dashboardsOf(environmentOf(settings)).map(({ uid }) => uid)).toEqual(uids);
  });

  test("are of what is read, by the longest interval", () => {
    const settings = {
      local: { metricsEndpoint: "http://a.b.svc:4318/v1/metrics" },
      sources: {
        scrape_interval: "15s",
        node: { enabled: false },
        kube_state_metrics: { enabled: false },
        cadvisor: { scrape_interval: "1m" },
      },
    };
    const text = dashboardsOf(environmentOf(settings))
      .map((file) => file.text)
      .join("");
    expect(new Set(text.match(/(?<="interval": ").*(?=")/g))).toEqual(new Set(["1m"]));
    expect(text).toContain("container_memory");
    expect(text).not.toMatch(/node_filesystem|kube_node_info|loki/);
  });

  const url = "http://a.b.svc:4318";
  test.each<[string, Settings, readonly boolean[]]>([
    ["with all logs", { local: { endpoint: url } }, [true, true]],
    [
      "without those of the agents' namespace",
      { local: { endpoint: url }, sources: { logs: { exclude_namespaces: ["monitoring"] } } },
      [false, true],
    ],
    [
      "without those of one AIStore's namespace",
      {
        local: { endpoint: url },
        sources: { logs: { exclude_namespaces: ["ais"] } },
        aistore: [
          { namespace: "ais", name: "ais" },
          { namespace: "b", name: "b" },
        ],
      },
      [true, true],
    ],
    ["where destinations take others", { local: { endpoint: url, log_namespaces: ["ais"] } }, [false, true]],
  ])("show logs of the pods that they are of, %s", (_, settings, shown) => {
    const environment = environmentOf(settings);
    const shownOf = (one: typeof environment) =>
      dashboardsOf(one).map(({ text }) => text.includes('"type": "loki"'));
    expect(shownOf(environment)).toEqual(shown);
    // As where files in Alloy's language alone send logs.
    const sources = { ...environment.sources, logs: undefined };
    expect(shownOf({ ...environment, sources })).toEqual([false, false]);
  });

  test("know the states of AIStore's nodes by different bits", () => {
    const bits = Object.values(states);
    expect(new Set(bits).size).toBe(bits.length);
    // Every healthy node has these.
    expect(bits.filter((bit) => bit === 1 || bit === 2)).toEqual([]);
  });
});

const environment = environmentOf(everyAlert);
const healthy = [...healthySeries(environment, pipelineOf(everyAlert)), ...aistoreSeries];
const lost = (metric: Parameters<typeof own>[0], labels: OwnLabels) => own(metric, labels, "_x60 0+30x60");

/** Of each reason for which something is lost, some, and alerts of it. */
const troubled: readonly TestSeries[] = [
  ...healthy,
  lost("otelcol_exporter_enqueue_failed_metric_points_total", exporter("local_metrics")),
  lost("otelcol_exporter_enqueue_failed_log_records_total", exporter("local_logs")),
  lost("otelcol_exporter_send_failed_metric_points_total", {
    ...exporter("local_metrics"),
    error_permanent: "true",
  }),
  lost("otelcol_exporter_send_failed_log_records_total", {
    ...exporter("local_logs"),
    error_permanent: "true",
  }),
  // What a second stage doesn't take, its first stage counts.
  lost("otelcol_exporter_send_failed_log_records_total", {
    ...exporter("archive_send"),
    error_permanent: "true",
  }),
  lost("otelcol_processor_refused_metric_points_total", intake),
  {
    metric: "ALERTS",
    labels: { alertname: "AlloyDataDropped", alertstate: "firing", cluster: "east", destination: "local" },
    values: `1${hour}`,
  },
  ...["node-exporter", "integrations/cadvisor"].flatMap((job) =>
    ["n1", "n2"].flatMap((node) => [
      {
        metric: "up",
        labels: { cluster: "east", job, instance: node, node },
        values: node === "n1" ? `1${hour}` : `0${hour}`,
      },
      {
        metric: "scrape_samples_scraped",
        labels: { cluster: "east", job, instance: node, node },
        values: `500${hour}`,
      },
    ]),
  ),
];

/** The query of a panel. */
function query(dashboard: Dashboard, id: number): string {
  const [found] = queriesOf(dashboard).filter(({ of }) => of.startsWith(`${id} `));
  return asked(found?.expr ?? "");
}

const metricQueries = dashboards.flatMap(([name, dashboard]) =>
  queriesOf(dashboard)
    .filter(({ source }) => source === "prometheus")
    .map((one) => ({ name, ...one })),
);

describeWithPromtool("the queries of dashboards, by promtool", (promtool) => {
  test("are PromQL, those of the variables too", () => {
    const all = [
      ...metricQueries.map(({ expr }) => asked(expr)),
      ...dashboards.flatMap(([, dashboard]) => variableSeries(dashboard).map(asked)),
    ];
    expect(all.length).toBeGreaterThan(80);
    const rules = all.map((expr, place) => ({ record: `a:b${place}:c`, expr }));
    expect(promtool.check(stringify({ groups: [{ name: "a", rules }] }))).toBe("");
  });

  test("each find something in what the pipeline sends while something is wrong everywhere", () => {
    const found = (expr: string) => ({
      expr: `group(${asked(expr)})`,
      at: "40m",
      found: [{ labels: {}, value: 1 }],
    });
    const queries = [
      ...metricQueries.map(({ expr }) => found(expr)),
      ...dashboards.flatMap(([, dashboard]) => variableSeries(dashboard).map(found)),
    ];
    expect(promtool.test(stringify({ groups: [] }), [{ name: "trouble", series: troubled, queries }])).toBe(
      "",
    );
  });

  const value = (dashboard: Dashboard, id: number, value: number, labels = {}) => ({
    expr: query(dashboard, id),
    at: "40m",
    found: [{ labels, value }],
  });
  const east = { cluster: "east" };
  const ais = { ...east, namespace: "ais", ais_cluster: "ais" };

  test("say in numbers what is so", () => {
    const queries = [
      value(agents, 101, 2),
      value(agents, 102, 0),
      value(agents, 104, 0),
      value(agents, 105, 0),
      value(agents, 106, 0),
      value(aistore, 101, 1),
      value(aistore, 102, 1),
      value(aistore, 103, 0),
      value(aistore, 104, 5e8),
      value(aistore, 105, 1e8),
      value(aistore, 107, 0.8),
      value(aistore, 108, 1),
      value(aistore, 201, 5e8, ais),
      value(aistore, 301, 5, ais),
      value(aistore, 302, 8, ais),
      value(aistore, 501, 70, { ...east, node: "n1" }),
      value(aistore, 601, 1, { ...east, state: "rebalancing" }),
    ];
    expect(promtool.test(stringify({ groups: [] }), [{ name: "quiet", series: healthy, queries }])).toBe("");
  });

  test("name the node whose configuration is another, and what is lost", () => {
    const other = [
      ...troubled.filter(({ metric, labels }) => metric !== "alloy_config_hash" || labels.node !== "n2"),
      own("alloy_config_hash", { sha256: "0123456789abcdef" }, `1${hour}`, "n2"),
      own("alloy_config_hash", { sha256: "0123456789abcdef" }, `1${hour}`, "n3"),
    ];
    const configurations = query(agents, 307);
    const queries = [
      value(agents, 101, 3),
      value(agents, 105, 1),
      value(agents, 106, 1),
      // 30 each half a minute for 10 minutes, of five kinds.
      value(agents, 104, 5 * 600),
      {
        expr: `${configurations} == 2`,
        at: "40m",
        found: [{ labels: { ...east, configuration: "0123456789ab" }, value: 2 }],
      },
    ];
    expect(promtool.test(stringify({ groups: [] }), [{ name: "rollout", series: other, queries }])).toBe("");
  });

  test("say how far behind a queue is: as long as it took to gather what waits", () => {
    const away = { component_id: "otelcol.exporter.otlphttp.archive_logs", data_type: "logs" };
    const behind = [
      ...healthy.filter(
        ({ metric, labels }) =>
          metric !== "otelcol_exporter_queue_size" || labels.component_id !== away.component_id,
      ),
      // For 40 minutes all that comes waits: 6,000 bytes each half a minute.
      own("otelcol_exporter_queue_size", away, "0+6000x120"),
    ];
    const queries = [value(agents, 103, 40 * 60)];
    expect(promtool.test(stringify({ groups: [] }), [{ name: "away", series: behind, queries }])).toBe("");
  });

  test("name a node whose agent is gone", () => {
    const gone = healthy.filter(({ labels }) => labels.node !== "n2" || labels.job !== ofNode("n2").job);
    const queries = [value(agents, 101, 1), value(agents, 102, 1)];
    expect(promtool.test(stringify({ groups: [] }), [{ name: "gone", series: gone, queries }])).toBe("");
  });
});
