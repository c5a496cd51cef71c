import { Construct } from "constructs";
import { LokiProcess } from "../../../imports/alloy/loki";
import {
  OtelcolProcessorBatch,
  OtelcolProcessorFilter,
  OtelcolProcessorGroupbyattrs,
  OtelcolProcessorResourcedetection,
  OtelcolProcessorTransform,
} from "../../../imports/alloy/otelcol.processor";
import { type Consumer, type Expression, type LogsReceiver, ottl } from "../../alloy";
import type { AistoreCluster, PodLogSelection } from "../../environment";
import { podLogKeys, podLogRecord, podLogResource, podLogRest } from "./pod-log-attributes";

/** The container that the agent runs in, by which its own log is told from others. */
export interface AgentContainer {
  readonly namespace: string;
  readonly name: string;
}

/** What an {@link OwnLogLimiter} takes. */
export interface OwnLogLimiterProps {
  readonly forwardTo: Expression<LogsReceiver>;
  readonly agent: AgentContainer;
}

/** The label that stands for the component that wrote a line, while it is counted. */
const writer = "component_id";

/**
 * What the agent says of data that it doesn't get rid of. A component's warnings and errors: a queue is full or can't be
 * written, a destination refuses data, samples find no way. And two messages of a lower level: a destination is away
 * (retry_sender.go), memory is short (memorylimiter.go).
 */
const troubles = `(level=(warn|error)|Exporting failed|Memory usage).* ${writer}=`;

/**
 * Limits what the agent's own log says of data that it doesn't get rid of.
 *
 * The agent reads its own log, as that of every container. A line of it that is refused makes another one, which is
 * refused: without a limit a full queue fills itself, and the destinations that are well get little else. Each component
 * may say six things at once, and one more every 20 seconds, so that none hides what another one says.
 */
export class OwnLogLimiter extends Construct {
  readonly receiver: Expression<LogsReceiver>;

  constructor(scope: Construct, id: string, { forwardTo, agent }: OwnLogLimiterProps) {
    super(scope, id);
    const selector = `{namespace="${agent.namespace}", container="${agent.name}"}`;
    this.receiver = new LokiProcess(this, "own", {
      forwardTo: [forwardTo],
      stage: [
        {
          match: {
            selector: `${selector} |~ "${troubles}"`,
            stage: [
              { logfmt: { mapping: { [writer]: "" } } },
              { labels: { values: { [writer]: "" } } },
              { limit: { rate: 0.05, burst: 6, drop: true, byLabelName: writer, maxDistinctLabels: 10_000 } },
              { labelDrop: { values: [writer] } },
            ],
          },
        },
      ],
    }).receiver;
  }
}

/** The condition for log records that were written before a time. @param since seconds since 1970 */
function writtenBefore(since: number): string {
  // More digits than a number has here.
  return `log.time_unix_nano < ${since}000000000`;
}

/** Conditions for log records that are dropped: CoreDNS warns at every reload that it has no further files to import. */
export const noise: readonly string[] = [
  ottl`resource.attributes["k8s.namespace.name"] == "kube-system" and resource.attributes["k8s.container.name"] == "coredns" and IsMatch(log.body, "No files matching import glob pattern")`,
];

/** The letter with which a line of AIStore's log begins, as a word of its own, and OpenTelemetry's severity for it. */
const severities = [
  { letter: "I", number: 9, text: "INFO" },
  { letter: "W", number: 13, text: "WARN" },
  { letter: "E", number: 17, text: "ERROR" },
];

/** The logs of AIStore's own pods: the service's name is that of the AIStore resource. */
export function isAistoreLog(clusters: readonly AistoreCluster[]): string {
  return clusters
    .map(
      ({ namespace, name }) =>
        ottl`(resource.attributes["k8s.namespace.name"] == ${namespace} and resource.attributes["service.name"] == ${name})`,
    )
    .join(" or ");
}

/** The statements that read the severity of AIStore's lines. */
export const aistoreSeverity: readonly string[] = severities.flatMap(({ letter, number, text }) => {
  const begins = ottl`IsMatch(log.body, ${`^[ \\t]*${letter}\\b`})`;
  return [
    `${ottl`set(log.severity_number, ${number})`} where ${begins}`,
    `${ottl`set(log.severity_text, ${text})`} where ${begins}`,
  ];
});

/** What a {@link LogProcessing} takes. */
export interface LogProcessingProps extends Pick<PodLogSelection, "since"> {
  readonly forwardTo: Expression<Consumer<"logs">>;
  readonly aistore: readonly AistoreCluster[];
}

/**
 * Prepares pods' logs for destinations: resource attributes and severity are set, noise is dropped.
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
      logs: { logRecord: props.since === undefined ? noise : [writtenBefore(props.since), ...noise] },
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
