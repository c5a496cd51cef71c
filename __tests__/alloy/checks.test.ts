import { Construct } from "constructs";
import { DiscoveryKubernetes, DiscoveryRelabel } from "../../imports/alloy/discovery";
import { LokiProcess, LokiWrite } from "../../imports/alloy/loki";
import { PrometheusRelabel, PrometheusRemoteWrite, PrometheusScrape } from "../../imports/alloy/prometheus";
import { type AlloyConfig, type Component, Expression, type MetricsReceiver } from "../../lib/alloy";
import { mistakesIn, newConfig } from "./new-config";

let config: AlloyConfig;
beforeEach(() => {
  config = newConfig();
});

function remote(scope: Construct = config): Expression<MetricsReceiver> {
  return new PrometheusRemoteWrite(scope, "remote", { endpoint: [{ url: "http://x" }] }).receiver;
}

function scrape(label: string, ...forwardTo: readonly Expression<MetricsReceiver>[]): PrometheusScrape {
  return new PrometheusScrape(config, label, { targets: [{ __address__: "a" }], forwardTo });
}

function relabel(label: string, ...forwardTo: readonly Expression<MetricsReceiver>[]): PrometheusRelabel {
  return new PrometheusRelabel(config, label, { forwardTo });
}

describe("a label", () => {
  test.each(["a", "_a1", "A_b"])("may be %j", (label) => {
    scrape(label, remote());
    expect(mistakesIn(config)).toEqual([]);
  });

  test.each(["", "1a", "a-b", "a.b", "true", "false", "null", "é", 'a"'])("may not be %j", (label) => {
    scrape(label, remote());
    expect(mistakesIn(config)).toEqual([
      `config: prometheus.scrape.${label}: the label ${JSON.stringify(label)} is no identifier: write letters, digits and _, no digit first`,
    ]);
  });
});

describe("a name", () => {
  test("may stand once for each component", () => {
    scrape("a", relabel("a", remote()).receiver);
    expect(mistakesIn(config)).toEqual([]);
  });

  test("may not stand twice, whatever constructs are around", () => {
    const receiver = remote();
    for (const id of ["one", "two"]) {
      const part = new Construct(config, id);
      new PrometheusScrape(part, "a", { targets: [], forwardTo: [receiver] });
    }
    expect(mistakesIn(config)).toEqual([
      "config: two/prometheus.scrape.a: prometheus.scrape.a is there already, at config/one/prometheus.scrape.a; write another label",
    ]);
  });

  test("may not stand twice below one construct", () => {
    const receiver = remote();
    scrape("a", receiver);
    expect(() => scrape("a", receiver)).toThrow(
      "There is already a Construct with name 'prometheus.scrape.a'",
    );
  });
});

test("a reference into another config is a mistake, a reference into a part of this one is none", () => {
  const other = newConfig();
  scrape("a", remote(new Construct(config, "part")), remote(other));
  expect(mistakesIn(config)).toEqual([
    "config: prometheus.scrape.a: forwardTo[1]: prometheus.remote_write.remote is of another config or module: config/prometheus.remote_write.remote",
  ]);
});

describe("a cycle", () => {
  /** A reference that is set later: no program can name a component before it is there. */
  function late() {
    const syntax: { kind: "export"; component: Component; name: string } = {
      kind: "export",
      component: relabel("placeholder"),
      name: "receiver",
    };
    config.node.tryRemoveChild(syntax.component.node.id);
    return {
      expression: new Expression<MetricsReceiver>(syntax),
      set: (to: Component) => (syntax.component = to),
    };
  }

  test("is told with its way", () => {
    const { expression, set } = late();
    const first = relabel("first", expression);
    const second = relabel("second", first.receiver, remote());
    scrape("a", second.receiver);
    set(second);
    expect(mistakesIn(config)).toEqual([
      "config: prometheus.relabel.first: forwardTo[0]: a cycle, which Alloy refuses: prometheus.relabel.first -> prometheus.relabel.second -> prometheus.relabel.first",
    ]);
  });

  test("may have one component", () => {
    const { expression, set } = late();
    const itself = relabel("itself", expression, remote());
    scrape("a", itself.receiver);
    set(itself);
    expect(mistakesIn(config)).toEqual([
      "config: prometheus.relabel.itself: forwardTo[0]: a cycle, which Alloy refuses: prometheus.relabel.itself -> prometheus.relabel.itself",
    ]);
  });

  test("is no two ways to one component", () => {
    const receiver = remote();
    scrape("a", relabel("one", receiver).receiver, relabel("two", receiver).receiver);
    expect(mistakesIn(config)).toEqual([]);
  });
});

