import { Construct } from "constructs";
import {
  OtelcolProcessorFilter,
  OtelcolProcessorResourcedetection,
  OtelcolProcessorTransform,
} from "../../../imports/alloy/otelcol.processor";
import { OtelcolReceiverLoki } from "../../../imports/alloy/otelcol.receiver";
import type { Consumer, Expression, LogsReceiver } from "../../alloy";
import type { AistoreCluster } from "../../environment";
import { noise } from "./noise";
import { podLogAttributes } from "./pod-log-attributes";
import { aistoreSeverity, isAistoreLog } from "./severity";

export interface LogProcessingProps {
  readonly forwardTo: Expression<Consumer<"logs">>;
  readonly aistore: readonly AistoreCluster[];
}

/** Makes OpenTelemetry records of pods' logs: resource attributes, severity, without the noise. */
export class LogProcessing extends Construct {
  readonly receiver: Expression<LogsReceiver>;

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
    const attributes = new OtelcolProcessorTransform(this, "pod_log_attributes", {
      logStatements: [{ context: "log", statements: podLogAttributes }],
      output: { logs: [severity.input] },
    });
    const environment = new OtelcolProcessorResourcedetection(this, "environment", {
      detectors: ["env"],
      output: { logs: [attributes.input] },
    });
    this.receiver = new OtelcolReceiverLoki(this, "pods", { output: { logs: [environment.input] } }).receiver;
  }
}
