import { Construct } from "constructs";
import { OtelcolProcessorMemoryLimiter } from "../../../imports/alloy/otelcol.processor";
import type { Consumer, Expression } from "../../alloy";
import { memoryShares } from "../../environment/memory";

export interface IntakeProps {
  /** The bytes of memory that the agent may use. */
  readonly memoryLimit: number;
  readonly metrics: Expression<Consumer<"metrics">>;
}

/**
 * Takes no metrics in while memory is short: a scrape can't wait. Logs need no such limit. They wait where they are, or
 * are dropped, when their queues are full, and what the queues take is checked against the memory limit.
 *
 * Go is told to keep within 90 % of the container's memory limit. Of that, some tenth is no data on the heap: at 80 % the
 * heap is as large as it may become, and Go would do little but free memory. Data is refused from 65 % on, so that what
 * is on its way then has room. They are numbers, since the container's own cgroup is hidden by the node's `/sys`.
 */
export class Intake extends Construct {
  readonly input: Expression<Consumer<"metrics">>;

  constructor(scope: Construct, id: string, { memoryLimit, metrics }: IntakeProps) {
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
