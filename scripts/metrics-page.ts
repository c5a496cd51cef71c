import { records } from "../lib/contract";
import { code } from "./pages/markdown";

/** What the page says of each source, in its order. */
const titles: Readonly<Record<keyof typeof records, string>> = {
  node: "The node: job `node-exporter`, by collector",
  containers: "Containers: job `integrations/cadvisor`, by kind of metric",
  aistore: "AIStore: job `aistore`, by kind of node",
  objects: "Kubernetes' objects: job `kube-state-metrics`, by kind of object",
  alloy: "The agent: job `integrations/alloy`",
};

const introduction = `# Metrics

<!-- Generated from imports/metrics by npm run generate:metrics: change that, not this. -->

The metrics of each source, and the labels that they bring themselves. Which of them an environment sends, and the labels
that all of a job have, is on [its page](environments), under Contract; whose they are is in [labels](labels.md). A name
in braces stands for several: \`a_{b,c}\` are \`a_b\` and \`a_c\`. A label that ends in \`*\` is any that begins so.

Your AIStore and your kube-state-metrics may be of another version than the one that is recorded here.`;

/** The page of all metrics that are recorded. */
export function metricsPage(): string {
  const sections = Object.entries(records).map(([name, record]) => {
    const { title, version, by, metrics, on } = record;
    const how = by === "run" ? "recorded from a run of it" : "read from its documentation";
    const shown = metrics.filter(({ part }) => on.length === 0 || part === "" || on.includes(part));
    const parts = new Map<string, typeof shown>();
    for (const metric of shown) {
      const part = name === "objects" ? (/^kube_([a-z]+)/.exec(metric.name)?.[1] ?? "") : metric.part;
      parts.set(part, [...(parts.get(part) ?? []), metric]);
    }
    const lines = [...parts]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([part, of]) => `- ${part === "" ? "" : `**${part}**: `}${namesOf(of)}`);
    const heading = name in titles ? titles[name as keyof typeof titles] : name;
    return `## ${heading}\n\n${title} ${version.replace(/ \(.*/, "")}, ${how}.\n\n${lines.join("\n")}`;
  });
  return `${[introduction, ...sections].join("\n\n")}\n`;
}

/** Metrics by their labels. */
function namesOf(metrics: readonly { readonly name: string; readonly labels: readonly string[] }[]): string {
  const groups = new Map<string, string[]>();
  for (const { name, labels } of metrics) {
    const key = labels.map(code).join(", ");
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups]
    .map(([labels, names]) => `${code(inBraces(names))}${labels === "" ? "" : ` by ${labels}`}`)
    .join("; ");
}

/** Names that begin alike, written once. */
function inBraces(names: readonly string[]): string {
  const [first = "", ...others] = names;
  if (others.length === 0) return first;
  let length = first.length;
  while (!names.every((name) => name.startsWith(first.slice(0, length)))) length -= 1;
  const stem = first.slice(0, first.slice(0, length).lastIndexOf("_") + 1);
  return `${stem}{${names.map((name) => name.slice(stem.length)).join(",")}}`;
}
