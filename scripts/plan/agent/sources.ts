import { type BodySyntax, nanosecondsOf, printValue } from "../../../lib/alloy";
import { groupBy } from "../../../lib/schema";
import { addresses, attributeAt, type ConfigComponent, type ConfigComponents } from "../config/components";
import { type Sign, type Statement, sentence } from "../statement";
import { downstreamOf, exportersIn } from "./queues";

/** What is read from now on, what is read no more, and what is read more or less often. */
export function sourceStatements(before: ConfigComponents, after: ConfigComponents): readonly Statement[] {
  const [old, present] = [sourcesIn(before), sourcesIn(after)];
  const gone = old.filter(({ address }) => present.every((one) => one.address !== address));
  const come = present.filter(({ address }) => old.every((one) => one.address !== address));
  return [
    ...bySentence("-", gone, (source) => {
      const exporters = exportersOf(source, before);
      return exporters && `what is read no more, and went to ${exporters}`;
    }),
    ...bySentence("+", come, (source) => {
      const exporters = exportersOf(source, after);
      return exporters && `what is read from now on, and goes to ${exporters}`;
    }),
    ...bySentence("~", present, (source) => paceWords(before.get(source.address), source)),
  ];
}

/** One sentence for all sources of which the same is said. No words: nothing is said of them. */
function bySentence(
  sign: Sign,
  sources: readonly ConfigComponent[],
  wordsOf: (source: ConfigComponent) => string,
): readonly Statement[] {
  return [...groupBy(sources, wordsOf)].flatMap(([words, same]) =>
    words === "" ? [] : [sentence("Data", sign, `${sign}${words}`, `${words}: ${addresses(same)}`)],
  );
}

/** The systems that sources are of, and the signal that they read. */
const signals = { prometheus: "metrics", loki: "logs" } as const;

type Signal = (typeof signals)[keyof typeof signals];

function signalOf({ name }: ConfigComponent): Signal | undefined {
  if (name === "prometheus.scrape") return signals.prometheus;
  return name.startsWith("loki.source.") ? signals.loki : undefined;
}

/** What reads metrics and logs. */
function sourcesIn(components: ConfigComponents): readonly ConfigComponent[] {
  return [...components.values()].filter((component) => signalOf(component) !== undefined);
}

/** The exporters that get what a source reads. */
function exportersOf(source: ConfigComponent, components: ConfigComponents): string {
  const signal = signalOf(source);
  const ways = [...components].map(
    ([address, one]) => [address, { ...one, body: only(signal, one.body) }] as const,
  );
  const reached = downstreamOf([source.address], new Map(ways));
  return addresses(exportersIn(components).filter(({ address }) => reached.has(address)));
}

/** A component's body without its outputs for other signals. */
function only(signal: Signal | undefined, body: BodySyntax): BodySyntax {
  const blocks = body.blocks.map((block) => {
    if (block.name !== "output") return block;
    const attributes = block.body.attributes.filter(({ name }) => name === signal);
    return { ...block, body: { ...block.body, attributes } };
  });
  return { ...body, blocks };
}

/** The default of `scrape_interval` in Alloy. */
const alloysInterval = "60s";

/** How often a source is read, if that changes. */
function paceWords(before: ConfigComponent | undefined, after: ConfigComponent): string {
  if (before === undefined) return "";
  const [was, is] = [intervalOf(before), intervalOf(after)];
  const ratio = Number((nanosecondsOf(was) / nanosecondsOf(is)).toPrecision(2));
  return was === is || !Number.isFinite(ratio)
    ? ""
    : `what is read every ${is}, and was every ${was}, ${ratio} times the samples`;
}

function intervalOf(source: ConfigComponent): string {
  const value = attributeAt(source, "scrape_interval");
  return value === undefined ? alloysInterval : printValue(value).replaceAll('"', "");
}
