import { Construct } from "constructs";
import { OtelcolProcessorBatch, OtelcolProcessorFilter } from "../../../imports/alloy/otelcol.processor";
import { type Consumer, type Expression, type ExtensionHandler, ottl } from "../../alloy";
import { type Destination, type Signal, signalsOf } from "../../environment";
import { type End, end } from "../alloy-files/ends";
import { deliveryArguments } from "./delivery";
import {
  exportersTo,
  exportersToStage,
  needsSecondStage,
  SecondStage,
  type StageLink,
  sendLabel,
} from "./second-stage";

/** What a destination is given of what the destinations of an agent share. */
export interface OtlpDestinationProps {
  /** Where queues on disk are; needed by a destination that has its queues there. */
  readonly disk?: Expression<ExtensionHandler> | undefined;
  /** The way to its second stage; given to a destination that has one. */
  readonly link?: StageLink | undefined;
}

/** A destination's name, as labels have it. */
function inLabels({ name }: Destination): string {
  return name.replaceAll("-", "_");
}

function signalLabel(name: string, signal: Signal): string {
  return `${name}_${signal}`;
}

/**
 * The exporters that a signal passes on its way to a destination, by the ids by which Alloy's own metrics have them: the
 * one that keeps it in a queue, and the one that sends it to the destination, which may be the same.
 */
export function exporterIds(
  destination: Destination,
  signal: Signal,
): { readonly keeps: string; readonly sends: string } {
  const id = (label: string) => `otelcol.exporter.otlphttp.${label}`;
  const name = inLabels(destination);
  const keeps = id(signalLabel(name, signal));
  return { keeps, sends: needsSecondStage(destination) ? id(sendLabel(name)) : keeps };
}

/**
 * Sends signals over OTLP/HTTP, each through an exporter of its own: a full queue of logs may do what one of metrics may
 * not.
 *
 * With a {@link SecondStage}, these exporters have the queue and never change, and the second stage has what follows a
 * Secret.
 */
export class OtlpDestination extends Construct {
  /** Takes metrics; absent if the destination has no URL for them. */
  readonly metrics: Expression<Consumer<"metrics">> | undefined;
  /** Takes logs; absent if the destination has no URL for them. */
  readonly logs: Expression<Consumer<"logs">> | undefined;

  /** The exporters that have the queues, past what is filtered or gathered before them. */
  readonly ends: readonly End[];

  constructor(scope: Construct, id: string, destination: Destination, { disk, link }: OtlpDestinationProps) {
    super(scope, id);
    const { logNamespaces } = destination;
    const name = inLabels(destination);
    const exporterTo =
      link === undefined ? exportersTo(this, name, destination) : exportersToStage(this, link);
    const exporter = (signal: Signal) =>
      exporterTo(signalLabel(name, signal), [signal], deliveryArguments(destination, signal, disk)).input;
    const taken = signalsOf(destination);
    const metrics = taken.includes("metrics") ? exporter("metrics") : undefined;
    const logs = taken.includes("logs") ? exporter("logs") : undefined;
    this.ends = [
      ...(metrics === undefined ? [] : [end(metrics, ["metrics"])]),
      ...(logs === undefined ? [] : [end(logs, ["logs"])]),
    ];
    if (link !== undefined) new SecondStage(this, "send", { name, destination, link });
    this.metrics =
      metrics === undefined || destination.queue.storage !== "none" ? metrics : this.batched(name, metrics);
    this.logs =
      logs === undefined || logNamespaces === undefined ? logs : this.filtered(name, logNamespaces, logs);
  }

  /** Without a queue nothing else takes a scrape's samples in before they are sent. Lines of logs are gathered already. */
  private batched(name: string, metrics: Expression<Consumer<"metrics">>) {
    return new OtelcolProcessorBatch(this, `${name}_metrics`, { output: { metrics: [metrics] } }).input;
  }

  private filtered(name: string, namespaces: readonly string[], forwardTo: Expression<Consumer<"logs">>) {
    const others = namespaces.map(
      (namespace) => ottl`resource.attributes["k8s.namespace.name"] != ${namespace}`,
    );
    return new OtelcolProcessorFilter(this, `${name}_namespaces`, {
      logs: { logRecord: [others.join(" and ")] },
      output: { logs: [forwardTo] },
    }).input;
  }
}
