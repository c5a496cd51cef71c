import type { AlloyConfig } from "../../lib/alloy";
import { type Environment, memoryShares, neededMemory } from "../../lib/environment";
import { exportsOf, type SignalExport } from "./exporters";
import { code, table } from "./markdown";

/** Bytes that a busy node sends of one signal in a second: 80 lines of logs, or 10,000 samples every 30 seconds. */
const bytesPerSecond = 50_000;

/** Of a queue on disk, whose pages of 4 KiB are half full of small batches (measured: 2.3 with single lines, 1.4 with 300). */
const diskPerByte = 2.5;

/** How data is kept until its destination has it, and what of it can be lost, in words. */
export function deliveryOf(environment: Environment, config: AlloyConfig): string {
  const { destinations, notices } = environment;
  const all = exportsOf(config);
  const own = destinations.flatMap(({ name }) => all.filter(({ destination }) => destination === name));
  const rows = own.map((one) => [code(one.destination), one.signal, ...queueWords(one), retryWords(one)]);
  return [
    "## Delivery",
    ...notices.map(({ key, message }) => `**${code(key)}: ${message}.**`),
    table(["Destination", "Signal", "Queue", "Bridges about", "When it is full", "Sent again"], rows),
    `What a queue bridges is its size divided by what is sent: ${bytesPerSecond / 1000} kB a second are assumed, some 80 lines of logs, or 10,000 samples every 30 seconds.`,
    ...diskRoom(own),
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

function queueWords({ queue, signal }: SignalExport): readonly string[] {
  if (queue.storage === "none") return ["none", "nothing", "new data waits"];
  return [
    `${sizeWords(queue.bytes)} ${queue.storage === "disk" ? "on the node's disk" : "in memory"}`,
    timeWords(queue.bytes / bytesPerSecond),
    queue.waitsWhenFull ? `new ${signal} wait` : `new ${signal} are dropped`,
  ];
}

function retryWords({ retryTime }: SignalExport): string {
  if (retryTime === undefined) return "no";
  return retryTime === "0s" ? "until it is taken" : `for ${retryTime}`;
}

function diskRoom(all: readonly SignalExport[]): readonly string[] {
  const bytes = all.reduce((sum, { queue }) => sum + (queue.storage === "disk" ? queue.bytes : 0), 0);
  if (bytes === 0) return [];
  return [
    `Full, the queues take up to ${sizeWords(bytes * diskPerByte)} of the node's disk: some two and a half times their size, since small batches leave room in its pages. The room is given back when they are empty.`,
  ];
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