describe("what nothing uses", () => {
  test("is no mistake if it is at the end of a pipeline", () => {
    const pods = new DiscoveryKubernetes(config, "pods", { role: "pod" });
    const running = new DiscoveryRelabel(config, "pods", { targets: pods.targets });
    new PrometheusScrape(config, "pods", { targets: running.output, forwardTo: [remote()] });
    expect(mistakesIn(config)).toEqual([]);
  });

  test("is a destination without data", () => {
    remote();
    expect(mistakesIn(config)).toEqual(["config: prometheus.remote_write.remote: nothing sends data to it"]);
  });

  test("is processing without data, not what it would send to", () => {
    relabel("a", relabel("b", remote()).receiver);
    expect(mistakesIn(config)).toEqual(["config: prometheus.relabel.a: nothing sends data to it"]);
  });

  test("is discovery that nobody reads, not what it reads itself", () => {
    const pods = new DiscoveryKubernetes(config, "pods", { role: "pod" });
    new DiscoveryRelabel(config, "pods", { targets: pods.targets });
    expect(mistakesIn(config)).toEqual(["config: discovery.relabel.pods: nothing uses it"]);
  });
});

describe("a dead end", () => {
  test("is a source that names no receiver", () => {
    scrape("a");
    expect(mistakesIn(config)).toEqual(["config: prometheus.scrape.a: it sends its data nowhere"]);
  });

  test("is processing that gets data but sends it nowhere", () => {
    scrape("a", relabel("b").receiver);
    expect(mistakesIn(config)).toEqual(["config: prometheus.relabel.b: it sends its data nowhere"]);
  });
});

test("a receiver of another kind is refused where it is named", () => {
  const logs = new LokiWrite(config, "a", {}).receiver;
  // @ts-expect-error logs are no metrics
  scrape("a", logs, remote());
  expect(mistakesIn(config)).toEqual([
    "config: prometheus.scrape.a: forwardTo[0]: loki.write.a.receiver is no prometheus.MetricsReceiver",
  ]);
});

test("every mistake is told at once, each with its construct", () => {
  const process = new LokiProcess(new Construct(config, "logs"), "a-b", {
    forwardTo: [],
    stage: [{ drop: { olderThan: "1h" } }],
  });
  new PrometheusScrape(config, "a", { targets: [], forwardTo: [], scrapeInterval: "30s" });
  new LokiWrite(process, "unused", {});
  expect(mistakesIn(config)).toEqual([
    'config: logs/loki.process.a-b: the label "a-b" is no identifier: write letters, digits and _, no digit first',
    "config: logs/loki.process.a-b: nothing sends data to it",
    "config: logs/loki.process.a-b/loki.write.unused: nothing sends data to it",
    "config: prometheus.scrape.a: it sends its data nowhere",
  ]);
});

test("what is found out of a config follows its components", () => {
  const receiver = remote();
  expect(mistakesIn(config)).toHaveLength(1);
  expect(config.components).toHaveLength(1);
  scrape("a", receiver);
  expect(mistakesIn(config)).toEqual([]);
  expect(config.toString()).toContain('prometheus.scrape "a"');
  expect(config.edges).toHaveLength(1);

  config.node.tryRemoveChild("prometheus.scrape.a");
  relabel("b", receiver);
  expect(config.toString()).not.toContain("prometheus.scrape");
  expect(config.toString()).toContain('prometheus.relabel "b"');
});
