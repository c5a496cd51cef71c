import { type Decisions, readDecisions } from "../../../scripts/alloy-upgrade/decisions";
import { rebuild } from "../../../scripts/alloy-upgrade/rebuild";
import { AlloySources } from "../../../scripts/alloy-upgrade/sources";
import { readVersion, type VersionSources } from "../../../scripts/alloy-upgrade/version-sources";
import { dataText, readSchema } from "../../../scripts/generate-alloy/schema";
import { moduleSources } from "../../../scripts/go-program";
import { declareMissing } from "../../engines/describe";

const committed = readSchema();
const decisions = readDecisions();
const modules = [
  `github.com/grafana/alloy@${committed.alloy.version}`,
  `github.com/grafana/alloy/syntax@${committed.syntax.version}`,
].map(moduleSources);
const [missing] = modules.flatMap((one) => ("missing" in one ? [one.missing] : []));

/** Decisions, with one of them changed. */
function changed<Part extends keyof Decisions>(
  part: Part,
  key: string,
  decision: object | undefined,
): Decisions {
  const { [key]: _, ...others } = decisions[part] as Readonly<Record<string, object>>;
  return { ...decisions, [part]: decision === undefined ? others : { ...others, [key]: decision } };
}

const define = () => {
  let version: VersionSources;
  beforeAll(() => {
    const sources = new AlloySources();
    version = readVersion(sources, committed.alloy.version);
    sources.close();
  });

  test("the schema is what Alloy's sources, its documentation and the decisions give, and nothing is open", () => {
    const { schema, open } = rebuild(version, decisions);
    expect(open).toEqual([]);
    expect(dataText(schema)).toBe(dataText(committed));
  });

  test("its version and that of its language are pinned with the checksums of the modules", () => {
    expect([committed.alloy.sum, committed.syntax.sum]).toEqual(
      modules.map((one) => ("sum" in one ? one.sum : undefined)),
    );
  });

  test.each<[what: string, Decisions, part: keyof Decisions, key: string]>([
    [
      "words, where the documentation says something else",
      changed("words", "component/discovery/dns.Arguments.type", { words: ["A"], docs: ["00000000"] }),
      "words",
      "component/discovery/dns.Arguments.type",
    ],
    [
      "what a type takes that reads its text itself",
      changed("words", "component/common/config.TLSVersion", undefined),
      "words",
      "component/common/config.TLSVersion",
    ],
    [
      "a regular expression, where the documentation says something else",
      changed("regexps", "component/loki/process/stages.RegexConfig.expression", { docs: [] }),
      "regexps",
      "component/loki/process/stages.RegexConfig.expression",
    ],
    [
      "a default that another module has, and the documentation hasn't",
      changed("defaults", "component/common/relabel.Config.regex", undefined),
      "defaults",
      "component/common/relabel.Config.regex",
    ],
    [
      "a default that another expression gives",
      changed("defaults", "component/common/relabel.Config.regex", { default: "(.*)", of: "anything()" }),
      "defaults",
      "component/common/relabel.Config.regex",
    ],
    [
      "the signals of a component",
      changed("signals", "otelcol.receiver.otlp", undefined),
      "signals",
      "otelcol.receiver.otlp",
    ],
  ])("it asks for %s, and takes its own answer", (_, others, part, key) => {
    const { open } = rebuild(version, others);
    expect(open.map((one) => [one.part, one.key])).toEqual([[part, key]]);
    const answer = open[0]?.answer;
    const answered = { ...others, [part]: { ...others[part], [key]: answer } };
    expect(rebuild(version, answered).open).toEqual([]);
  });

  test("texts that are the same as those read before are not asked about; new ones that name words are", () => {
    expect(rebuild(version, decisions, version).open).toEqual([]);
    const before = {
      ...version,
      pages: new Map([...version.pages].filter(([name]) => name !== "prometheus.remote_write")),
    };
    const asked = rebuild(version, decisions, before).open.map(({ about }) => about.split(" > ")[0]);
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked)).toEqual(new Set(["prometheus.remote_write"]));
  });
};
if (missing === undefined) describe("The schema", define);
else declareMissing("The schema", missing, define);
