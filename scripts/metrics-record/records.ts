/** The labels of each metric, by the part of a source that has it. */
export type Labels = Map<string, ReadonlyMap<string, readonly string[]>>;

/** What is recorded of a source. */
export interface Recorded {
  readonly version: string;
  /** It was run, or its source or documentation was read. */
  readonly by: "run" | "source";
  /** The parts that are there unless they are turned off. @default - all */
  readonly on?: readonly string[];
  readonly labels: Labels;
}

/** The file of a record: parts, and in each the metrics that have the same labels. */
export function recordText({ version, by, on, labels }: Recorded): string {
  const parts = [...labels]
    .toSorted(([one], [other]) => compare(one, other))
    .map(([part, metrics]) => {
      const groups = new Map<string, string[]>();
      for (const [name, of] of [...metrics].toSorted(([one], [other]) => compare(one, other))) {
        const key = [...new Set(of)].toSorted(compare).join();
        groups.set(key, [...(groups.get(key) ?? []), name]);
      }
      return [
        part,
        Object.fromEntries([...groups].toSorted(([one], [other]) => compare(one, other))),
      ] as const;
    })
    .filter(([, groups]) => Object.keys(groups).length > 0);
  return `${JSON.stringify({ version, by, on, parts: Object.fromEntries(parts) }, null, 1)}\n`;
}

/** The file of a record without some parts. */
export function withoutParts(text: string, names: readonly string[]): string {
  const record: { readonly parts: Readonly<Record<string, unknown>> } = JSON.parse(text);
  const parts = Object.entries(record.parts).filter(([name]) => !names.includes(name));
  return JSON.stringify({ ...record, parts: Object.fromEntries(parts) });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** What kube-state-metrics' pages say, in tables with a column of labels. A part in capitals stands for any name. */
export function labelsInDocs(pages: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  let column = -1;
  for (const line of pages.join("\n").split("\n")) {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const [, name = ""] = cells;
    if (/^Metric name$/i.test(name)) column = cells.findIndex((cell) => /^Labels/i.test(cell));
    if (!/^kube_\w+$/.test(name)) continue;
    const labels = [...(cells[column] ?? "").matchAll(/`(\w+)`\s*=/g)].map(([, label = ""]) => label);
    if (labels.length === 0) throw new Error(`${name}: no labels in ${line}`);
    found.set(
      name,
      labels.map((label) => label.replace(/[A-Z][A-Z_]*$/, "*")),
    );
  }
  return found;
}

/** What a page of metrics has, in the text format of Prometheus. */
export function labelsInPage(page: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [, name = "", labels = ""] of page.matchAll(/^([a-zA-Z_:]\w*)(?:\{(.*)\})? /gm)) {
    const names = [...labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)].map(([, label = ""]) => label);
    found.set(name, [
      ...(found.get(name) ?? []),
      ...names.filter((label) => !label.startsWith("otel_scope_")),
    ]);
  }
  return found;
}
