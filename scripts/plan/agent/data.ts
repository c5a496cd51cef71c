import { printBlocks } from "../../../lib/alloy";
import { groupBy } from "../../../lib/schema";
import type { ComponentChange } from "../config/compare-components";
import { addresses, type ConfigComponent, type ConfigComponents } from "../config/components";
import { type Sign, type Statement, sentence } from "../statement";
import type { Agent } from "./agent";
import {
  downstreamOf,
  type ExporterQueue,
  exportersIn,
  fileOf,
  logSources,
  queuesOn,
  targetsOf,
  waitsWhenFull,
} from "./queues";
import type { Rollout } from "./rollout";

/** An agent with the components of its config. */
export interface ConfiguredAgent {
  readonly agent: Agent;
  readonly components: ConfigComponents;
}

/** What of a change decides what becomes of data. */
export interface DataChange {
  /** @default - the environment is new */
  readonly before: ConfiguredAgent | undefined;
  /** @default - the environment is gone */
  readonly after: ConfiguredAgent | undefined;
  readonly components: readonly ComponentChange[];
  readonly rollout: Rollout;
}

/** What may be lost, or come twice. */
export function dataStatements({ before, after, components, rollout }: DataChange): readonly Statement[] {
  if (before === undefined) return [];
  if (after === undefined) return leftBehind(before);
  const moved = movedStorage(before, after);
  const changes = new Map(components.map((change) => [change.from ?? change.address, change]));
  return [
    ...(moved ?? [...lostQueues(before, after, changes), ...readAgain(before, after, changes, rollout)]),
    ...lostInMemory(before, changes, rollout),
    ...dropped(before, after),
    ...blockedReload(before, components, rollout),
  ];
}

const say = (sign: Sign, about: string, text: string) => sentence("Data at risk", sign, about, text);

function leftBehind({ agent, components }: ConfiguredAgent): readonly Statement[] {
  const queues = queuesOn("disk", components);
  if (agent.storageOnNode === undefined) return [];
  const waits =
    queues.length === 0 ? "" : `, and what waits in its queues is not sent (${exportersOf(queues)})`;
  return [say("!", "left behind", `${agent.storageOnNode} stays on each node${waits}`)];
}

/** What is said where the agent's folder on the node is another: then the new pods have nothing of what the old ones kept. */
function movedStorage(before: ConfiguredAgent, after: ConfiguredAgent): readonly Statement[] | undefined {
  const [from, to] = [before.agent.storageOnNode, after.agent.storageOnNode];
  if (from === undefined || from === to) return undefined;
  const queues = queuesOn("disk", before.components);
  const place =
    to === undefined ? "the new pods keep nothing on the node" : `the new pods keep their data in ${to}`;
  return [
    say("!", "storage", `${place}: nothing reads ${from} any more, which stays on each node`),
    ...(queues.length === 0
      ? []
      : [
          say(
            "!",
            "queues on disk",
            `what waits there is not sent (${exportersOf(queues)}): let the queues run empty first (otelcol_exporter_queue_size)`,
          ),
        ]),
    ...(logSources(before.components).length === 0
      ? []
      : [say("!", "logs", "logs are read again from the first line that the node has, and come twice")]),
  ];
}

/** Queues on disk whose files no exporter opens any more. */
function lostQueues(
  before: ConfiguredAgent,
  after: ConfiguredAgent,
  changes: ReadonlyMap<string, ComponentChange>,
): readonly Statement[] {
  const still = new Set(queuesOn("disk", after.components).map(fileOf));
  const folder = before.agent.storageOnNode;
  const lost = queuesOn("disk", before.components).filter((queue) => !still.has(fileOf(queue)));
  const reasonOf = ({ exporter: { address } }: ExporterQueue) => {
    if (changes.get(address)?.change === "renamed") return "have new names";
    return after.components.has(address) ? "have their queues elsewhere" : "are gone";
  };
  const groups = groupBy(lost, (queue) => JSON.stringify([reasonOf(queue), queue.storage]));
  return [...groups.values()].flatMap((queues) => {
    const [first] = queues;
    if (folder === undefined || first === undefined) return [];
    const reason = reasonOf(first);
    const words = `nothing reads the queues on disk of ${exportersOf(queues)} any more, as these ${reason}: what waits there is not sent, and the files stay in ${folder}/${first.storage}; let them run empty first (otelcol_exporter_queue_size)`;
    return [say("!", `queues ${reason}`, words)];
  });
}

