import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { bindings } from "../../scripts/generate-alloy/bindings";
import { unusedWords, withoutWords } from "../../scripts/generate-alloy/described";
import type { Descriptions } from "../../scripts/generate-alloy/descriptions";
import { namedComponents, needNames } from "../../scripts/generate-alloy/needs";
import { ruleNames } from "../../scripts/generate-alloy/rules";
import { bindingsFolder, dataText, readDescriptions, readSchema } from "../../scripts/generate-alloy/schema";

const schema = readSchema();
const files = bindings(schema, readDescriptions());

function text(name: string): string {
  return files.get(`${name}.ts`) ?? "";
}

describe("the bindings", () => {
  const committed = readdirSync(bindingsFolder).filter((name) => name.endsWith(".ts"));

  test("are all there, and nothing else", () => {
    expect([...files.keys()].sort()).toEqual(committed.sort());
  });

  test.each(committed)("are what the schema says: %s", (name) => {
    expect(readFileSync(join(bindingsFolder, name), "utf8")).toBe(files.get(name));
  });

  const data = readdirSync(bindingsFolder).filter((name) => name.endsWith(".json"));

  test.each(data)("come from data in lines that can be reviewed: %s", (name) => {
    const text = readFileSync(join(bindingsFolder, name), "utf8");
    expect(text).toBe(dataText(JSON.parse(text)));
    // Outside of strings: a value that is wide, and yet not broken.
    const lines = text.split("\n").map((line) => line.trim());
    expect(
      lines.filter((line) => line.length > 162 && /,./.test(line.replace(/"([^"\\]|\\.)*"/g, ""))),
    ).toEqual([]);
  });

  test("come from data that reads as before, whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.object({ values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)] }),
        (value) => {
          expect(JSON.parse(dataText(value))).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });

  test("come from data without a number that JavaScript can't hold, which would come out as another", () => {
    expect(() => dataText({ default: JSON.parse("9223372036854775807") })).toThrow(
      "9223372036854776000 is not exact: write it as a string",
    );
    expect(dataText({ default: Number.MAX_SAFE_INTEGER })).toBe('{ "default": 9007199254740991 }\n');
    expect(text("otelcol.processor")).toContain(" A whole number. @default 9223372036854775807 @see ");
  });

  test("bring each rule and each need that there is, and name no component that there is not", () => {
    const used = new Set(
      [...files.values()].flatMap((file) => file.replace(/^import .*$/gm, "").match(/\b\w+(?:Rule|Need)\b/g)),
    );
    expect([...ruleNames, ...needNames].filter((name) => !used.has(name))).toEqual([]);
    const known = new Set(schema.components.map(({ name }) => name));
    expect(namedComponents.filter((name) => !known.has(name))).toEqual([]);
  });

  test("have each name once, over all files", () => {
    const names = [...files.values()].flatMap((file) =>
      [...file.matchAll(/^export (?:class|interface|type|const) (\w+)/gm)].map(([, name]) => name),
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("load nothing but the library and the bodies that several namespaces share", () => {
    const modules = [...files].flatMap(([name, file]) =>
      name === "definitions.ts"
        ? []
        : [...file.matchAll(/^import (?!type ).* from "(.*)";$/gm)].map(([, module]) => module),
    );
    expect(new Set(modules)).toEqual(
      new Set([
        "../../lib/alloy/schema/body",
        "../../lib/alloy/schema/definition",
        "../../lib/alloy/schema/languages",
        "../../lib/alloy/needs",
        "../../lib/alloy/rules",
        "../../lib/alloy/component",
        "./blocks",
      ]),
    );
  });
});

describe("the words", () => {
  const words = readDescriptions();

  test("are of something", () => {
    expect(unusedWords(schema, words)).toEqual([]);
    const more = { ...words, blocks: { ...words.blocks, nothing: "Nothing." } };
    expect(unusedWords(schema, more)).toEqual(["blocks: nothing"]);
  });

  test("say of every component, block and argument what it is", () => {
    const missing = (given: Descriptions) =>
      withoutWords(schema, given).map(({ part, path }) => `${part}: ${path.join(" > ")}`);
    expect(missing(words)).toEqual([]);
    const { no_proxy: _, ...attributes } = words.attributes;
    expect(missing({ ...words, attributes })[0]).toBe("attributes: discovery.aws > no_proxy");
    const { "stage.json": __, ...blocks } = words.blocks;
    expect(missing({ ...words, blocks })).toEqual([
      "blocks: loki.process > stage.json",
      "blocks: loki.process > stage.match > stage.json",
    ]);
  });

  test("are a sentence that says more than the name", () => {
    const sentences = [words.components, words.blocks, words.attributes]
      .flatMap((part) => Object.entries(part))
      .flatMap(([key, text]) => (text === null ? [] : [{ key, text }]));
    expect(sentences.filter(({ text }) => !/^[A-Z`][^\n]*[\w`")…]\.$/.test(text))).toEqual([]);
    expect(sentences.filter(({ key, text }) => saysNoMore(key, text))).toEqual([]);
    expect(saysNoMore("component/x.Arguments.max_age", "The max. age.")).toBe(true);
  });

  test("are missing only of what neither Alloy's documentation nor its sources tell", () => {
    // Look there first. Each is a line here that the next version may end.
    const untold: readonly string[] = [];
    const all = [...Object.entries(words.blocks), ...Object.entries(words.attributes)];
    expect(all.flatMap(([key, text]) => (text === null ? [key] : []))).toEqual(untold);
  });
});

/** Whether a sentence has only the words of a name. */
function saysNoMore(key: string, text: string): boolean {
  const name = key.split(".").at(-1)?.split("_") ?? [];
  const own = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return own.every((word) => ["the", "a", "an", "of"].includes(word) || name.includes(word));
}

test("a choice of blocks that stands in several places has one name", () => {
  const stages = /readonly LokiProcessStage\[\] \| undefined;$/;
  expect(property("loki", "LokiProcessProps", "stage")).toMatch(stages);
  expect(property("loki", "LokiProcessStagesMatchConfig", "stage")).toMatch(stages);
  expect(text("loki").match(/^ +readonly json: /gm)).toHaveLength(1);
});

describe("a class", () => {
  test("says in one line what it is", () => {
    const minor = schema.alloy.version.replace(/\.\d+$/, "");
    const page = `https://grafana.com/docs/alloy/${minor}/reference/components`;
    expect(text("prometheus")).toContain(
      `\n/** \`prometheus.relabel\`, generally available. Changes the labels of samples by rules, and drops samples. Takes metrics. Sends metrics. Exports \`receiver\`, \`rules\`. See ${page}/prometheus/prometheus.relabel/ */\nexport class PrometheusRelabel `,
    );
    expect(text("otelcol.connector")).toContain(
      `\n/** \`otelcol.connector.spanlogs\`, generally available. Writes a log record for each span, root or process of traces. Takes traces. Sends logs. Exports \`input\`. See ${page}/otelcol/otelcol.connector.spanlogs/ */\n`,
    );
  });

  test("needs no arguments where all are optional", () => {
    expect(text("prometheus.exporter")).toContain("props: PrometheusExporterUnixProps = {}");
    expect(text("prometheus")).toContain("props: PrometheusScrapeProps)");
  });
});

/** A property of an interface as it stands in a file: its comment and its type. */
function property(file: string, interfaceName: string, name: string): string | undefined {
  const members =
    new RegExp(`^export interface ${interfaceName} {\n(.*?)^}`, "ms").exec(text(file))?.[1] ?? "";
  return new RegExp(`(?:^ *\\/\\*\\*.*\n)?^ *readonly ${name}\\??:.*$`, "m").exec(members)?.[0];
}

describe("an argument", () => {
  test.each([
    [
      "prometheus",
      "PrometheusScrapeProps",
      "targets",
      "/** What it works on: targets, as `discovery` components export them. */\n  readonly targets: ListOf<MapOf<StringArg, string>, Target>;",
    ],
    [
      "prometheus",
      "PrometheusScrapeProps",
      "scrapeInterval",
      '/** How often targets are scraped. A duration such as `30s`. @default "1m0s" */\n  readonly scrapeInterval?: DurationArg | undefined;',
    ],
    [
      "prometheus",
      "PrometheusRelabelProps",
      "maxCacheSize",
      "/** How many entries the cache holds. A whole number. @default 100000 */\n  readonly maxCacheSize?: NumberArg | undefined;",
    ],
    [
      "discovery",
      "DiscoveryKubernetesProps",
      "role",
      '/** The kind of objects that it finds. */\n  readonly role: EnumArg<"endpoints" | "endpointslice" | "ingress" | "node" | "pod" | "service">;',
    ],
    [
      "config",
      "LoggingProps",
      "level",
      '/** The least severe level that is logged. @default "info" */\n  readonly level?: EnumArg<"" | "debug" | "error" | "info" | "warn"> | undefined;',
    ],
    [
      "loki",
      "LokiProcessStagesDropConfig",
      "longerThan",
      "/** The size from which on lines are dropped. A size such as `512MiB`. @default - not set */\n  readonly longerThan?: StringArg | undefined;",
    ],
    [
      "loki",
      "LokiProcessStagesRegexConfig",
      "expression",
      "/** The expression; each of its named groups is an extracted value. A regular expression of RE2. */\n  readonly expression: StringArg;",
    ],
    [
      "loki",
      "LokiWriteProps",
      "externalLabels",
      "/** Labels that are added to all that is sent. @default {} */\n  readonly externalLabels?: MapOf<StringArg, string> | undefined;",
    ],
    [
      "otelcol.processor",
      "OtelcolProcessorBatchProps",
      "output",
      '/** Where it sends telemetry. */\n  readonly output: Output<"metrics" | "logs" | "traces">;',
    ],
    [
      "loki.source",
      "LokiSourceFileProps",
      "forwardTo",
      "/** Who gets what the component has: receivers of other components. */\n  readonly forwardTo: ListOf<Expression<LogsReceiver>, LogsReceiver>;",
    ],
  ])("of %s: %s.%s", (file, interfaceName, name, source) => {
    expect(
      property(file, interfaceName, name)
        ?.trim()
        .replace(/ @see \S+(?= \*\/)/, ""),
    ).toBe(source);
  });

  test.each([
    ["loki.source", "LokiSourceFileProps", "targets", "components/loki/loki.source.file/#arguments"],
    ["loki", "LokiWriteEndpointOptions", "batchWait", "components/loki/loki.write/#endpoint"],
    ["config", "LoggingProps", "level", "config-blocks/logging/#arguments"],
  ])("has a link to the section that describes it: %s: %s.%s", (file, interfaceName, name, page) => {
    const minor = schema.alloy.version.replace(/\.\d+$/, "");
    expect(property(file, interfaceName, name)).toContain(
      ` @see https://grafana.com/docs/alloy/${minor}/reference/${page} */`,
    );
  });

  test("says what it is and where that is described, and so does a block", () => {
    const members = [...files.values()].flatMap((file) =>
      [...file.matchAll(/^.*\n {2}readonly \w+\??:/gm)].map(([member]) => member),
    );
    expect(members.length).toBeGreaterThan(3000);
    expect(
      members.filter(
        (member) => !/^ {2}\/\*\* [A-Z`][^@]*\. (@default .*)?@see https:\S+ \*\/\n/.test(member),
      ),
    ).toEqual([]);
  });

  test("says its unit once: by its words, or after them", () => {
    const comments = [...files.values()].flatMap((file) => file.match(/\/\*\*.* In \w+\. .*\*\//g) ?? []);
    expect(comments).toContainEqual(expect.stringContaining("How much of traces is chosen at once"));
    expect(comments.filter((comment) => /\b(\w+)\b.* In \1\. /.test(comment))).toEqual([]);
  });

  test("says a unit that is told of another place of its interface", () => {
    const key = "component/prometheus/exporter/mysql.PerfSchemaEventsStatements.time_limit";
    const { attributes } = readDescriptions();
    const without = { ...readDescriptions(), attributes: { ...attributes, [key]: "How long ago." } };
    expect(bindings(schema, without).get("blocks.ts")).toContain(
      "/** How long ago. A whole number. In seconds. @default 86400 @see ",
    );
  });

  test("has no default that each agent makes for itself", () => {
    expect(property("config", "RemotecfgProps", "id")).toContain("@default - not set");
  });

  test("has the documentation's default where that of its component is unsure", () => {
    // Its interfaces are named by Go types, which have other names in other versions.
    const members = (name: string) => text("beyla").match(new RegExp(`^.*\\n {2}readonly ${name}\\?:`, "gm"));
    expect(members("informersResyncPeriod")).toEqual([expect.stringContaining('@default "30m0s"')]);
    expect(members("override")).toEqual([expect.stringContaining("@default - not set")]);
  });

  test("has a default wherever it may be left out, or says that there is none", () => {
    const attributes = [...files.values()].flatMap((file) =>
      [...file.matchAll(/^ {2}\/\*\*.*\n {2}readonly \w+\?: \w*Arg\b.*$/gm)].map(([member]) => member),
    );
    expect(attributes.length).toBeGreaterThan(1000);
    expect(attributes.filter((member) => !member.includes("@default "))).toEqual([]);
  });

  test("says where its default is another in each component", () => {
    expect(text("blocks")).toContain(
      "/** Whether the heartbeat's times are in UTC. @default - depends on the component @see ",
    );
  });
});
