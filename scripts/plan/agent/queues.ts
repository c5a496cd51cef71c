import { printValue } from "../../../lib/alloy";
import { attributeAt, type ConfigComponent, type ConfigComponents, referencesOf } from "../config/components";

/** A queue of an exporter. */
export interface ExporterQueue {
  readonly exporter: ConfigComponent;
  /** The storage that has its file. Empty: it is in memory. */
  readonly storage: string;
}

/** The queues of exporters, on disk or in memory. An exporter that names no storage has its queue in memory. */
export function queuesOn(place: "disk" | "memory", components: ConfigComponents): readonly ExporterQueue[] {
  return exportersIn(components).flatMap((exporter) => {
    const queue = (name: string) => textAt(exporter, "sending_queue", name);
    if (queue("enabled") === "false" || queue("wait_for_result") === "true") return [];
    const storage = queue("storage")?.replace(/\.handler$/, "") ?? "";
    return (storage === "") === (place === "memory") ? [{ exporter, storage }] : [];
  });
}

/** The exporters that say something of their queue. */
export function exportersIn(components: ConfigComponents): readonly ConfigComponent[] {
  return [...components.values()].filter(
    ({ name, body }) =>
      name.startsWith("otelcol.exporter.") && body.blocks.some((block) => block.name === "sending_queue"),
  );
}

/** The file of a queue: a storage has one for each exporter, named after it. */
export function fileOf({ exporter, storage }: ExporterQueue): string {
  return `${storage}/${exporter.address}`;
}

/** What reads logs, and keeps how far it has read. */
export function logSources(components: ConfigComponents): readonly ConfigComponent[] {
  return [...components.values()].filter(({ name }) =>
    ["loki.source.file", "loki.source.kubernetes"].includes(name),
  );
}

/** Whether new data waits for room while the queue is full. */
export function waitsWhenFull(exporter: ConfigComponent): boolean {
  return textAt(exporter, "sending_queue", "block_on_overflow") === "true";
}

/** The components that decide which logs a source reads, and under which labels. */
export function targetsOf(source: ConfigComponent, components: ConfigComponents): ReadonlySet<string> {
  const { attributes } = source.body;
  const targets = attributes.filter(({ name }) => name === "targets");
  return downstreamOf(
    referencesOf({ ...source, body: { attributes: targets, blocks: [] } }, components),
    components,
  );
}

/** The addresses of some components, and of all that they refer to, directly or through others: where their data goes. */
export function downstreamOf(start: Iterable<string>, components: ConfigComponents): ReadonlySet<string> {
  const all = new Set(start);
  // A set that grows while it is gone through is gone through to its end.
  for (const address of all) {
    const component = components.get(address);
    for (const next of component === undefined ? [] : referencesOf(component, components)) all.add(next);
  }
  return all;
}

function textAt(component: ConfigComponent, ...path: readonly string[]): string | undefined {
  const value = attributeAt(component, ...path);
  return value === undefined ? undefined : printValue(value);
}
