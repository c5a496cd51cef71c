import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Chart } from "cdk8s";
import fc from "fast-check";
import { AistorePipeline } from "../../../lib/pipeline";
import { formatted } from "../../../scripts/alloy-import/source";
import { all, classes, construct, minimal } from "../../alloy/all-components";
import { fleet } from "../../fleet/fleet";
import { agent } from "../../pipeline/pipeline-of";
import { asProgram, commentsOf, imported, printedBy } from "./imported";

const root = join(__dirname, "../../..");

/** A config that has most of what a program says in a way of its own. */
const sample = `// Sends what the pods tell.
// Ask the team of logs.

logging {
	level = "warn"
}

import.file "masks" {
	filename = file.path_join(module_path, "masks.alloy")
}

declare "tagged" {
	argument "forward_to" {
		comment = "Where lines go."
	}

	argument "cluster" {
		optional = true
		default  = constants.hostname
	}

	loki.process "default" {
		forward_to = argument.forward_to.value

		// What all lines have.
		stage.static_labels {
			values = { cluster = argument.cluster.value }
		}

		stage.drop {
			older_than          = "24h"
			drop_counter_reason = "too old" // counted
		}
	}

	export "receiver" {
		value = loki.process.default.receiver
	}
}

discovery.kubernetes "pods" {
	role = "pod"
}

discovery.relabel "pods" {
	targets = array.concat(discovery.kubernetes.pods.targets, [{ __address__ = "localhost", "app-name" = "own" }])

	// Only those that ask.
	rule {
		source_labels = ["__meta_kubernetes_pod_annotation_logs"]
		action        = "keep"
		regex         = "true"
	}
}

loki.source.kubernetes "pods" {
	targets    = discovery.relabel.pods.output
	forward_to = [tagged.pods.receiver, masks.cards.pods.receiver]
}

tagged "pods" {
	forward_to = [loki.write.default.receiver]
}

masks.cards "pods" {
	sent_to = [loki.write.default.receiver]
}

remote.kubernetes.secret "loki" {
	namespace = "monitoring"
	name      = "loki"
}

loki.write "default" {
	endpoint {
		url       = "http://" + sys.env("LOKI") + "/loki/api/v1/push"
		tenant_id = convert.nonsensitive(remote.kubernetes.secret.loki.data["tenant"])

		basic_auth {
			username = "alloy"
			password = remote.kubernetes.secret.loki.data["password"]
		}
	}

	max_streams = 5 * 1000
}
// The end.
`;

test("a config becomes a program as one writes it", () => {
  const program = formatted(imported(sample).source);
  const head = program.slice(0, program.indexOf("import "));
  expect(program.slice(head.length)).toMatchSnapshot();
  expect(head.split("\n")).toEqual(
    expect.arrayContaining([
      "// Made of config.alloy. Where it runs, it requires:",
      "// - the stability level generally-available",
      "// - loki.source.kubernetes.pods: to get pods/log",
    ]),
  );
});

test("the program prints what the config says, with its comments", () => {
  const { source, untyped, components } = imported(sample);
  const printed = printedBy(source);
  expect(asProgram(printed)).toBe(asProgram(sample));
  expect(commentsOf(printed)).toEqual(commentsOf(sample));
  expect([components, untyped]).toEqual([10, 2]);
});

test("a component of the community is allowed, and none that isn't there", () => {
  const of = (exporter: string) => {
    const sending = `output {\ntraces = [otelcol.exporter.${exporter}.x.input]\n}`;
    return imported(
      `declare "d" {\notelcol.receiver.otlp "x" {\ngrpc { }\n${sending}\n}\notelcol.exporter.${exporter} "x" { }\n}\nd "x" { }\n`,
    ).source;
  };
  expect(of("googlecloud")).toContain("// - --feature.community-components.enabled\n");
  expect(of("googlecloud")).toContain('new AlloyConfig(app, "config", { communityComponents: true, ');
  expect(of("googlecloud")).toContain("googlecloud.x: to reach what only a running Alloy knows\n");
  expect(of("debug")).not.toContain("ommunity");
});

describe("a label is a variable", () => {
  function variables(text: string): readonly string[] {
    return [...imported(text).source.matchAll(/const (\w+) =/g)].map(([, name = ""]) => name).slice(2);
  }

  function pair(label: string): string {
    return `discovery.kubernetes "${label}" {\n role = "pod"\n}\ndiscovery.relabel "x" {\n targets = discovery.kubernetes.${label}.targets\n}\n`;
  }

  test.each([
    ["pods", "pods"],
    ["all_pods", "allPods"],
    ["_pods_", "pods"],
    ["Pods", "pods"],
    ["default", "defaultKubernetes"],
    ["class", "classKubernetes"],
    ["config", "configKubernetes"],
    ["sys", "sysKubernetes"],
    ["_1", "_1"],
  ])("%s is %s", (label, variable) => {
    expect(variables(pair(label))).toEqual([variable]);
    expect(asProgram(printedBy(imported(pair(label)).source))).toBe(asProgram(pair(label)));
  });

  test("that says what it is of where others have the same", () => {
    expect(
      variables(`${pair("x")}prometheus.scrape "y" {
        targets = discovery.relabel.x.output
        forward_to = [prometheus.remote_write.x.receiver]
      }
      prometheus.remote_write "x" { }`),
    ).toEqual(["x", "xRelabel", "xRemoteWrite"]);
  });
});

