import { type AlloyConfig, argumentIn, blockIn, type Component, literalIn } from "../../lib/alloy";
import { alloysRetryTime } from "../../lib/pipeline";
import { flowsOf, isData, placeOf, type Signal, signalsIn } from "./routes";

/** How a signal is kept and sent to a destination, as the exporters in the config say. */
export interface SignalExport {
  readonly destination: string;
  readonly signal: Signal;
  readonly queue: QueueOfExporter;
  /** How long what wasn't taken is sent again: a duration, where `0s` has no end. Absent: not at all. */
  readonly retryTime?: string | undefined;
  readonly url: string;
}

/** Where data waits for its destination: nowhere else than at what sends it on, in memory, or on the node's disk. */
export type QueueOfExporter =
  | { readonly storage: "none" }
  | { readonly storage: "memory" | "disk"; readonly bytes: number; readonly waitsWhenFull: boolean };

/**
 * The exports of each destination, in the order of the config's text. A signal may pass two exporters on its way: the
 * first has the queue, and the last sends it to the destination.
 */
export function exportsOf(config: AlloyConfig): readonly SignalExport[] {
  const flows = flowsOf(config).filter(isData);
  const exporters = config.components.filter(({ definition }) => definition.name === exporterName);
  const destinations = new Set(exporters.flatMap((exporter) => destinationOf(config, exporter) ?? []));
  return [...destinations].flatMap((destination) => {
    const own = exporters.filter((exporter) => destinationOf(config, exporter) === destination);
    const taken = (exporter: Component) => flows.filter(({ to }) => to === exporter);
    return signalsIn(own.flatMap(taken)).flatMap((signal) => {
      const passed = own.filter((exporter) => taken(exporter).some(({ kind }) => kind === signal));
      const last = passed.find((exporter) => flows.every(({ from }) => from !== exporter));
      const first = passed.find((exporter) => exporter !== last) ?? last;
      if (first === undefined || last === undefined) return [];
      const retryTime = retryTimeOf(first);
      return [
        {
          destination,
          signal,
          queue: queueOf(first),
          retryTime,
          url: urlOf(last, signal),
        },
      ];
    });
  });
}

const exporterName = "otelcol.exporter.otlphttp";

function destinationOf(config: AlloyConfig, exporter: Component): string | undefined {
  const place = placeOf(config, exporter);
  return place?.stage === "destinations" ? place.part : undefined;
}

/** A queue that lets each sender wait for the result of its request keeps nothing. */
function queueOf({ block, address }: Component): QueueOfExporter {
  const queue = blockIn(block, "sending_queue");
  const [bytes, sizer] = [literalIn(queue, "queue_size"), literalIn(queue, "sizer")];
  if (literalIn(queue, "enabled") === false || literalIn(queue, "wait_for_result") === true) {
    return { storage: "none" };
  }
  if (typeof bytes !== "number" || sizer !== "bytes") {
    throw new Error(`${address} has a queue that isn't measured in bytes`);
  }
  const isOnDisk = argumentIn(queue, "storage") !== undefined;
  const waitsWhenFull = literalIn(queue, "block_on_overflow") === true;
  return { storage: isOnDisk ? "disk" : "memory", bytes, waitsWhenFull };
}

function retryTimeOf({ block }: Component): string | undefined {
  const retry = blockIn(block, "retry_on_failure");
  if (literalIn(retry, "enabled") === false) return undefined;
  return String(literalIn(retry, "max_elapsed_time") ?? alloysRetryTime);
}

/** The signal's own URL, or the base of all with the path that OTLP/HTTP has for it. */
function urlOf({ block }: Component, signal: Signal): string {
  const own = literalIn(block, `${signal}_endpoint`);
  const base = String(literalIn(blockIn(block, "client"), "endpoint"));
  return own === undefined ? `${base.replace(/\/$/, "")}/v1/${signal}` : String(own);
}
