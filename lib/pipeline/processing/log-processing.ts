import { Construct } from "constructs";
import {
  OtelcolProcessorBatch,
  OtelcolProcessorFilter,
  OtelcolProcessorGroupbyattrs,
  OtelcolProcessorResourcedetection,
  OtelcolProcessorTransform,
} from "../../../imports/alloy/otelcol.processor";
import type { Consumer, Expression } from "../../alloy";
import type { AistoreCluster } from "../../environment";
import { noise } from "./noise";
import { podLogKeys, podLogRecord, podLogResource, podLogRest } from "./pod-log-attributes";
import { aistoreSeverity, isAistoreLog } from "./severity";

export interface LogProcessingProps {
  readonly forwardTo: Expression<Consumer<"logs">>;
  readonly aistore: readonly AistoreCluster[];
}

/**
 * Makes of pods' logs what destinations want: resource attributes, severity, without the noise.
 *
 * Alloy hands over one line at a time, each with a resource of its own, and a queue on disk takes each as a transaction
 * of its own. So lines are gathered first and grouped by their container: what follows is done once for each, and the
 * queue holds the container's attributes once. A batch is small, since it is lost when the agent is killed: 300 lines,
 * or those of 50 ms.
 */
export class LogProcessing extends Construct {
  readonly input: Expression<Consumer<"logs">>;

  constructor(scope: Construct, id: string, props: LogProcessingProps) {
    super(scope, id);
    const quiet = new OtelcolProcessorFilter(this, "noise", {
      logs: { logRecord: noise },
      output: { logs: [props.forwardTo] },
    });
    const severity = new OtelcolProcessorTransform(this, "aistore_severity", {
      logStatements: [
        { context: "log", conditions: [isAistoreLog(props.aistore)], statements: aistoreSeverity },
      ],
      output: { logs: [quiet.input] },
    });
    // Behind the labels' way to the resource: before it, a variable named as a label would take the label's place.
    const environment = new OtelcolProcessorResourcedetection(this, "environment", {
      detectors: ["env"],
      override: false,
      output: { logs: [severity.input] },
    });
    const attributes = new OtelcolProcessorTransform(this, "pod_log_attributes", {
      logStatements: [
        { context: "resource", statements: podLogResource },
        { context: "log", statements: podLogRecord },
        { context: "resource", statements: podLogRest },
      ],
      output: { logs: [environment.input] },
    });
    const grouped = new OtelcolProcessorGroupbyattrs(this, "pods", {
      keys: podLogKeys,
      output: { logs: [attributes.input] },
    });
    this.input = new OtelcolProcessorBatch(this, "pods", {
      timeout: "50ms",
      sendBatchSize: 300,
      sendBatchMaxSize: 300,
      output: { logs: [grouped.input] },
    }).input;
  }
}
