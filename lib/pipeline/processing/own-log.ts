import { Construct } from "constructs";
import { LokiProcess } from "../../../imports/alloy/loki";
import type { Expression, LogsReceiver } from "../../alloy";

/** The container that the agent runs in, by which its own log is told from others. */
export interface AgentContainer {
  readonly namespace: string;
  readonly name: string;
}

export interface OwnLogProps {
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
export class OwnLog extends Construct {
  readonly receiver: Expression<LogsReceiver>;

  constructor(scope: Construct, id: string, { forwardTo, agent }: OwnLogProps) {
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
