import { DiscoveryKubernetes, DiscoveryRelabel } from "../../imports/alloy/discovery";
import { LokiProcess, LokiWrite } from "../../imports/alloy/loki";
import { PrometheusRemoteWrite, PrometheusScrape } from "../../imports/alloy/prometheus";
import { ArgumentType, comment, Declare, Foreach, parse, type StringMap, sys } from "../../lib/alloy";
import { describeWithEngines } from "../engines/engines";
import { mistakesIn, newConfig } from "./new-config";

/** A config with comments wherever there may be some. */
function commentedConfig() {
  const config = newConfig();
  const write = comment.above(
    ["Kept for a year.", "", "/* by contract */"],
    new LokiWrite(config, "archive", {
      endpoint: [
        comment.above("The first.", { url: comment.beside("through the proxy", "http://a"), name: "a" }),
        comment.below("No more.", { url: sys.env("URL"), enableHttp2: comment.beside("//faster", true) }),
      ],
    }),
  );
  const process = new LokiProcess(config, "all", {
    forwardTo: [write.receiver],
    stage: [
      comment.above("What the runtime adds.", { cri: {} }),
      {
        labels: {
          values: comment.above("As they come.", { app: "app", pod: comment.beside("all of it", "") }),
        },
      },
      { drop: { source: comment.above(["One", "two"], "level"), value: "debug" } },
    ],
  });
  new DiscoveryRelabel(config, "pods", {
    targets: new DiscoveryKubernetes(config, "pods", { role: "pod" }).targets,
    rule: [{ sourceLabels: [comment.above("namespace", "a"), comment.beside("pod", "b")], action: "keep" }],
  });
  return comment.below("The end.", process) && config;
}

test("comments stand where they were put", () => {
  expect(commentedConfig().toString()).toBe(`loki.process "all" {
	forward_to = [loki.write.archive.receiver]

	// What the runtime adds.
	stage.cri { }

	stage.labels {
		// As they come.
		values = {
			app = "app",
			pod = "", // all of it
		}
	}

	stage.drop {
		// One
		// two
		source = "level"
		value  = "debug"
	}
}
// The end.

// Kept for a year.

/* by contract */
loki.write "archive" {
	// The first.
	endpoint {
		name = "a"
		url  = "http://a" // through the proxy
	}

	endpoint {
		url          = sys.env("URL")
		enable_http2 = true //faster
	}
	// No more.
}

discovery.kubernetes "pods" {
	role = "pod"
}

discovery.relabel "pods" {
	targets = discovery.kubernetes.pods.targets

	rule {
		source_labels = [
			// namespace
			"a",
			"b", // pod
		]
		action = "keep"
	}
}
`);
});

test("a value with a comment is checked like one without", () => {
  const config = newConfig();
  new LokiWrite(config, "x", {
    endpoint: [{ url: "http://x", batchWait: comment.above("soon", "1s"), minBackoffPeriod: "1s" }],
    // @ts-expect-error a comment does not make a duration of it
    maxStreams: comment.above("many", "many"),
  });
  expect(mistakesIn(config)).toContainEqual(expect.stringContaining('maxStreams: "many" is no whole number'));
});

test("an empty line at a block's start goes, as the formatter has it", () => {
  const config = newConfig();
  new LokiWrite(config, "x", { endpoint: [{ url: comment.above(["", ""], "http://x") }] });
  expect(config.toString()).toBe(`loki.write "x" {\n\tendpoint {\n\t\turl = "http://x"\n\t}\n}\n`);
});

test("a comment does not change what a function knows of a value", () => {
  const lines = { app: "app" };
  expect(comment.above("x", lines)).toBe(lines);
});

describe("an order", () => {
  function ordered(order?: readonly string[]) {
    const config = newConfig({ order });
    const remote = new PrometheusRemoteWrite(config, "x", { endpoint: [{ url: "http://x" }] });
    new PrometheusScrape(config, "x", { forwardTo: [remote.receiver], targets: [] });
    return config;
  }

  test("is that of the data, and of Alloy's arguments, where none is named", () => {
    expect(ordered().toString()).toMatch(
      /^prometheus\.scrape "x" \{\n\ttargets .*forward_to.*remote_write "x"/s,
    );
  });

  test("is the one that is named, and that in which arguments are written", () => {
    const config = ordered(["prometheus.remote_write.x", "prometheus.scrape.x"]);
    expect(config.components.map(({ address }) => address)).toEqual([
      "prometheus.remote_write.x",
      "prometheus.scrape.x",
    ]);
    expect(config.toString()).toMatch(
      /remote_write "x".*\nprometheus\.scrape "x" \{\n\tforward_to .*targets/s,
    );
    expect(mistakesIn(config)).toEqual([]);
  });

  test("has last what it leaves out, and may name only what there is", () => {
    const config = ordered(["prometheus.remote_write.x", "prometheus.scrape.y"]);
    expect(config.components.at(-1)?.address).toBe("prometheus.scrape.x");
    expect(mistakesIn(config)).toEqual([
      "config: order: there is no component prometheus.scrape.y; remove it",
    ]);
  });

  test("may be that of a module", () => {
    const config = newConfig();
    new Declare(config, "x", {
      order: ["export.address", "argument.name", "discovery.kubernetes.x"],
      arguments: { name: comment.above("Whose.", ArgumentType.required<string>()) },
      content: (scope, argument) => {
        new DiscoveryKubernetes(scope, "x", { role: "pod" });
        return { address: comment.beside("the same", argument("name")) };
      },
    });
    expect(config.toString().match(/(?<=^\t)[a-z.]+(?= ")/gm)).toEqual([
      "export",
      "argument",
      "discovery.kubernetes",
    ]);
    expect(config.toString()).toContain(`	export "address" {
		value = argument.name.value
	} // the same

	// Whose.
	argument "name" { }
`);
    const collection: readonly StringMap<string>[] = [];
    const order = ["discovery.kubernetes.b", "discovery.kubernetes.a"];
    new Foreach(config, "x", { order, collection, var: "one" }, (scope) => {
      for (const label of ["a", "b"]) new DiscoveryKubernetes(scope, label, { role: "pod" });
    });
    expect(config.toString().match(/(?<=^\t\tdiscovery.kubernetes ")\w/gm)).toEqual(["b", "a"]);
  });
});

describeWithEngines("a config with comments", (engines) => {
  test("is left by the formatter as it is, and has them all", async () => {
    const text = commentedConfig().toString();
    expect(await engines.format(text)).toEqual({ ok: true, value: text });
    expect(parse(text).comments).toHaveLength(14);
  });
});
