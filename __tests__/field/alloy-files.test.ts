import { parse } from "../../lib/alloy";
import { environmentOf } from "../pipeline/pipeline-of";
import { describeWithField, scrapeEachSecond } from "./field";

jest.setTimeout(400_000);

const file = `// The agent's memory, once more, and a Secret that a destination of its own reads.
prometheus.exporter.self "own" { }

prometheus.scrape "own" {
	targets         = prometheus.exporter.self.own.targets
	job_name        = "from-a-file"
	scrape_interval = "30s"
	forward_to      = [prometheus.relabel.own.receiver]
}

prometheus.relabel "own" {
	rule {
		source_labels = ["__name__"]
		regex         = "process_resident_memory_bytes"
		action        = "keep"
	}

	rule {
		target_label = "job"
		replacement  = "from-a-file"
	}
	forward_to = [otelcol.receiver.prometheus.metrics.receiver, otelcol.receiver.prometheus.own.receiver]
}

otelcol.receiver.prometheus "own" {
	output {
		metrics = [otelcol.exporter.otlphttp.own.input]
	}
}

local.file "token" {
	filename  = "/var/run/secrets/alloy/own/token"
	is_secret = true
}

otelcol.auth.bearer "own" {
	token = local.file.token.content
}

otelcol.exporter.otlphttp "own" {
	client {
		endpoint = "http://own.example.com"
		auth     = otelcol.auth.bearer.own.handler

		tls {
			insecure = true
		}
	}
}
`;

describeWithField("a file in Alloy's language", (field) => {
  test("runs in the pipeline, and has ends and Secrets of it", async () => {
    const [ours, own] = await Promise.all(["ours", "own"].map((name) => field.destination(name)));
    const settings = { local: { metricsEndpoint: `${ours}/v1/metrics` }, remote: { label: "east" } };
    const alloyFiles = [{ name: "own.alloy", config: parse(file, { file: "own.alloy" }) }];
    const environment = { ...environmentOf(settings), alloyFiles };
    await field.agent(environment, {
      change: (config) => scrapeEachSecond(config).replace("http://own.example.com", own ?? ""),
      secrets: { own: { token: "any" } },
    });
    const [series] = await field.untilSeries("ours", "from-a-file", ({ length }) => length > 0);
    expect(series).toMatchObject({
      name: "process_resident_memory_bytes",
      labels: { job: "from-a-file", cluster: "east" },
    });
    const [past] = await field.untilSeries("own", "from-a-file", ({ length }) => length > 0);
    expect(past?.name).toBe("process_resident_memory_bytes");
    expect(past?.labels.cluster).toBeUndefined();
  });
});
