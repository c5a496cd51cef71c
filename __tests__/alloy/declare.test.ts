import { ImportFile, Livedebugging } from "../../imports/alloy/config";
import { DiscoveryKubernetes } from "../../imports/alloy/discovery";
import { LokiWrite } from "../../imports/alloy/loki";
import { LokiSourceApi } from "../../imports/alloy/loki.source";
import { PrometheusRelabel, PrometheusRemoteWrite, PrometheusScrape } from "../../imports/alloy/prometheus";
import {
  type AlloyConfig,
  ArgumentType,
  CustomComponent,
  Declare,
  ImportedComponent,
  type MetricsReceiver,
  type Target,
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

/** Scrapes itself, and passes what it is sent on. */
function declareCollector(name = "collect") {
  return new Declare(config, name, {
    arguments: {
      sendTo: ArgumentType.required<MetricsReceiver>("Where metrics go."),
      targets: ArgumentType.optional<readonly Target[]>([{ __address__: "localhost" }]),
    },
    content: (scope, argument) => {
      const relabel = new PrometheusRelabel(scope, "x", { forwardTo: [argument("sendTo")] });
      new PrometheusScrape(scope, "x", { targets: argument("targets"), forwardTo: [relabel.receiver] });
      return { metricsReceiver: relabel.receiver };
    },
  });
}

const collectorText = `declare "collect" {
	argument "send_to" {
		comment = "Where metrics go."
	}

	argument "targets" {
		optional = true
		default  = [
			{
				__address__ = "localhost",
			},
		]
	}

	prometheus.scrape "x" {
		targets    = argument.targets.value
		forward_to = [prometheus.relabel.x.receiver]
	}

	prometheus.relabel "x" {
		forward_to = [argument.send_to.value]
	}

	export "metrics_receiver" {
		value = prometheus.relabel.x.receiver
	}
}
`;

describe("a declare", () => {
  test("holds its arguments, its components and its exports", () => {
    declareCollector();
    expect(config.toString()).toBe(collectorText);
  });

  test("is one component of its config", () => {
    new CustomComponent(config, "here", declareCollector(), { sendTo: remote().receiver });
    expect(config.components.map(({ address }) => address)).toEqual([
      "declare.collect",
      "collect.here",
      "prometheus.remote_write.remote",
    ]);
  });

  test("has names of its own", () => {
    const collector = declareCollector();
    const relabel = new PrometheusRelabel(config, "x", { forwardTo: [remote().receiver] });
    new CustomComponent(config, "x", collector, { sendTo: relabel.receiver });
    expect(mistakesIn(config)).toEqual([]);
  });

  test("tells what its components require", () => {
    new Declare(config, "pods", {
      arguments: {},
      content: (scope) => ({ targets: new DiscoveryKubernetes(scope, "x", { role: "pod" }).targets }),
    });
    expect(config.requirements).toContainEqual({
      component: "declare.pods/discovery.kubernetes.x",
      requirement: { kind: "api", apiGroup: "", resource: "pods", verbs: ["list", "watch"] },
    });
  });
});

describe("an instance", () => {
  test("is given arguments, and exports what its declare does", () => {
    const instance = new CustomComponent(config, "here", declareCollector(), {
      targets: [{ __address__: "a" }],
      sendTo: remote().receiver,
    });
    new PrometheusScrape(config, "x", { targets: [], forwardTo: [instance.export("metricsReceiver")] });
    expect(mistakesIn(config)).toEqual([]);
    expect(config.toString().slice(collectorText.length)).toBe(`
prometheus.scrape "x" {
	targets    = []
	forward_to = [collect.here.metrics_receiver]
}

collect "here" {
	send_to = prometheus.remote_write.remote.receiver
	targets = [
		{
			__address__ = "a",
		},
	]
}

prometheus.remote_write "remote" {
	endpoint {
		url = "http://x"
	}
}
`);
  });

  test("needs what is required, and takes nothing else", () => {
    const collector = declareCollector();
    // @ts-expect-error where metrics go is required
    new CustomComponent(config, "a", collector, {});
    // @ts-expect-error there is no such argument
    new CustomComponent(config, "b", collector, { sendTo: remote().receiver, target: [] });
    expect(mistakesIn(config)).toEqual([
      "config: collect.b: target: is not known; write targets",
      "config: collect.a: sendTo: the attribute send_to is missing; collect needs it",
    ]);
  });

  test("exports a receiver of its kind", () => {
    const instance = new CustomComponent(config, "here", declareCollector(), { sendTo: remote().receiver });
    // @ts-expect-error metrics are no logs
    new LokiSourceApi(config, "x", { forwardTo: [instance.export("metricsReceiver")] });
    expect(mistakesIn(config)).toEqual([
      "config: loki.source.api.x: forwardTo[0]: collect.here.metrics_receiver is no loki.LogsReceiver",
    ]);
  });

  test("of components that do nothing by themselves must be used", () => {
    const discovery = new Declare(config, "pods", {
      arguments: {},
      content: (scope) => ({ targets: new DiscoveryKubernetes(scope, "x", { role: "pod" }).targets }),
    });
    const used = new CustomComponent(config, "used", discovery, {});
    new PrometheusScrape(config, "x", { targets: used.export("targets"), forwardTo: [remote().receiver] });
    new CustomComponent(config, "unused", discovery, {});
    expect(mistakesIn(config)).toEqual(["config: pods.unused: nothing uses it"]);
  });
});

describe("inside of a declare", () => {
  test("mistakes are told with their path", () => {
    const collector = new Declare(config, "collect", {
      arguments: {
        sendTo: ArgumentType.required<MetricsReceiver>(),
        other: ArgumentType.optional<string>(""),
      },
      content: (scope, argument) => {
        new PrometheusScrape(scope, "x", { targets: [], forwardTo: [argument("sendTo")] });
        new PrometheusRelabel(scope, "x", { forwardTo: [argument("sendTo")] });
        new Livedebugging(scope, { enabled: true });
        return {};
      },
    });
    new CustomComponent(config, "here", collector, { sendTo: remote().receiver });
    expect(mistakesIn(config)).toEqual([
      "config: declare.collect/livedebugging: livedebugging can't stand in a declare",
      "config: declare.collect/argument.other: nothing uses it",
      "config: declare.collect/prometheus.relabel.x: nothing sends data to it",
    ]);
  });

  test("nothing outside is seen", () => {
    const { receiver } = remote();
    const collector = new Declare(config, "collect", {
      arguments: {},
      content: (scope) => {
        new PrometheusScrape(scope, "x", { targets: [], forwardTo: [receiver] });
        return {};
      },
    });
    new CustomComponent(config, "here", collector, {});
    expect(mistakesIn(config)).toEqual([
      "config: declare.collect/prometheus.scrape.x: forwardTo[0]: prometheus.remote_write.remote is of another config or module: config/prometheus.remote_write.remote",
      "config: prometheus.remote_write.remote: nothing sends data to it",
    ]);
  });

  test("instances of others may stand, declared inside or around", () => {
    const collector = declareCollector();
    const both = new Declare(config, "both", {
      arguments: { sendTo: ArgumentType.required<MetricsReceiver>() },
      content: (scope, argument) => {
        const inner = new Declare(scope, "inner", {
          arguments: { sendTo: ArgumentType.required<MetricsReceiver>() },
          content: (within, given) => {
            new CustomComponent(within, "x", collector, { sendTo: given("sendTo") });
            return {};
          },
        });
        new CustomComponent(scope, "x", inner, { sendTo: argument("sendTo") });
        new CustomComponent(scope, "x", collector, { sendTo: argument("sendTo") });
        return {};
      },
    });
    new CustomComponent(config, "here", both, { sendTo: remote().receiver });
    expect(mistakesIn(config)).toEqual([]);
  });

  test("and nothing inside is seen from outside, but by exports", () => {
    const inside: PrometheusRelabel[] = [];
    const collector = new Declare(config, "collect", {
      arguments: { sendTo: ArgumentType.required<MetricsReceiver>() },
      content: (scope, argument) => {
        const relabel = new PrometheusRelabel(scope, "x", { forwardTo: [argument("sendTo")] });
        inside.push(relabel);
        return { receiver: relabel.receiver };
      },
    });
    const here = new CustomComponent(config, "here", collector, { sendTo: remote().receiver });
    const forwardTo = [here.export("receiver"), ...inside.map(({ receiver }) => receiver)];
    new PrometheusScrape(config, "x", { targets: [], forwardTo });
    expect(mistakesIn(config)).toEqual([
      "config: prometheus.scrape.x: forwardTo[1]: prometheus.relabel.x is of another config or module: config/declare.collect/prometheus.relabel.x",
    ]);
  });
});

describe("the name of a declare", () => {
  test("must be used", () => {
    declareCollector();
    new Livedebugging(config, { enabled: true });
    expect(mistakesIn(config)).toEqual(["config: declare.collect: nothing uses it"]);
  });

  test("needn't be used in a config of declares alone, which others import", () => {
    declareCollector();
    expect(mistakesIn(config)).toEqual([]);
  });

  test("may not hide Alloy's components", () => {
    const collector = declareCollector("prometheus");
    new CustomComponent(config, "here", collector, { sendTo: remote().receiver });
    expect(mistakesIn(config)).toEqual([
      "config: declare.prometheus: its name hides prometheus.remote_write.remote; write another label",
    ]);
  });

  test("may not be declare", () => {
    new CustomComponent(config, "here", declareCollector("declare"), { sendTo: remote().receiver });
    expect(mistakesIn(config)).toContain("config: declare.declare: a declare can't be named declare");
  });

  test("is known where the declare is seen", () => {
    const other = newConfig();
    new CustomComponent(other, "here", declareCollector(), {
      sendTo: new PrometheusRemoteWrite(other, "x", { endpoint: [{ url: "http://x" }] }).receiver,
    });
    expect(mistakesIn(other)).toEqual([
      "config: collect.here: declare.collect, which it is of, is of another config or module: config/declare.collect",
    ]);
  });

  test("of an argument must have an Alloy name", () => {
    new Declare(config, "x", {
      arguments: { "a-b": ArgumentType.required<string>() },
      content: (scope, argument) => {
        new LokiWrite(scope, "x", { endpoint: [{ url: argument("a-b") }] });
        return {};
      },
    });
    expect(mistakesIn(config)).toContain(
      'config: declare.x/argument.a-b: the label "a-b" is no identifier: write letters, digits and _, no digit first',
    );
  });

  test("of an argument or an export is in camel case", () => {
    new Declare(config, "x", {
      arguments: { send_to: ArgumentType.optional<string>("") },
      content: (_, argument) => ({ sent_to: argument("send_to") }),
    });
    expect(mistakesIn(config)).toEqual([
      "config: declare.x: the name send_to is not in camel case: write sendTo",
      "config: declare.x: the name sent_to is not in camel case: write sentTo",
    ]);
  });

  test("of an argument that there is not is refused", () => {
    const build = () =>
      new Declare(config, "x", {
        arguments: {},
        // @ts-expect-error there is no such argument
        content: (_, argument) => ({ value: argument("x") }),
      });
    expect(build).toThrow("declare.x has no argument x");
  });
});

describeWithEngines("Alloy's formatter", (engines) => {
  test("leaves a declare as it is", async () => {
    new CustomComponent(config, "here", declareCollector(), { sendTo: remote().receiver });
    const text = config.toString();
    expect(await engines.format(text)).toEqual({ ok: true, value: text });
  });
});

test("an argument may have no value where an instance is given none, and a name that is not Alloy's usual", () => {
  const declare = new Declare(config, "x", {
    arguments: { __x: ArgumentType.required<string>(), url: ArgumentType.optional<string>() },
    content: (_, argument) => ({ __y: argument("__x"), url: argument("url") }),
  });
  new CustomComponent(config, "a", declare, { __x: "one" });
  expect(config.toString()).toContain(`	argument "__x" { }

	argument "url" {
		optional = true
	}

	export "__y" {
		value = argument.__x.value
	}
`);
  expect(config.toString()).toContain(`x "a" {
	__x = "one"
}
`);
  expect(mistakesIn(config)).toEqual(["config: x.a: nothing uses it"]);
});

describe("a component of a module that is imported", () => {
  test("is given what the module takes, and gives what its text asks for", () => {
    const modules = new ImportFile(config, "logs", { filename: "logs.alloy" });
    const masked = new ImportedComponent(config, "cards", modules, "mask", { cardKind: "any", __x: 1 });
    new PrometheusScrape(config, "x", {
      targets: [],
      forwardTo: [masked.export<MetricsReceiver>("metrics_in")],
    });
    expect(config.toString()).toContain(`logs.mask "cards" {
	card_kind = "any"
	__x       = 1
}
`);
    expect(config.toString()).toContain("forward_to = [logs.mask.cards.metrics_in]");
    expect(mistakesIn(config)).toEqual([]);
  });
});
