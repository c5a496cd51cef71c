import { App } from "cdk8s";
import { Construct } from "constructs";
import { Livedebugging } from "../../../imports/alloy/config";
import { DiscoveryKubernetes } from "../../../imports/alloy/discovery";
import { OtelcolExporterOtlp } from "../../../imports/alloy/otelcol.exporter";
import { OtelcolProcessorBatch } from "../../../imports/alloy/otelcol.processor";
import { OtelcolReceiverOtlp } from "../../../imports/alloy/otelcol.receiver";
import { PyroscopeScrape, PyroscopeWrite } from "../../../imports/alloy/pyroscope";
import { AlloyConfig } from "../../../lib/alloy";

/** A config of all three stages that is not AIStore's: traces and profiles. */
export function tracesAndProfiles(): AlloyConfig {
  const config = new AlloyConfig(new App(), "config");
  new Livedebugging(config, { enabled: true });
  const destinations = new Construct(config, "destinations");
  const exporter = new OtelcolExporterOtlp(new Construct(destinations, "tempo"), "tempo", {
    client: { endpoint: "tempo:4317" },
  });
  const write = new PyroscopeWrite(new Construct(destinations, "pyroscope"), "pyroscope", {
    endpoint: [{ url: "http://pyroscope:4040" }],
  });
  const processing = new Construct(config, "processing");
  const batch = new OtelcolProcessorBatch(processing, "traces", { output: { traces: [exporter.input] } });
  const sources = new Construct(config, "sources");
  new OtelcolReceiverOtlp(new Construct(sources, "apps"), "apps", {
    grpc: {},
    output: { traces: [batch.input] },
  });
  const pods = new Construct(sources, "pods");
  const discovery = new DiscoveryKubernetes(pods, "pods", { role: "pod" });
  new PyroscopeScrape(pods, "pods", { targets: discovery.targets, forwardTo: [write.receiver] });
  return config;
}
