import { definitions } from "../../../imports/alloy/definitions";
import { OtelcolProcessorBatch } from "../../../imports/alloy/otelcol.processor";
import {
  PrometheusRelabel,
  PrometheusRemoteWrite,
  PrometheusScrape,
} from "../../../imports/alloy/prometheus";
import { check, parse } from "../../../lib/alloy";
import { mistakesIn, newConfig } from "../new-config";

/** What is wrong with a scrape that nobody compiled. */
function scraped(props: object) {
  const config = newConfig();
  const remote = new PrometheusRemoteWrite(config, "x", { endpoint: [{ url: "http://x" }] });
  const required = { targets: [{ __address__: "a:1" }], forwardTo: [remote.receiver] };
  const scrape: unknown = Reflect.construct(PrometheusScrape, [config, "x", { ...required, ...props }]);
  return { config, scrape, mistakes: mistakesIn(config) };
}

test.each<[object, string]>([
  [{ honorLabels: "yes" }, 'honorLabels: "yes" is no bool; write true or false'],
  [{ targets: "a:1" }, 'targets: "a:1" is no list; write [{ name = value }]'],
  [{ targets: ["a:1"] }, 'targets[0]: "a:1" is no map; write { name = value }'],
  [{ scrapeInterval: ["30s"] }, "scrapeInterval: a list is no string; write it without [ ]"],
  [{ scrapeInterval: 30 }, 'scrapeInterval: 30 is no duration; write one such as "30s"'],
  [{ params: new Map([["a", ["b"]]]) }, "params: a Map is no value; write Object.fromEntries(...) of it"],
  [{ params: { a: "b" } }, 'params.a: "b" is no list; write ["b"]'],
  [{ clustering: true }, "clustering: clustering is a block; write clustering { ... }"],
  [
    { scrapeTimeout: "2m" },
    "scrapeTimeout: scrape_timeout is more than scrape_interval (default 60s); write less",
  ],
])("%j is refused, and is no part of what others are", (props, message) => {
  expect(scraped(props).mistakes).toEqual([`config: prometheus.scrape.x: ${message}`]);
});

test("a component where its export is meant says what to write", () => {
  const config = newConfig();
  const relabel = new PrometheusRelabel(config, "x", { forwardTo: [] });
  const batch = new OtelcolProcessorBatch(config, "x", { output: {} });
  const forwardTo: unknown = [relabel];
  expect(scraped({ forwardTo }).mistakes).toContain(
    "config: prometheus.scrape.x: forwardTo[0]: prometheus.relabel.x is a component, no value; write .receiver or .rules after it",
  );
  expect(scraped({ jobName: batch }).mistakes).toEqual([
    "config: prometheus.scrape.x: jobName: otelcol.processor.batch.x is a component, no value; write .input after it",
  ]);
});

test("what is said of a program is what is said of its text", () => {
  const { config } = scraped({ honorLabels: "yes", params: { a: "b" }, sampleLimit: 1.5, jobName: ["x"] });
  const said = config.diagnostics.map(({ message }) => message);
  expect(said).toHaveLength(4);
  const ofText = check(parse(config.toString()), { definitions });
  expect(ofText.map(({ message }) => message).sort()).toEqual([...said].sort());
});
