import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments } from "../../../lib/environment";
import { describeTraces } from "../../engines/describe";
import { environmentOf } from "../../pipeline/pipeline-of";
import { explained, explainedIn } from "./explained";

/** What an operator sees. */
const shown = (name: string) => readFileSync(join(__dirname, `${name}.txt`), "utf8");

describeTraces("explain", () => {
  test("shows the way of a line of AIStore, and what each destination gets", () => {
    expect(explained("exposed", "--line", "E 10:00:00.000 disk is full", "--pod", "ais/ais-target-0")).toBe(
      shown("exposed"),
    );
  });

  test("says which part keeps a line from which destination", () => {
    const words = ["--line", "ready", "--pod", "shop/cart-0", "--image", "cart:1"];
    expect(explained("archive", ...words, "--controller", "Job/cart")).toBe(shown("archive"));
  });

  test("says which part drops a line for all", () => {
    const noise = "[WARNING] No files matching import glob pattern: /etc/coredns/*";
    const pod = ["--pod", "kube-system/coredns-0", "--container", "coredns"];
    const text = explained("exposed", "--line", noise, ...pod);
    expect(text).toMatch(/otelcol\.processor\.filter\.noise +drops it: resource\.attributes.* and IsMatch/);
    expect(text).toContain("local, remote, trial get nothing: otelcol.processor.filter.noise drops it\n");
    expect(explained("exposed", "--line", "ready", ...pod)).not.toContain("drops it");
  });

  test("says by which rule a pod's log is not read", () => {
    const pod = ["--pod", "lab/bench-0"];
    expect(explained("vault", "--line", "x", ...pod)).toBe(
      [
        "vault: a line of lab/bench-0, container main, on node-1",
        "",
        "discovery.kubernetes.pods  finds the pod",
        'discovery.relabel.pods     drops the container: rule { source_labels = ["__meta_kubernetes_namespace"], regex = "kube-system|lab", action = "drop" }',
        "",
        "No line of it is read.",
        "",
      ].join("\n"),
    );
  });

  test("says what stages of the agent's own log do", () => {
    const words = ["--pod", "monitoring/alloy-x", "--container", "alloy", "--line"];
    const trouble = explained("least", ...words, "level=error component_id=otelcol.exporter.x msg=away");
    expect(trouble).toMatch(/loki\.process\.own\n {2}stage\.match/);
    expect(explained("least", ...words, "level=info msg=ready")).toMatch(
      /loki\.process\.own +changes nothing\n/,
    );
  });

  describe("of files in Alloy's language", () => {
    const folder = mkdtempSync(join(tmpdir(), "explain-"));
    afterAll(() => rmSync(folder, { recursive: true }));
    const settings = (file: string) =>
      `container_runtime: containerd\nlocal:\n  endpoint: http://otlp.monitoring.svc:4318\nalloy_files: [${file}]\n`;
    const withFile = (alloy: string, ...words: readonly string[]) => {
      writeFileSync(join(folder, "a.yaml"), settings("own.alloy"));
      writeFileSync(join(folder, "own.alloy"), alloy);
      const [environment] = loadEnvironments(folder);
      if (environment === undefined) throw new Error("there is no environment");
      return explainedIn(environment, ...words);
    };
    const stages = readFileSync("examples/namespace-logs.alloy", "utf8");

    test("shows each way of a log, stage by stage, and the pods that one doesn't look for", () => {
      const words = ["--label", "app.kubernetes.io/name=cart", "--line"];
      const line = '{"ts":"2026-01-05T10:00:00Z","level":"error","msg":"no cart"}';
      const ways = withFile(stages, "--pod", "shop/cart-0", ...words, line).split(/\n\n(?=discovery\.)/);
      expect(ways).toHaveLength(3);
      expect(ways.at(-1)).toBe(shown("shop"));
      const other = withFile(stages, "--pod", "bank/till-0", ...words, line);
      expect(other).toMatch(
        /\ndiscovery\.kubernetes\.shop +looks for pods of shop alone\n\nNo line of it is read\.\n$/,
      );
    });

    test("says which of some lines a stage drops", () => {
      const lines = ["--line", '{"request":{"path":"/healthz"}}', "--line", "ready"];
      const text = withFile(stages, "--pod", "shop/cart-0", ...lines);
      expect(text).toMatch(
        /\n {2}stage\.drop {2}2 come in, 1 goes out: stage\.drop \{ .*"\/healthz\|\/readyz" \}\n/,
      );
      expect(text).toMatch(/\nloki\.write\.shop gets\n {2}body +ready\\n\n/);
    });

    describe("of a filter", () => {
      const filter = (conditions: string) => `
discovery.kubernetes "all" {
	role = "pod"
}

loki.source.kubernetes "all" {
	targets    = discovery.kubernetes.all.targets
	forward_to = [otelcol.receiver.loki.all.receiver]
}

otelcol.receiver.loki "all" {
	output {
		logs = [otelcol.processor.filter.all.input]
	}
}

otelcol.processor.filter "all" {
	error_mode = "ignore"

	${conditions}

	output {
		logs = [otelcol.exporter.debug.all.input]
	}
}

otelcol.exporter.debug "all" { }
`;
      const says = (conditions: string, ...lines: readonly string[]) => {
        const text = withFile(
          filter(conditions),
          "--pod",
          "a/b",
          ...lines.flatMap((line) => ["--line", line]),
        );
        return /^otelcol\.processor\.filter\.all +(.*)$/m.exec(text)?.[1];
      };
      const [first, second] = [`IsMatch(log.body, "DEBUG")`, `IsMatch(log.body, "probe")`];
      const both = `logs {\n\t\tlog_record = [\`${first}\`, \`${second}\`]\n\t}`;

      test.each([
        ["the condition that drops a line: the first that it meets", ["DEBUG probe"], `drops it: ${first}`],
        ["the second where the first lets it through", ["probe"], `drops it: ${second}`],
        ["each that drops one of several lines", ["a probe", "DEBUG"], `drops all: ${first}; ${second}`],
        ["what drops some of them", ["probe", "ready"], `2 come in, 1 goes out: ${second}`],
        ["nothing where none is met", ["ready"], "changes nothing"],
      ])("says %s", (_, lines, words) => {
        expect(says(both, ...lines)).toBe(words);
      });

      test("says a condition of any list, and the only one too", () => {
        const scoped = (conditions: string) => `log_conditions {\n\t\tconditions = [${conditions}]\n\t}`;
        expect(says(scoped(`\`${first}\`, \`${second}\``), "probe")).toBe(`drops it: ${second}`);
        expect(says(`logs {\n\t\tlog_record = [\`${second}\`]\n\t}`, "probe")).toBe(`drops it: ${second}`);
      });
    });

    test("says behind which component nothing is known", () => {
      const alloy = `
discovery.kubernetes "all" {
	role = "pod"
}

loki.source.kubernetes "all" {
	targets    = discovery.kubernetes.all.targets
	forward_to = [loki.process.all.receiver]
}

loki.process "all" {
	forward_to = [loki.secretfilter.all.receiver]

	stage.static_labels {
		values = {
			job = "all",
		}
	}
}

loki.secretfilter "all" {
	forward_to = [loki.write.all.receiver]
}

loki.write "all" {
	endpoint {
		url = "https://loki.example.com/loki/api/v1/push"
	}
}
`;
      expect(withFile(alloy, "--pod", "shop/cart-0", "--line", "ready")).toMatch(
        /\nloki\.write\.all gets nothing: it is not known here what loki\.secretfilter\.all does\n$/,
      );
    });
  });

  test("says where there are no logs to read", () => {
    const metricsEndpoint = "http://otlp.monitoring.svc:4318/v1/metrics";
    const without = environmentOf({ local: { metricsEndpoint } });
    expect(explainedIn(without, "--line", "x", "--pod", "a/b")).toMatch(/\nThe config reads no logs of pods/);
  });

  test("writes nothing to a terminal that it could take for a command", () => {
    const text = explained("least", "--line", "a\u001b[2Jb\tc", "--pod", "shop/x");
    expect(text).toContain("a\\u{1b}[2Jb\\tc");
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe("the command", () => {
  const run = (args: readonly string[], variables: NodeJS.ProcessEnv = {}) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["scripts/run.js", "scripts/explain.ts", ...args],
      { encoding: "utf8", env: { ...process.env, ...variables } },
    );
    return { status, stdout, stderr };
  };
  const line = ["--line", "x", "--pod", "ais/ais-target-0", "--environments", "__tests__/fleet"];

  describeTraces("with the engine", () => {
    test("answers", () => {
      expect(run(["least", ...line])).toEqual({
        status: 0,
        stderr: "",
        stdout: explained("least", "--line", "x", "--pod", "ais/ais-target-0"),
      });
    });
  });

  test.each([
    [
      "an environment that isn't there",
      ["leest", ...line],
      "leest: is no environment of __tests__/fleet; write least\nnothing is explained\n",
    ],
    [
      "no pod",
      ["least", "--line", "x"],
      "the pod is missing; write --pod NAMESPACE/NAME\nnothing is explained\n",
    ],
  ])("says %s", (_, args, stderr) => {
    expect(run(args)).toEqual({ status: 1, stdout: "", stderr });
  });

  test.each([
    ["--pods", "there is no option --pods; write --pod"],
    ["--namespace", "there is no option --namespace; see npm run explain -- --help"],
  ])("says of %s that there is no such option, and what to write or where to read", (option, said) => {
    const { status, stderr } = run(["least", ...line, option, "x"]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: `${said}\nnothing is explained\n` });
  });

  test("says what to install where there is no Go", () => {
    expect(run(["least", ...line], { PATH: "", ALLOY_ENGINE: undefined })).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "Alloy's components: go is not on PATH: install Go 1.26 or newer, or set ALLOY_ENGINE to the engine.wasm of the package alloy-constructs-engine\nnothing is explained\n",
    });
  });

  test("explains itself", () => {
    expect(run(["--help"])).toMatchObject({ status: 0, stdout: "" });
  });
});
