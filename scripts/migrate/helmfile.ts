import type { SettingKey } from "../../lib/schema";
import type { TodaysFiles } from "./files";
import type { Said } from "./report";
import {
  eachLeaf,
  entriesOf,
  isMap,
  itemsOf,
  leftOutMessage,
  merged,
  type Place,
  plain,
  printed,
  type Value,
  valueIn,
} from "./value";

/** A release of a helmfile. */
export interface Release {
  readonly place: Place;
  readonly name: string;
  readonly namespace: string;
  readonly createsNamespace: boolean;
  /** Its values as Helm merges them. Absent: it has none. */
  readonly values?: Value | undefined;
}

/** An environment of a helmfile: a cluster. */
export interface TodaysEnvironment {
  readonly name: string;
  readonly place: Place;
  /** What the helmfile itself says of it. */
  readonly state: Value;
  /** That of the chart that makes the ConfigMap. Absent: there is none. */
  readonly config?: Release | undefined;
  /** That of Grafana's chart. */
  readonly agent: Release;
  /** What its values files say of themselves. */
  readonly comments: readonly string[];
}

/** The environments of a helmfile by their names, in its order. */
export function environmentsOf(
  files: TodaysFiles,
  said: Said,
): readonly (readonly [name: string, value: Value])[] {
  const read = files.read(files.helmfile, {});
  const documents = read?.documents ?? [];
  const all = documents.flatMap((document) => entriesOf(valueIn(document, ["environments"])));
  const [first] = documents;
  if (all.length === 0 && read !== undefined) {
    said.refuse(
      first?.place ?? { file: files.helmfile, line: 1, column: 1 },
      ["environments"],
      "is missing, and with it every cluster; name today's helmfile",
    );
  }
  return all;
}

/** Reads an environment of a helmfile, with the values files of its releases. */
export function readEnvironmentOf(
  name: string,
  value: Value,
  files: TodaysFiles,
  said: Said,
): TodaysEnvironment | undefined {
  return new HelmfileReader(name, value, files, said).read();
}

class HelmfileReader {
  private state: Value;
  private readonly comments = new Set<string>();

  constructor(
    private readonly name: string,
    private readonly environment: Value,
    private readonly files: TodaysFiles,
    private readonly said: Said,
  ) {
    this.state = { place: environment.place, content: new Map() };
  }

  read(): TodaysEnvironment | undefined {
    this.readState();
    const Values = plain(this.state);
    const dot = { Environment: { Name: this.name, Values }, Values, StateValues: Values };
    const documents = this.files.read(this.files.helmfile, dot)?.documents ?? [];
    const releases = documents.flatMap((document) => itemsOf(valueIn(document, ["releases"])));
    const agents = releases.filter((release) => /(^|\/)alloy\/?$/.test(textAt(release, "chart")));
    const agent = agents.find((one) => textAt(one, "name") === "alloy") ?? agents[0];
    if (agent === undefined) {
      const message = "has none of the chart alloy, which is the agent; name today's helmfile";
      this.said.refuse(this.environment.place, ["releases"], message);
      return undefined;
    }
    const config = configOf(agent, releases);
    for (const other of releases.filter((one) => one !== agent && one !== config)) {
      const why = agents.includes(other)
        ? "it is another agent, beside the first"
        : "it is not the agent's, and stays helmfile's";
      this.tell(other, ["releases", textAt(other, "name")], `is left out: ${why}`);
    }
    for (const document of documents) this.tellOthers(document);
    for (const release of [agent, ...(config ? [config] : [])]) this.tellRelease(release);
    const { name, environment, state, comments } = this;
    return {
      name,
      place: environment.place,
      state,
      config: config && this.release(config, dot),
      agent: this.release(agent, dot),
      comments: [...comments],
    };
  }

  /** What the helmfile says of the environment: by itself, or by files. */
  private readState(): void {
    for (const [key, other] of entriesOf(this.environment)) {
      if (key === "values") continue;
      eachLeaf(other, (leaf) =>
        this.tell(leaf, ["environments", this.name, key], `is left out: ${reasonOf(key)}`),
      );
    }
    for (const item of itemsOf(valueIn(this.environment, ["values"]))) {
      const over =
        typeof item.content === "string" ? this.file(item, { Environment: { Name: this.name } }) : item;
      this.state = this.withValues(this.state, over) ?? this.state;
    }
  }

