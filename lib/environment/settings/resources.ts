import { safeParse } from "zod/mini";
import { goMemoryShare, type Resources } from "../../chart";
import {
  bytesOf,
  formatKey,
  hasValue,
  inBaseUnits,
  isRecord,
  type PlainSettings,
  type Report,
  valueAt,
} from "../../schema";
import { type Destination, destinationKey, signalsOf } from "./destination";
import type { Environment } from "./environment";
import type { Settings } from "./settings";
import { resources } from "./workload";

/** What the agent asks for and may use. An amount that is absent is not asked for, or not limited. */
export type AgentResources = Required<Resources>;

const kinds = ["requests", "limits"] as const;
const names = ["cpu", "memory"] as const;

/** The resources that an environment asks for; `none` asks for none. */
export function agentResources(settings: Settings["resources"]): AgentResources {
  return { requests: amounts("requests", settings), limits: amounts("limits", settings) };
}

/**
 * Reports each amount that is asked for and more than its limit.
 *
 * @param settings as they stand in the file
 */
function checkResources({ requests, limits }: AgentResources, settings: PlainSettings, report: Report): void {
  for (const name of names) {
    const [request, limit] = [requests[name], limits[name]];
    if (limit !== undefined && inBaseUnits(limit) === 0) {
      report.add(
        ["resources", "limits", name],
        "is 0, which Kubernetes takes for no limit; write none, or a limit",
      );
      continue;
    }
    if (request !== undefined && limit !== undefined && inBaseUnits(request) > inBaseUnits(limit)) {
      const asked = hasValue(settings, ["resources", "requests", name]);
      report.add(
        ["resources", asked ? "requests" : "limits", name],
        asked
          ? `is more than resources.limits.${name}, which is ${limit}; write less, or raise that`
          : `is less than resources.requests.${name}, which is ${request}; write more, or lower that`,
      );
    }
  }
}

function amounts(
  kind: (typeof kinds)[number],
  settings: Settings["resources"],
): AgentResources[(typeof kinds)[number]] {
  const entries = names.flatMap((name): [string, string][] => {
    const amount = String(settings[kind][name]);
    return amount === "none" ? [] : [[name, amount]];
  });
  return Object.fromEntries(entries);
}

const mebibyte = 2 ** 20;

/** The key of the memory limit. */
const atLimit = ["resources", "limits", "memory"];

/** Shares of the container's memory limit: above the first, metrics are refused; the second is the most that the heap may have. */
export const memoryShares = { refuse: 0.65, heap: 0.8 } as const;

/**
 * What Alloy lives on, in MiB. Idle it takes some 140, and stays below 180 under any flood of logs while its queues are
 * on disk; some 60 of that are its heap (measured with Alloy v1.18.1).
 */
const alive = { all: 180, heap: 60 } as const;

/**
 * What a queue in memory takes of the heap for each of its bytes, which are counted as they are sent. Measured: lines of
 * 200 bytes 1.5 when 300 are grouped and 2.4 one by one, of 60 bytes 2.7; samples with 3 to 10 labels 1.7 to 1.9, with
 * one 2.6.
 */
const heapPerQueueByte = 2.5;

/**
 * The bytes of memory that the agent's container may use.
 *
 * @returns undefined where there is no limit
 */
export function memoryLimit(resources: AgentResources): number | undefined {
  const { memory } = resources.limits;
  return memory === undefined ? undefined : bytesOf(memory);
}

/** The bytes of a memory limit that the agent needs, whatever waits in its queues, so that it refuses nothing for them. */
export function neededMemory(destinations: readonly Destination[]): number {
  const heap = alive.heap + (heapPerQueueByte * bytesInMemory(destinations)) / mebibyte;
  return Math.max(alive.all, Math.ceil(heap / memoryShares.refuse)) * mebibyte;
}

