import { Construct } from "constructs";
import { OtelcolProcessorMemoryLimiter } from "../../../imports/alloy/otelcol.processor";
import type { Consumer, Expression } from "../../alloy";

export interface IntakeProps {
  /** Where metrics go; absent if there are none. */
  readonly metrics?: Expression<Consumer<"metrics">>;
  /** Where logs go; absent if there are none. */
  readonly logs?: Expression<Consumer<"logs">>;
}

/**
 * Takes nothing in while memory is short.
 *
 * Alloy tells Go to keep within 90 % of the container's memory limit. Of that, some tenth is no data on the heap: at
 * 80 % the heap is as large as it may become, and Go would do little but free memory. Data is refused from 65 % on, so
 * that what is on its way then has room.
 */
export class Intake extends Construct {
  readonly input: Expression<Consumer<"metrics" | "logs">>;

  constructor(scope: Construct, id: string, { metrics, logs }: IntakeProps) {
    super(scope, id);
    this.input = new OtelcolProcessorMemoryLimiter(this, "intake", {
      checkInterval: "1s",
      limitPercentage: 80,
      spikeLimitPercentage: 15,
      output: { ...(metrics && { metrics: [metrics] }), ...(logs && { logs: [logs] }) },
    }).input;
  }
}
