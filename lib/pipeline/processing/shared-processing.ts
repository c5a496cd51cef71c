import { Construct } from "constructs";
import {
  OtelcolProcessorMemoryLimiter,
  OtelcolProcessorTransform,
} from "../../../imports/alloy/otelcol.processor";
import { type Consumer, type Expression, ottl } from "../../alloy";
import { memoryShares } from "../../environment";

// What the data of several sources goes through on its way: metrics through the limiter, metrics and logs through the label.

/** What a {@link MemoryLimiter} takes. */
export interface MemoryLimiterProps {
  /** The bytes of memory that the agent may use. */
  readonly memoryLimit: number;
  /** Where metrics go. */
  readonly metrics: Expression<Consumer<"metrics">>;
}

/**
 * Takes no metrics in while memory is short: a scrape can't wait. Logs need no such limit. They wait where they are, or
 * are dropped, when their queues are full, and what the queues take is checked against the memory limit.
 *
 * Go is told to keep within a share of the container's memory limit. Some tenth of that is no data on the heap: at the share
 * `heap` of {@link memoryShares} the heap is as large as it may become, and Go would do little but free memory. Data is refused
 * from the share `refuse` on, so that what is on its way then has room. The config has both in MiB, since the node's `/sys`
 * hides the container's own cgroup.
 */
export class MemoryLimiter extends Construct {
  readonly input: Expression<Consumer<"metrics">>;

  constructor(scope: Construct, id: string, { memoryLimit, metrics }: MemoryLimiterProps) {
    super(scope, id);
    const mebibytes = (share: number) => Math.floor((memoryLimit * share) / 2 ** 20);
    const limit = mebibytes(memoryShares.heap);
    this.input = new OtelcolProcessorMemoryLimiter(this, "intake", {
      checkInterval: "1s",
      limit: `${limit}MiB`,
      spikeLimit: `${limit - mebibytes(memoryShares.refuse)}MiB`,
      output: { metrics: [metrics] },
    }).input;
  }
}

/** What a {@link ClusterLabel} takes. */
export interface ClusterLabelProps {
  /** The value of the label. */
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
      metricStatements: metrics.length > 0 ? [onResource, onDataPoint] : undefined,
      logStatements: logs.length > 0 ? [onResource] : undefined,
      output: {
        metrics: metrics.length > 0 ? metrics : undefined,
        logs: logs.length > 0 ? logs : undefined,
      },
    });
    this.input = label.input;
  }
}