/**
 * Reports a memory limit that is less than Alloy and all of its queues in memory need together: at the limit, or at the
 * largest queue where the limit is the default.
 *
 * @param settings as they stand in the file
 */
export function checkMemory(
  { destinations, memoryLimit: limit }: Pick<Environment, "destinations" | "memoryLimit">,
  settings: PlainSettings,
  report: Report,
): void {
  const needed = neededMemory(destinations);
  if (limit === undefined || limit >= needed) return;
  const needs = `${needed / mebibyte}Mi`;
  const largest = largestQueue(destinations);
  if (largest === undefined) {
    report.add(atLimit, `is less than the ${needs} that Alloy lives on; write that much`);
    return;
  }
  const sizes = `its queues in memory hold ${Math.ceil(bytesInMemory(destinations) / mebibyte)}Mi in all, and take two and a half times that`;
  const atQueue = [...destinationKey(largest.name), "queue", "size"];
  if (hasValue(settings, atQueue) && !hasValue(settings, atLimit)) {
    report.add(
      atQueue,
      `is more than there is memory for: the agent needs ${needs}, as ${sizes}; write less, or ${formatKey(atLimit)}: ${needs}`,
    );
  } else {
    report.add(
      atLimit,
      `is less than the ${needs} that the agent needs: ${sizes}; write that much, or less for the queues`,
    );
  }
}

/**
 * Reports a limit that chart values give Go, and that it can't keep: the container ends before Go frees memory for it. Run
 * in a cgroup of 64 MiB: a Go program that holds 28 MiB, and drops whatever else it allocates, is killed within a second
 * with GOMEMLIMIT=1GiB, and goes on with 57MiB.
 */
export function checkGoMemory(
  { chartValues, memoryLimit: limit }: Pick<Environment, "chartValues" | "memoryLimit">,
  _settings: PlainSettings,
  report: Report,
): void {
  const variables = valueAt(chartValues, ["alloy", "extraEnv"]);
  for (const [index, variable] of Array.isArray(variables) ? variables.entries() : []) {
    if (!isRecord(variable) || variable.name !== "GOMEMLIMIT") continue;
    // Go writes a quantity with a B behind it.
    const bytes = inBaseUnits(String(variable.value).replace(/B$/, ""));
    if (limit === undefined || !(bytes > limit)) continue;
    const most = Math.floor((limit * goMemoryShare) / mebibyte);
    report.add(
      ["alloy", "extraEnv", index, "value"],
      `is more than the container's limit, at which it ends before Go frees memory for this; write ${most}MiB or less, or leave it out for that`,
    );
  }
}

/** Reports a limiter that is asked for where there is no limit to keep within. */
function checkLimiter(settings: PlainSettings, limit: number | undefined, report: Report): void {
  if (settings.memory_limiter === true && limit === undefined && !report.has(atLimit)) {
    report.add(
      ["memory_limiter"],
      "has no effect without a memory limit; write resources.limits.memory, or remove this",
    );
  }
}

function bytesInMemory(destinations: readonly Destination[]): number {
  return destinations.map(bytesOfQueues).reduce((sum, bytes) => sum + bytes, 0);
}

/** Each signal has a queue of its own. */
function bytesOfQueues(destination: Destination): number {
  const { queue } = destination;
  return queue.storage === "memory" ? queue.size * signalsOf(destination).length : 0;
}

function largestQueue(destinations: readonly Destination[]): Destination | undefined {
  const [largest] = destinations.toSorted((a, b) => bytesOfQueues(b) - bytesOfQueues(a));
  return largest && bytesOfQueues(largest) > 0 ? largest : undefined;
}

/** Checks amounts against each other, where each of them is right by itself. */
export function checkAmounts(settings: PlainSettings, report: Report): void {
  const amounts = safeParse(resources, settings.resources);
  if (!amounts.success) return;
  const agent = agentResources(amounts.data);
  checkResources(agent, settings, report);
  checkLimiter(settings, memoryLimit(agent), report);
}
