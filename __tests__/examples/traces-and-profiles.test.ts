import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { RootConstruct } from "constructs";
import { application, TracesAndProfiles } from "../../examples/traces-and-profiles";
import { describeWithEngines } from "../engines/engines";

const text = `otelcol.auth.basic "remote" {
	username = "shop"
	password = sys.env("REMOTE_PASSWORD")
}

otelcol.receiver.otlp "application" {
	grpc { }

	http { }

	output {
		traces = [otelcol.processor.batch.traces.input]
	}
}

otelcol.processor.batch "traces" {
	output {
		traces = [otelcol.exporter.otlphttp.remote.input]
	}
}

otelcol.exporter.otlphttp "remote" {
	client {
		endpoint = "https://otlp.example.com"
		auth     = otelcol.auth.basic.remote.handler
	}
}

discovery.kubernetes "application" {
	role = "pod"

	selectors {
		role  = "pod"
		label = "app.kubernetes.io/name=shop"
	}
}

discovery.relabel "application" {
	targets = discovery.kubernetes.application.targets

	rule {
		source_labels = ["__meta_kubernetes_pod_container_port_name"]
		regex         = "http"
		action        = "keep"
	}

	rule {
		source_labels = ["__meta_kubernetes_pod_name"]
		target_label  = "pod"
	}

	rule {
		target_label = "service_name"
		replacement  = "shop"
	}
}

pyroscope.scrape "application" {
	targets    = discovery.relabel.application.output
	forward_to = [pyroscope.write.remote.receiver]
}

pyroscope.write "remote" {
	endpoint {
		url = "https://profiles.example.com"

		basic_auth {
			username = "shop"
			password = sys.env("REMOTE_PASSWORD")
		}
	}
}
`;

function example() {
  return new TracesAndProfiles(new RootConstruct(), "config", {
    application: "shop",
    tracesUrl: "https://otlp.example.com",
    profilesUrl: "https://profiles.example.com",
    username: "shop",
  });
}

describe("traces and profiles", () => {
  test("go from the application to the remote", () => {
    expect(example().toString()).toBe(text);
  });

  test("have no mistakes", () => {
    expect(
      example()
        .node.findAll()
        .flatMap(({ node }) => node.validate()),
    ).toEqual([]);
  });

  test("need the right to find pods, ports, connections, and a stable agent", () => {
    const { requirements, stability } = example();
    expect(stability).toBe("generally-available");
    expect(requirements.filter(({ requirement }) => requirement.kind === "api")).toEqual([
      {
        component: "discovery.kubernetes.application",
        requirement: { kind: "api", apiGroup: "", resource: "pods", verbs: ["list", "watch"] },
      },
    ]);
    const ports = requirements.flatMap(({ requirement }) =>
      requirement.kind === "port" ? [requirement.port] : [],
    );
    expect(ports).toEqual([4317, 4318]);
    const hosts = requirements.flatMap(({ requirement }) =>
      requirement.kind === "connection" && requirement.to.type === "host" ? [requirement.to.host] : [],
    );
    expect(hosts).toEqual(["otlp.example.com", "profiles.example.com"]);
  });

  test("are printed as a ConfigMap by the program", () => {
    const root = join(__dirname, "../..");
    const args = ["scripts/run.js", "examples/traces-and-profiles.ts"];
    const printed = execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    expect(printed).toBe(application().synthYaml());
    expect(printed.replaceAll(/^ {4}/gm, "")).toContain(`config.alloy: |\n${text}`);
  });
});

describeWithEngines("Alloy's formatter", (engines) => {
  test("leaves the example as it is", async () => {
    expect(await engines.format(text)).toEqual({ ok: true, value: text });
  });
});
