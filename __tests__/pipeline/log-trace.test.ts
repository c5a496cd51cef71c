import { describeWithEngines } from "../engines/engines";
import { describeWithTrace } from "../engines/trace";
import { logProcessors } from "./log-chain";
import { local, pipelineOf } from "./pipeline-of";

const labels = {
  namespace: "ais",
  pod: "p",
  container: "ais-node",
  image: "i:1",
  node: "n",
  service_name: "ais",
  instance: "ais/p:ais-node",
  job: "loki.source.kubernetes.pods",
};

/** Lines of pods that controllers own, and of one that none does. */
const lines = ["ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job", "Other", ""].map(
  (kind, index) => ({
    line: `${["I", "W", "E", "x"][index % 4]} line ${index}\n`,
    labels: kind === "" ? labels : { ...labels, controller_kind: kind, controller_name: "c" },
  }),
);

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}

interface Logs {
  readonly resourceLogs: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeLogs: readonly {
      readonly logRecords: readonly {
        readonly body: { readonly stringValue: string };
        readonly severityText?: string;
        readonly attributes?: readonly Attribute[];
      }[];
    }[];
  }[];
}

function recordsOf({ resourceLogs }: Logs) {
  const valuesOf = (attributes: readonly Attribute[] = []) =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));
  return resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map(({ body, severityText, attributes }) => ({
        body: body.stringValue,
        severity: severityText,
        resource: valuesOf(resource.attributes),
        attributes: valuesOf(attributes),
      })),
    ),
  );
}

const byBody = (one: { readonly body?: unknown }, other: { readonly body?: unknown }) =>
  String(one.body).localeCompare(String(other.body));

describeWithTrace("pods' logs in the pipeline, as Alloy's own components run it", (trace) => {
  describeWithEngines("and as its processors do alone", (engines) => {
    test("have the same resource, attributes, severity and body", async () => {
      const text = pipelineOf({ local }).toString();
      const config = await engines.evaluate(text);
      if (!config.ok) throw new Error(config.error);
      const variable = { "service.name": "never", team: "storage" };

      const chain = await engines.chain(
        logProcessors(config.value, variable),
        lines.map(({ line, labels }) => ({
          body: line,
          attributes: { ...labels, "loki.attribute.labels": Object.keys(labels).join(",") },
        })),
      );
      const traced = await trace({
        config: text,
        environment: { HOSTNAME: "n", OTEL_RESOURCE_ATTRIBUTES: "service.name=never,team=storage" },
        inputs: [{ to: "loki.source.kubernetes.pods", logs: lines }],
      });

      expect(traced.errors).toEqual([]);
      expect(traced.arrived.map(({ at }) => at)).toEqual(["otelcol.exporter.otlphttp.local_logs.input"]);
      const expected = chain.ok ? chain.value : [];
      expect(expected).toHaveLength(lines.length);
      const arrived = recordsOf(traced.arrived[0]?.otlp?.logs as Logs).map(({ resource, ...rest }) => {
        // Put on behind what the other runs.
        const { cluster, ...before } = resource;
        return { ...rest, resource: before };
      });
      expect(arrived.sort(byBody)).toEqual(
        [...expected].sort(byBody).map(({ body, severity_text, resource, attributes }) => ({
          body,
          severity: severity_text,
          resource,
          attributes,
        })),
      );
    });
  });
});
