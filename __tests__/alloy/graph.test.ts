import { Construct } from "constructs";
import { Livedebugging, Logging } from "../../imports/alloy/config";
import { DiscoveryKubernetes, DiscoveryRelabel } from "../../imports/alloy/discovery";
import { PrometheusRelabel, PrometheusRemoteWrite, PrometheusScrape } from "../../imports/alloy/prometheus";
import { newConfig } from "./new-config";

function pipeline() {
  const config = newConfig();
  new Livedebugging(config, { enabled: true });
  const { receiver } = new PrometheusRemoteWrite(new Construct(config, "out"), "x", {
    endpoint: [{ url: "http://x" }],
  });
  const relabel = new PrometheusRelabel(config, "x", { forwardTo: [receiver] });
  const pods = new DiscoveryKubernetes(config, "x", { role: "pod" });
  const kept = new DiscoveryRelabel(config, "x", { targets: pods.targets });
  new PrometheusScrape(config, "x", {
    targets: kept.output,
    forwardTo: [relabel.receiver, relabel.receiver, receiver],
  });
  new Logging(config);
  return config;
}

test("components stand in the order in which data flows, others where they are written", () => {
  expect(pipeline().components.map(({ address }) => address)).toEqual([
    "livedebugging",
    "discovery.kubernetes.x",
    "discovery.relabel.x",
    "prometheus.scrape.x",
    "prometheus.relabel.x",
    "prometheus.remote_write.x",
    "logging",
  ]);
});

test("the text has that order", () => {
  const names = [
    ...pipeline()
      .toString()
      .matchAll(/^([a-z_.]+)(?: "x")? {/gm),
  ].map(([, name]) => name);
  expect(names).toEqual([
    "livedebugging",
    "discovery.kubernetes",
    "discovery.relabel",
    "prometheus.scrape",
    "prometheus.relabel",
    "prometheus.remote_write",
    "logging",
  ]);
});

test("an edge is a reference of an attribute, each once, in the order of the text", () => {
  const edges = pipeline().edges.map(({ from, to, exportName, attribute }) => [
    from.address,
    attribute,
    `${to.address}.${exportName}`,
  ]);
  expect(edges).toEqual([
    ["discovery.relabel.x", "targets", "discovery.kubernetes.x.targets"],
    ["prometheus.scrape.x", "targets", "discovery.relabel.x.output"],
    ["prometheus.scrape.x", "forward_to", "prometheus.relabel.x.receiver"],
    ["prometheus.scrape.x", "forward_to", "prometheus.remote_write.x.receiver"],
    ["prometheus.relabel.x", "forward_to", "prometheus.remote_write.x.receiver"],
  ]);
});

test("the same program prints the same text", () => {
  expect(pipeline().toString()).toBe(pipeline().toString());
});

test("what is found out once is kept", () => {
  const config = pipeline();
  expect(config.components).toBe(config.components);
});
