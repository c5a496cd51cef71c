import {
  type Delivery,
  type Destination,
  type Environment,
  type Queue,
  type Signal,
  signalsOf,
} from "../../lib/environment";
import { memoryShares, neededMemory } from "../../lib/environment/settings/resources";
import { code, table } from "./markdown";

/** Bytes that a busy node sends of one signal in a second: 80 lines of logs, or 10,000 samples every 30 seconds. */
const bytesPerSecond = 50_000;

/** Of a queue on disk, whose pages of 4 KiB are half full of small batches (measured: 2.3 with single lines, 1.4 with 300). */
const diskPerByte = 2.5;

/** How data is kept until its destination has it, and what of it can be lost, in words. */
export function deliveryOf(environment: Environment): string {
  const { destinations, notices } = environment;
  const rows = destinations.flatMap((destination) =>
    signalsOf(destination).map((signal) => [
      code(destination.name),
      signal,
      ...queueWords(destination.queue, signal),
      retryWords(destination),
    ]),
  );
  return [
    "## Delivery",
    ...notices.map(({ key, message }) => `**${code(key)}: ${message}.**`),
    table(["Destination", "Signal", "Queue", "Bridges about", "When it is full", "Sent again"], rows),
    `What a queue bridges is its size divided by what is sent: ${bytesPerSecond / 1000} kB a second are assumed, some 80 lines of logs, or 10,000 samples every 30 seconds.`,
    ...diskRoom(destinations),
    memoryWords(environment),
  ].join("\n\n");
}

function memoryWords({ destinations, memoryLimit, memoryLimiter }: Environment): string {
  if (memoryLimit === undefined) return "The agent's memory has no limit but the node's.";
  const limit = `The agent may use ${sizeWords(memoryLimit)} of memory, and needs ${sizeWords(neededMemory(destinations))} at most, with all that waits in memory.`;
  return memoryLimiter
    ? `${limit} While it is short, from ${memoryShares.refuse * 100} % on, new metrics are refused, and are lost.`
    : `${limit} Nothing is refused while it is short: the limit ends the agent.`;
}

function queueWords(queue: Queue, signal: Signal): readonly string[] {
  if (queue.storage === "none") return ["none", "nothing", "new data waits"];
  const waits = signal === "logs" && queue.logsWait;
  return [
    `${sizeWords(queue.size)} ${queue.storage === "disk" ? "on the node's disk" : "in memory"}`,
    timeWords(queue.size / bytesPerSecond),
    waits ? "new logs wait" : `new ${signal} are dropped`,
  ];
}

function retryWords({ retry }: Delivery): string {
  if (retry === undefined) return "no";
  return retry.maxElapsedTime === "0s" ? "until it is taken" : `for ${retry.maxElapsedTime}`;
}

function diskRoom(destinations: readonly Destination[]): readonly string[] {
  const bytes = destinations.flatMap((destination) =>
    destination.queue.storage === "disk" ? signalsOf(destination).map(() => size(destination.queue)) : [],
  );
  if (bytes.length === 0) return [];
  const most = bytes.reduce((sum, one) => sum + one, 0) * diskPerByte;
  return [
    `Full, the queues take up to ${sizeWords(most)} of the node's disk: some two and a half times their size, since small batches leave room in its pages. The room is given back when they are empty.`,
  ];
}

function size(queue: Queue): number {
  return queue.storage === "none" ? 0 : queue.size;
}

const units = ["Ki", "Mi", "Gi", "Ti"] as const;

/** In the largest unit of which there is one, with a digit after the point if need be. */
function sizeWords(bytes: number): string {
  const index = Math.min(Math.floor(Math.log2(bytes) / 10), units.length);
  const unit = units[index - 1];
  return unit === undefined ? `${bytes}` : `${Math.round((bytes / 1024 ** index) * 10) / 10}${unit}`;
}

function timeWords(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
