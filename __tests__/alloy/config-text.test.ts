import { definitions } from "../../imports/alloy/definitions";
import { PrometheusRemoteWrite, PrometheusScrape } from "../../imports/alloy/prometheus";
import { type AlloyConfig, ConfigText, parse, WrittenComponent } from "../../lib/alloy";
import { mistakesIn, newConfig } from "./new-config";

const scraped = `// Our own.
prometheus.scrape "own" {
	targets    = [{__address__ = "own:1"}] // One.
	forward_to = [prometheus.remote_write.all.receiver]
}
`;

let config: AlloyConfig;
beforeEach(() => {
  config = newConfig();
});

/** A config of a program with the text of a file in it. */
function withText(text: string, id = "own"): ConfigText {
  const file = `${id}.alloy`;
  return new ConfigText(config, id, { text: parse(text, { file }), definitions, title: `From ${file}` });
}

function remote(): PrometheusRemoteWrite {
  return new PrometheusRemoteWrite(config, "all", { endpoint: [{ url: "http://x" }] });
}

test("a text is a part of a config: it uses what a program made, and is printed as it was written", () => {
  remote();
  withText(scraped);
  expect(mistakesIn(config)).toEqual([]);
  expect(config.toString()).toBe(`prometheus.remote_write "all" {
	endpoint {
		url = "http://x"
	}
}

// From own.alloy

${scraped}`);
});

test("its components are those of the config, with what they refer to and need", () => {
  remote();
  withText(`${scraped}\ndiscovery.kubernetes "own" {\n\trole = "pod"\n}\n`);
  expect(config.components.map(({ address }) => address)).toEqual([
    "prometheus.remote_write.all",
    "prometheus.scrape.own",
    "discovery.kubernetes.own",
  ]);
  expect(config.components.map((component) => component instanceof WrittenComponent)).toEqual([
    false,
    true,
    true,
  ]);
  expect(config.edges.map(({ from, attribute, to }) => [from.address, attribute, to.address])).toEqual([
    ["prometheus.scrape.own", "forward_to", "prometheus.remote_write.all"],
  ]);
  expect(config.requirements).toContainEqual({
    component: "discovery.kubernetes.own",
    requirement: { kind: "api", apiGroup: "", resource: "pods", verbs: ["list", "watch"] },
  });
});

test("what is wrong with it is said at its place, beside what is wrong with the program", () => {
  new PrometheusScrape(config, "all", { targets: [], forwardTo: [] });
  withText(`${scraped.replace("forward_to", "forward_too")}prometheus.scrap "b" { }\n`);
  expect(config.diagnostics.map(({ at, severity, message }) => `${at}: ${severity}: ${message}`)).toEqual([
    "config/prometheus.scrape.all: error: it sends its data nowhere",
    "own.alloy:4:2: error: there is no attribute forward_too; write forward_to",
    "own.alloy:4:17: error: there is no prometheus.remote_write.all; add it, or refer to what there is",
    "own.alloy:6:1: error: there is no component prometheus.scrap; write prometheus.scrape",
  ]);
  expect(config.diagnostics.map(({ about }) => about)).toContain("reference");
});

test("a name that the program has, or another text, is said where the text has it", () => {
  remote();
  withText(scraped);
  withText(`${scraped}prometheus.remote_write "all" {\n}\n`, "other");
  const there = mistakesIn(config).filter((mistake) => mistake.includes("is there already"));
  expect(there).toEqual([
    "config: other.alloy:2:1: prometheus.scrape.own is there already, at own.alloy:2:1; write another label",
    "config: other.alloy:6:1: prometheus.remote_write.all is there already, at config/prometheus.remote_write.all; write another label",
  ]);
});

test("of a text with mistakes, what is right is in the config", () => {
  remote();
  withText(`${scraped}logging {\n\tlevel = \n}\n`);
  expect(mistakesIn(config)).toEqual(["config: own.alloy:8:1: a value is expected, not }"]);
  expect(config.edges).toHaveLength(1);
});

describe("modules of a text", () => {
  const module = `declare "pods" {
	argument "to" { }

	discovery.kubernetes "pods" {
		role = "pod"
	}

	prometheus.scrape "pods" {
		targets    = discovery.kubernetes.pods.targets
		forward_to = [argument.to.value]
	}
}

pods "own" {
	to = prometheus.remote_write.all.receiver
}
`;

  test("hold what the config needs", () => {
    remote();
    withText(module);
    expect(mistakesIn(config)).toEqual([]);
    expect(config.toString()).toContain(module);
    expect(config.requirements.map(({ component }) => component)).toContain(
      "declare.pods/discovery.kubernetes.pods",
    );
    expect(config.edges.map(({ from, to }) => [from.address, to.address])).toEqual([
      ["pods.own", "prometheus.remote_write.all"],
    ]);
  });

  test("are checked as others are", () => {
    remote();
    withText(
      module.replace('role = "pod"', 'role = "pots"').replace("argument.to.value", "argument.too.value"),
    );
    expect(mistakesIn(config)).toEqual([
      "config: own.alloy:2:2: nothing uses it",
      expect.stringContaining('own.alloy:5:10: "pots" is not known'),
      expect.stringContaining("own.alloy:10:17: there is no argument.too; write argument.to.value"),
    ]);
  });
});
