import { Livedebugging } from "../../imports/alloy/config";
import { DiscoveryKubernetes } from "../../imports/alloy/discovery";
import { LokiEcho } from "../../imports/alloy/loki";
import { OtelcolExporterLoki } from "../../imports/alloy/otelcol.exporter";
import { OtelcolReceiverOtlp } from "../../imports/alloy/otelcol.receiver";
import { PrometheusRemoteWrite, PrometheusScrape } from "../../imports/alloy/prometheus";
import { PrometheusExporterRedis } from "../../imports/alloy/prometheus.exporter";
import {
  type AlloyConfig,
  ArgumentType,
  array,
  CustomComponent,
  Declare,
  entry,
  Foreach,
  type MetricsReceiver,
} from "../../lib/alloy";
import { describeWithEngines } from "../engines/engines";
import { mistakesIn, newConfig } from "./new-config";

let config: AlloyConfig;
beforeEach(() => {
  config = newConfig();
});

function remote() {
  return new PrometheusRemoteWrite(config, "remote", { endpoint: [{ url: "http://x" }] });
}

/** An exporter for each pod. */
function perPod() {
  const pods = new DiscoveryKubernetes(config, "redis", { role: "pod" });
  const { receiver } = remote();
  new Foreach(
    config,
    "redis",
    { collection: pods.targets, var: "each", enableMetrics: true },
    (scope, each) => {
      const redis = new PrometheusExporterRedis(scope, "x", { redisAddr: entry(each, "__address__") });
      new PrometheusScrape(scope, "x", { targets: redis.targets, forwardTo: [receiver] });
    },
  );
}

test("a foreach has a template, between what it reads and what it sends to", () => {
  perPod();
  expect(mistakesIn(config)).toEqual([]);
  expect(config.toString()).toBe(`discovery.kubernetes "redis" {
	role = "pod"
}

foreach "redis" {
	collection     = discovery.kubernetes.redis.targets
	var            = "each"
	enable_metrics = true

	template {
		prometheus.exporter.redis "x" {
			redis_addr = each["__address__"]
		}

		prometheus.scrape "x" {
			targets    = prometheus.exporter.redis.x.targets
			forward_to = [prometheus.remote_write.remote.receiver]
		}
	}
}

prometheus.remote_write "remote" {
	endpoint {
		url = "http://x"
	}
}
`);
});

test("what its components refer to, it refers to itself", () => {
  perPod();
  expect(config.edges.map(({ from, attribute, to }) => [from.address, attribute, to.address])).toEqual([
    ["foreach.redis", "collection", "discovery.kubernetes.redis"],
    ["foreach.redis", "template.prometheus.scrape.x.forward_to", "prometheus.remote_write.remote"],
  ]);
});

test("items have a type of their own", () => {
  const { receiver } = remote();
  const groups = array.groupBy([{ __address__: "a", job: "b" }], "job", true);
  new Foreach(config, "jobs", { collection: groups, var: "each" }, (scope, each) => {
    new PrometheusScrape(scope, "x", {
      targets: entry(each, "items"),
      jobName: entry(each, "job"),
      forwardTo: [receiver],
    });
    // @ts-expect-error the group has no such field
    expect(entry(each, "namespace")).toBeDefined();
  });
  expect(mistakesIn(config)).toEqual([]);
});

test("inside, mistakes are told once, with their path", () => {
  const other = newConfig();
  const { input } = new OtelcolExporterLoki(config, "x", { forwardTo: [new LokiEcho(config, "x").receiver] });
  const { receiver } = new PrometheusRemoteWrite(other, "x", { endpoint: [{ url: "http://x" }] });
  new Foreach(config, "x", { collection: [1, 2], var: "each one" }, (scope) => {
    new PrometheusScrape(scope, "x", { targets: [], forwardTo: [receiver] });
    // @ts-expect-error Loki takes no traces
    new OtelcolReceiverOtlp(scope, "x", { output: { traces: [input] } });
    new Livedebugging(scope);
  });
  expect(mistakesIn(config)).toEqual([
    'config: foreach.x: var: "each one" is no identifier: write letters, digits and _, no digit first',
    "config: foreach.x/livedebugging: livedebugging can't stand in a foreach",
    "config: foreach.x/prometheus.scrape.x: forwardTo[0]: prometheus.remote_write.x is of another config or module: config/prometheus.remote_write.x",
    "config: foreach.x/otelcol.receiver.otlp.x: output.traces[0]: otelcol.exporter.loki.x takes no traces: they are dropped",
  ]);
});

test("what it goes through is in its config", () => {
  const { targets } = new DiscoveryKubernetes(newConfig(), "x", { role: "pod" });
  new Foreach(config, "x", { collection: targets, var: "each" }, () => {});
  expect(mistakesIn(config)).toEqual([
    "config: foreach.x: collection: discovery.kubernetes.x is of another config or module: config/discovery.kubernetes.x",
  ]);
});

test("a custom component may stand inside, and a foreach in a foreach", () => {
  const scraper = new Declare(config, "scraper", {
    arguments: { address: ArgumentType.required<string>(), sendTo: ArgumentType.required<MetricsReceiver>() },
    content: (scope, argument) => {
      const targets = [{ __address__: argument("address") }];
      new PrometheusScrape(scope, "x", { targets, forwardTo: [argument("sendTo")] });
      return {};
    },
  });
  const { receiver } = remote();
  new Foreach(config, "outer", { collection: [["a"], ["b"]], var: "list" }, (outer, list) => {
    new Foreach(outer, "inner", { collection: list, var: "address" }, (inner, address) => {
      new CustomComponent(inner, "x", scraper, { address, sendTo: receiver });
    });
  });
  expect(mistakesIn(config)).toEqual([]);
});

describeWithEngines("Alloy's formatter", (engines) => {
  test("leaves a foreach as it is", async () => {
    perPod();
    const text = config.toString();
    expect(await engines.format(text)).toEqual({ ok: true, value: text });
  });
});
