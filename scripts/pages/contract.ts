import { type Contract, type Metric, records } from "../../lib/contract";
import { bullets, code, listed } from "./markdown";

/** What arrives of an environment's metrics and logs, and under which labels; nothing where it sends none. */
export function contractWords(contract: Contract): readonly string[] {
  const words = [...metricWords(contract), ...logWords(contract)];
  return words.length === 0
    ? []
    : [
        "## Contract",
        "What arrives, as it follows from the pipeline. `npm run contract` holds dashboards and rules against it.",
        ...words,
      ];
}

function metricWords(contract: Contract): readonly string[] {
  const jobs = new Map<string, Metric[]>();
  for (const metric of [...contract.sent.values()].flat()) {
    const values = metric.labels.get("job");
    if (metric.record === undefined || values?.kind !== "of") continue;
    const key = values.texts.join();
    const known = jobs.get(key);
    if (known === undefined) jobs.set(key, [metric]);
    else known.push(metric);
  }
  if (jobs.size === 0) return [];
  const lines = [...jobs].map(([job, metrics]) => {
    const [{ record, interval } = { record: undefined, interval: 0 }] = metrics;
    const from =
      record === undefined ? "" : ` of ${records[record].title} ${records[record].version.split(" ")[0]}`;
    const names = new Set(metrics.map(({ name }) => name)).size;
    return `job ${code(job)}: ${names} metrics${from}, every ${interval}s, all with ${listed(commonLabels(metrics).map(code))}`;
  });
  return [
    bullets(lines),
    [
      `Of each target come ${code("up")}, ${code("scrape_*")} and ${code("target_info")} too.`,
      ...missingWords(contract),
      `Names and other labels are in ${code("docs/metrics.md")} of the project.`,
    ].join(" "),
  ];
}

function commonLabels(metrics: readonly Metric[]): readonly string[] {
  const [first] = metrics;
  const names = [...(first?.labels.keys() ?? [])];
  return names.filter((name) => metrics.every(({ labels }) => labels.has(name))).toSorted();
}

/** Which collectors are off, though they are on by default. That of text files has none. */
function missingWords({ missing }: Contract): readonly string[] {
  const off = new Set(
    [...missing.values()].flatMap((why) => /^the collector (\w+) is off$/.exec(why)?.[1] ?? []),
  );
  const usual = records.node.on.filter((name) => off.has(name) && name !== "textfile");
  return usual.length === 0 ? [] : [`Collectors that are off: ${listed(usual.map(code))}.`];
}

function logWords({ logs }: Contract): readonly string[] {
  const of = (kind: string) => logs.filter((one) => one.kind === kind).map(({ label }) => code(label));
  if (logs.length === 0) return [];
  return [
    `Of logs, Loki makes streams by ${listed(of("stream label"))}, unless it is told others. Metadata of lines are ${listed(of("structured metadata"))}, and what Loki says of each, such as ${code("severity_text")}.`,
  ];
}
