import { stabilityLevels } from "../../alloy";
import { type PlainSettings, type Report, type SettingKey, sectionOf } from "../../schema";
import type { Problem } from "../yaml/problem";
import type { EnvironmentSource } from "../yaml/source";
import {
  type AddressedDestination,
  allowsDiskQueues,
  type DiskQueueLimits,
  defaultQueueSize,
  keptFromDisk,
} from "./delivery";
import { destinationSections } from "./destination";
import { keptOnNode } from "./node";

/** Reports what settings of queues and retries ask of each other and of the environment. */
export function checkQueues(settings: PlainSettings, report: Report): void {
  const limits = {
    stability: stabilityLevels.find((level) => level === settings.stability),
    storagePath: keptOnNode(sectionOf(settings, "storage").path),
  };
  for (const [key, destination] of destinationSections(settings)) {
    checkDestination(key, destination, limits, report);
  }
}

function checkDestination(key: SettingKey, settings: unknown, limits: DiskQueueLimits, report: Report): void {
  const queue = sectionOf(settings, "queue");
  const retry = sectionOf(settings, "retry");
  if (queue.storage === "none") {
    for (const name of ["size", "when_full"]) {
      if (queue[name] !== undefined) {
        report.add(
          [...key, "queue", name],
          "has no effect with storage: none; remove it, or write another storage",
        );
      }
    }
  }
  if (queue.storage === "disk" && !allowsDiskQueues(limits)) {
    report.add(
      [...key, "queue", "storage"],
      limits.stability === "generally-available"
        ? "is disk, which is a public preview; write memory, or stability: public-preview"
        : "is disk, and storage.path is none; write memory, or a storage.path",
    );
  }
  if (retry.enabled === false && retry.max_elapsed_time !== undefined) {
    report.add(
      [...key, "retry", "max_elapsed_time"],
      "has no effect with enabled: false; remove it, or enable retries",
    );
  }
}

/** Says what is lost where the stability level alone keeps queues from the disk. */
export function memoryQueueNotices(
  destinations: readonly AddressedDestination[],
  limits: DiskQueueLimits,
  source: EnvironmentSource,
): readonly Problem[] {
  return keptFromDisk(destinations, limits).map(({ destination: { name }, settings: { queue } }) =>
    source.problem(
      ["stability"],
      `generally-available has no queue on disk: that of ${name} is in memory, ${queue?.size ?? defaultQueueSize.memory} for each signal, and lost when the agent ends; write public-preview to keep it`,
    ),
  );
}
