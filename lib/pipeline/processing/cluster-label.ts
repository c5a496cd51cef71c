import { Construct } from "constructs";
import { OtelcolProcessorTransform } from "../../../imports/alloy/otelcol.processor";
import { type Consumer, type Expression, ottl } from "../../alloy";

export interface ClusterLabelProps {
  readonly cluster: string;
  /** Where metrics go; none if there are no metrics. */
  readonly metrics: readonly Expression<Consumer<"metrics">>[];
  /** Where logs go; none if there are no logs. */
  readonly logs: readonly Expression<Consumer<"logs">>[];
}

/** Puts the resource attribute `cluster` on all signals; on metrics as a label of each data point too. */
export class ClusterLabel extends Construct {
  readonly input: Expression<Consumer<"metrics" | "logs">>;

  constructor(scope: Construct, id: string, { cluster, metrics, logs }: ClusterLabelProps) {
    super(scope, id);
    const onResource = {
      context: "resource" as const,
      statements: [ottl`set(resource.attributes["cluster"], ${cluster})`],
    };
    const onDataPoint = {
      context: "datapoint" as const,
      statements: [ottl`set(datapoint.attributes["cluster"], ${cluster})`],
    };
    const label = new OtelcolProcessorTransform(this, "cluster", {
      ...(metrics.length > 0 && { metricStatements: [onResource, onDataPoint] }),
      ...(logs.length > 0 && { logStatements: [onResource] }),
      output: { ...(metrics.length > 0 && { metrics }), ...(logs.length > 0 && { logs }) },
    });
    this.input = label.input;
  }
}