describe("a value", () => {
  /** How an attribute stands in the program. */
  function written(component: string, attribute: string): string {
    const text = `${component} "x" {\n${attribute}\n}\n`;
    const { source } = imported(text);
    expect(asProgram(printedBy(source))).toBe(asProgram(text));
    return /"x", \{ (.*) \}\);/.exec(source)?.[1] ?? source;
  }

  test.each([
    ["prometheus.scrape", 'scrape_interval = "1m30s"', 'scrapeInterval: "1m30s"'],
    ["prometheus.scrape", "sample_limit = 10", "sampleLimit: 10"],
    ["prometheus.scrape", 'sample_limit = "10"', 'sampleLimit: alloy`\u0024{"10"}`'],
    ["prometheus.scrape", 'sample_limit = sys.env("MOST")', 'sampleLimit: numberIn(sys.env("MOST"))'],
    ["prometheus.scrape", 'job_name = env("JOB")', 'jobName: alloy`env("JOB")`'],
    ["prometheus.scrape", "job_name = 5", "jobName: alloy`5`"],
    ["prometheus.scrape", "job_name = null", "jobName: alloy`null`"],
    ["prometheus.scrape", "job_name = `a\\d\u0024{b}`", 'jobName: "a\\\\d\u0024{b}"'],
    ["prometheus.scrape", 'bearer_token = "x"', 'bearerToken: notSecret("x")'],
    ["prometheus.scrape", "honor_labels = !true", "honorLabels: alloy`!true`"],
    ["prometheus.scrape", "sample_limit = -1", "sampleLimit: -1"],
    ["prometheus.scrape", "sample_limit = 1e3", "sampleLimit: alloy`1e3`"],
    ["prometheus.scrape", 'targets = [{ "2" = "a", "1" = "b" }]', 'targets: [alloy`{\n\t"2" = '],
    ["prometheus.scrape", "job_name = constants.os", "jobName: constants.os"],
    ["prometheus.scrape", 'job_name = string.join(["a", "b"], "-")', 'jobName: string.join(["a", "b"], "-")'],
  ])("of %s: %s", (component, attribute, expected) => {
    expect(written(component, attribute)).toContain(expected);
  });
});

describe("what the project prints", () => {
  test.each([
    ["minimal", minimal],
    ["all", all],
  ])("of every component with %s arguments comes back", (_, samples) => {
    for (const described of classes) {
      const { text } = construct(described, samples?.of(described.args).props ?? {});
      expect(printedBy(imported(text).source)).toBe(text);
    }
  });

  test.each(fleet.map((environment) => [environment.name, environment] as const))(
    "of %s comes back",
    (name, environment) => {
      const text = new AistorePipeline(new Chart(new App(), name), "config", environment, agent).toString();
      const printed = printedBy(imported(text).source);
      expect(asProgram(printed)).toBe(asProgram(text));
      expect(commentsOf(printed)).toEqual(commentsOf(text));
      // Files of an operator's have a layout of their own.
      if (environment.alloyFiles.length === 0) expect(printed).toBe(text);
    },
  );

  test("of any components in any order comes back", () => {
    const texts = [minimal, all].flatMap((samples) =>
      classes
        .filter(({ labelled }) => labelled)
        .map((described) => construct(described, samples?.of(described.args).props ?? {}).text),
    );
    const some = fc.array(fc.tuple(fc.constantFrom(...texts), fc.constantFrom("", "// why\n")), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(some, (chosen) => {
        const text = chosen
          .map(([one, comment], index) => comment + one.replace('"one"', `"label_${index}"`))
          .join("\n");
        expect(printedBy(imported(text).source)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the command", () => {
  const folder = mkdtempSync(join(tmpdir(), "import-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(text: string, ...options: readonly string[]) {
    const file = join(folder, "config.alloy");
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["scripts/run.js", "scripts/alloy-import.ts", ...options, file],
      { cwd: root, encoding: "utf8" },
    );
    return { status, stdout, stderr: stderr.replaceAll(file, "config.alloy") };
  }

  test("tells mistakes of the text, and prints nothing", () => {
    expect(run('prometheus.scrap "x" { }\nlogging {\n\tlevel = "loud"\n}\n')).toEqual({
      status: 1,
      stdout: "",
      stderr: `config.alloy:1:1: there is no component prometheus.scrap; write prometheus.scrape
config.alloy:3:10: "loud" is not known; write one of "", "debug", "error", "info", "warn"
2 errors, nothing is printed
`,
    });
  });

  test("writes a program that compiles wherever it is told to look for the project", () => {
    const { status, stdout, stderr } = run(sample, "--project", root);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: "10 blocks, 2 expressions without a type of their own\n",
    });
    writeFileSync(join(folder, "config.ts"), stdout);
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const config = { extends: join(root, "tsconfig.json"), include: ["config.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc")], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(tsc.stdout).toBe("");
  });
});
