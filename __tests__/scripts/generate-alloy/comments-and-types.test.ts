import { bindings } from "../../../scripts/generate-alloy/bindings";
import { readDescriptions, readSchema } from "../../../scripts/generate-alloy/schema";

const schema = readSchema();
const files = bindings(schema, readDescriptions());

function text(name: string): string {
  return files.get(`${name}.ts`) ?? "";
}

/** A property of an interface as it stands in a file: its comment and its type. */
function property(file: string, interfaceName: string, name: string): string | undefined {
  const members =
    new RegExp(`^export interface ${interfaceName} {\n(.*?)^}`, "ms").exec(text(file))?.[1] ?? "";
  return new RegExp(`(?:^ *\\/\\*\\*.*\n)?^ *readonly ${name}\\??:.*$`, "m").exec(members)?.[0];
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
