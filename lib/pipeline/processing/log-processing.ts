import { Construct } from "constructs";
import {
  OtelcolProcessorFilter,
  OtelcolProcessorResourcedetection,
  OtelcolProcessorTransform,
} from "../../../imports/alloy/otelcol.processor";
import type { Consumer, Expression } from "../../alloy";
import type { AistoreCluster } from "../../environment";
import { noise } from "./noise";
import { podLogAttributes } from "./pod-log-attributes";
import { aistoreSeverity, isAistoreLog } from "./severity";

export interface LogProcessingProps {
  readonly forwardTo: Expression<Consumer<"logs">>;
  readonly aistore: readonly AistoreCluster[];
}

/** Makes of pods' logs what destinations want: resource attributes, severity, without the noise. */
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
    const attributes = new OtelcolProcessorTransform(this, "pod_log_attributes", {
      logStatements: [{ context: "log", statements: podLogAttributes }],
      output: { logs: [severity.input] },
    });
    this.input = new OtelcolProcessorResourcedetection(this, "environment", {
      detectors: ["env"],
      output: { logs: [attributes.input] },
    }).input;
  }
}