/** Sources of logs that have lost how far they had read, and read again from the start. */
function readAgain(
  before: ConfiguredAgent,
  after: ConfiguredAgent,
  changes: ReadonlyMap<string, ComponentChange>,
  rollout: Rollout,
): readonly Statement[] {
  const sources = logSources(before.components);
  if (sources.length === 0 || logSources(after.components).length === 0) return [];
  if (before.agent.storageOnNode === undefined) {
    return rollout === "restart"
      ? [
          say(
            "!",
            "logs",
            "the new pods read the logs again from the first line that the node has, as the old ones keep nothing on it",
          ),
        ]
      : [];
  }
  return sources.flatMap((source): readonly Statement[] => {
    const { address } = source;
    if (!after.components.has(address)) {
      const to = changes.get(address)?.change === "renamed" ? ` (${changes.get(address)?.address} now)` : "";
      return [
        say(
          "!",
          `positions ${address}`,
          `how far logs are read was kept by ${address}${to}: they are read again from the first line that the node has, and come twice`,
        ),
      ];
    }
    const labelled = [...targetsOf(source, before.components)].filter(
      (target) =>
        changes.has(target) &&
        labelling(before.components.get(target)) !== labelling(after.components.get(target)),
    );
    return labelled.length === 0
      ? []
      : [
          say(
            "!",
            `labels ${address}`,
            `where ${labelled.join(", ")} gives a log other labels, it is read again from its first line, as ${address} keeps how far it has read under them`,
          ),
        ];
  });
}

/** What a component says of the labels of logs. Rules that only keep or drop targets say nothing of them. */
function labelling(component: ConfigComponent | undefined): string | undefined {
  if (component?.name !== "discovery.relabel") return component && printBlocks([component]);
  const blocks = component.body.blocks.filter(({ body }) => {
    const action = body.attributes.find(({ name }) => name === "action")?.value;
    return action?.kind !== "literal" || !["keep", "drop"].includes(String(action.value));
  });
  return printBlocks([{ ...component, body: { ...component.body, blocks } }]);
}

/** What waits in memory is lost where its exporter ends, or is made anew by a reload. */
function lostInMemory(
  { components }: ConfiguredAgent,
  changes: ReadonlyMap<string, ComponentChange>,
  rollout: Rollout,
): readonly Statement[] {
  const queues = queuesOn("memory", components);
  const ending =
    rollout === "restart" ? queues : queues.filter(({ exporter }) => changes.has(exporter.address));
  if (ending.length === 0) return [];
  const what = `what waits in memory (${exportersOf(ending)})`;
  return rollout === "restart"
    ? [say("!", "memory", `${what} is sent once more as an agent ends, and lost if it isn't taken`)]
    : [say("!", "memory", `${what} is lost, as the reload makes its exporter anew`)];
}

/** Exporters that have had new data wait while their queue was full, and drop it from now on. */
function dropped(before: ConfiguredAgent, after: ConfiguredAgent): readonly Statement[] {
  const now = exportersIn(after.components).filter((exporter) => {
    const was = before.components.get(exporter.address);
    return was !== undefined && waitsWhenFull(was) && !waitsWhenFull(exporter);
  });
  return now.length === 0
    ? []
    : [
        say(
          "!",
          "dropped",
          `where the queue is full (${addresses(now)}), new data is dropped from now on: it waited`,
        ),
      ];
}

/** Where logs wait for room in a full queue, a reload that changes what they pass hangs. */
function blockedReload(
  { components }: ConfiguredAgent,
  changes: readonly ComponentChange[],
  rollout: Rollout,
): readonly Statement[] {
  if (rollout !== "reload") return [];
  const waiting = exportersIn(components).filter(waitsWhenFull);
  const onTheWay = changes.filter(({ change, address, from = address }) => {
    if (change === "added" || !components.has(from)) return false;
    const reached = downstreamOf([from], components);
    return waiting.some((exporter) => reached.has(exporter.address));
  });
  return onTheWay.length === 0
    ? []
    : [
        say(
          " ",
          "hang",
          `where logs wait for a full queue (${addresses(waiting)}), the reload waits too: restart the agents then`,
        ),
      ];
}

function exportersOf(queues: readonly ExporterQueue[]): string {
  return addresses(queues.map(({ exporter }) => exporter));
}
