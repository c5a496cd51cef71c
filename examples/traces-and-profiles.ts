import { ApiObject, App, Chart } from "cdk8s";
import type { Construct } from "constructs";
import { DiscoveryKubernetes, DiscoveryRelabel } from "../imports/alloy/discovery";
import { OtelcolAuthBasic } from "../imports/alloy/otelcol.auth";
import { OtelcolExporterOtlphttp } from "../imports/alloy/otelcol.exporter";
import { OtelcolProcessorBatch } from "../imports/alloy/otelcol.processor";
import { OtelcolReceiverOtlp } from "../imports/alloy/otelcol.receiver";
import { PyroscopeScrape, PyroscopeWrite } from "../imports/alloy/pyroscope";
import { AlloyConfig, sys } from "../lib/alloy";

export interface TracesAndProfilesProps {
  /** The application's pods: the value of their label `app.kubernetes.io/name`. */
  readonly application: string;
  /** The base URL that traces are sent to over OTLP/HTTP. */
  readonly tracesUrl: string;
  readonly profilesUrl: string;
  /** Who sends. The password is in the environment variable `REMOTE_PASSWORD`. */
  readonly username: string;
}

/** Takes an application's traces, scrapes its profiles, and sends both to a remote. */
export class TracesAndProfiles extends AlloyConfig {
  constructor(scope: Construct, id: string, props: TracesAndProfilesProps) {
    super(scope, id, { stability: "generally-available" });
    const { application, username } = props;
    const password = sys.env("REMOTE_PASSWORD");

    const auth = new OtelcolAuthBasic(this, "remote", { username, password });
    const exporter = new OtelcolExporterOtlphttp(this, "remote", {
      client: { endpoint: props.tracesUrl, auth: auth.handler },
    });
    const batch = new OtelcolProcessorBatch(this, "traces", { output: { traces: [exporter.input] } });
    new OtelcolReceiverOtlp(this, "application", { grpc: {}, http: {}, output: { traces: [batch.input] } });

    const write = new PyroscopeWrite(this, "remote", {
      endpoint: [{ url: props.profilesUrl, basicAuth: { username, password } }],
    });
    const pods = new DiscoveryKubernetes(this, "application", {
      role: "pod",
      selectors: [{ role: "pod", label: `app.kubernetes.io/name=${application}` }],
    });
    const processes = new DiscoveryRelabel(this, "application", {
      targets: pods.targets,
      rule: [
        { sourceLabels: ["__meta_kubernetes_pod_container_port_name"], regex: "http", action: "keep" },
        { sourceLabels: ["__meta_kubernetes_pod_name"], targetLabel: "pod" },
        { targetLabel: "service_name", replacement: application },
      ],
    });
    new PyroscopeScrape(this, "application", { targets: processes.output, forwardTo: [write.receiver] });
  }
}

/** A ConfigMap that holds the config. */
export function application(): App {
  const app = new App();
  const chart = new Chart(app, "telemetry");
  const config = new TracesAndProfiles(chart, "config", {
    application: "shop",
    tracesUrl: "https://otlp.example.com",
    profilesUrl: "https://profiles.example.com",
    username: "shop",
  });
  new ApiObject(chart, "config-map", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "alloy" },
    data: { "config.alloy": config.toString() },
  });
  return app;
}

// node scripts/run.js examples/traces-and-profiles.ts | kubectl apply -f -
if (require.main === module) process.stdout.write(application().synthYaml());