  private release(release: Value, dot: Readonly<Record<string, unknown>>): Release {
    const name = textAt(release, "name");
    const namespace = textAt(release, "namespace") || "default";
    const data = { ...dot, Release: { Name: name, Namespace: namespace }, Namespace: namespace };
    const layers = [
      ...itemsOf(valueIn(release, ["values"])).map((item) =>
        isMap(item.content) ? item : this.file(item, data),
      ),
      ...["set", "setString"].flatMap((key) => itemsOf(valueIn(release, [key])).map(setValue)),
    ];
    return {
      place: release.place,
      name,
      namespace,
      createsNamespace: textAt(release, "createNamespace") !== "false",
      values: layers.reduce<Value | undefined>((values, over) => this.withValues(values, over), undefined),
    };
  }

  private withValues(values: Value | undefined, over: Value | undefined): Value | undefined {
    if (over === undefined || !isMap(over.content)) return values;
    return merged(values, over, (value, key, by) => {
      const { file, line, column } = by.place;
      const { place } = value;
      // A file that is named twice, as an environment's own and as what all have alike, says the same again.
      if (place.file === file && place.line === line && place.column === column) return;
      this.tell(value, key, leftOutMessage(value, `${file}:${line} says otherwise`));
    });
  }

  /** What a file of values says. One that the environment names is missed where it names it. */
  private file(item: Value, data: unknown): Value | undefined {
    const named = printed(item.content);
    if (named === "") return undefined;
    let place = item.place;
    eachLeaf(this.state, (leaf) => {
      if (printed(leaf.content) === named) place = leaf.place;
    });
    const path = this.files.find(named, place);
    const read = path === undefined ? undefined : this.files.read(path, data);
    for (const comment of read?.comments ?? []) this.comments.add(comment);
    return read?.documents[0];
  }

  /** Says what else a helmfile says. */
  private tellOthers(document: Value): void {
    for (const [key, value] of entriesOf(document)) {
      if (key === "environments" || key === "releases") continue;
      eachLeaf(value, (leaf, inner) => this.tell(leaf, [key, ...inner], `is left out: ${reasonOf(key)}`));
    }
  }

  private tellRelease(release: Value): void {
    for (const [key, value] of entriesOf(release)) {
      if (readOfReleases.includes(key)) continue;
      const at = ["releases", textAt(release, "name"), key];
      eachLeaf(value, (leaf, inner) => this.tell(leaf, [...at, ...inner], `is left out: ${reasonOf(key)}`));
    }
  }

  private tell({ place }: Value, key: SettingKey, message: string): void {
    this.said.tell(place, key, message);
  }
}

/** The release of the chart that makes the ConfigMap: of that name, or the one that the agent waits for. */
function configOf(agent: Value, releases: readonly Value[]): Value | undefined {
  const needs = itemsOf(valueIn(agent, ["needs"])).map(({ content }) =>
    printed(content).replace(/^.*\//, ""),
  );
  return (
    releases.find((release) => /(^|\/)alloy-config\/?$/.test(textAt(release, "chart"))) ??
    releases.find((release) => needs.includes(textAt(release, "name")))
  );
}

function textAt(value: Value, key: string): string {
  return printed(valueIn(value, [key])?.content ?? null);
}

/** What `set` says by a path, such as `alloy.listenPort`, as values that say it. */
function setValue(item: Value): Value | undefined {
  const path = textAt(item, "name");
  const value = valueIn(item, ["value"]);
  if (path === "" || value === undefined) return undefined;
  return path.split(/(?<!\\)\./).reduceRight<Value>(
    (inner, key) => ({
      place: item.place,
      content: new Map([[key.replaceAll("\\.", "."), inner]]),
    }),
    { ...value, place: item.place },
  );
}

const readOfReleases = ["name", "namespace", "createNamespace", "chart", "values", "set", "setString"];

const noHelmfile = "helmfile alone takes it, and applies the agent no more";

const unread =
  "it changes what is applied, and can't be read here; write what it gives as values, and migrate again";

/** Why something of a helmfile isn't written, by its key. */
const reasons: Readonly<Record<string, string>> = {
  repositories: "no chart is fetched: its render is in this project",
  version: "the chart is that of this project, with its Alloy: docs/chart.md has the version",
  needs: "all manifests of a cluster are applied together",
  secrets: "it is encrypted, and nothing of it is read; write what is no secret as values, and migrate again",
  bases: unread,
  templates: unread,
  inherit: unread,
  setTemplate: unread,
  valuesTemplate: unread,
  jsonPatches: unread,
  strategicMergePatches: unread,
  transformers: unread,
};

function reasonOf(key: string): string {
  return (Object.hasOwn(reasons, key) ? reasons[key] : undefined) ?? noHelmfile;
}
