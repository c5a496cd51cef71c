import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AlloySources } from "../../../scripts/alloy-upgrade/sources";
import { type Upgrade, upgradeAlloy } from "../../../scripts/alloy-upgrade/upgrade-alloy";
import { wordsReport } from "../../../scripts/alloy-upgrade/words";
import { contradictions } from "../../../scripts/alloy-versions/history";
import { unusedWords } from "../../../scripts/generate-alloy/described";
import { bindingsFolder, readSchema } from "../../../scripts/generate-alloy/schema";
import { moduleSources } from "../../../scripts/go-program";
import { declareMissing } from "../../engines/describe";

const next = "v1.19.0";
const { version: bound } = readSchema().alloy;
const found = [bound, next].map((version) => moduleSources(`github.com/grafana/alloy@${version}`));
const [missing] = found.flatMap((one) => ("missing" in one ? [one.missing] : []));

const define = () => {
  const sources = new AlloySources();
  afterAll(() => sources.close());
  const json = ({ files }: Upgrade, name: string) =>
    JSON.parse(files.get(`imports/alloy/${name}.json`) ?? "");

  test("the next version has its own schema, history and bindings, and decisions for all that it has", () => {
    const upgrade = upgradeAlloy(next, sources);
    const [, module] = found;
    expect(json(upgrade, "schema").alloy).toEqual({
      version: next,
      sum: module && "sum" in module && module.sum,
    });
    const bindings = [...upgrade.files].map(([path, text]) => `${path}\n${text}`).join("\n");
    expect(bindings).toContain("export class OtelcolProcessorRedaction ");
    expect(bindings).not.toContain("export class PrometheusWriteQueue ");
    const history = json(upgrade, "versions");
    expect(history.alloy).toBe(next);
    expect(history.since[next]).toContain("otelcol.processor.redaction");
    const schemas = [bound, next].map((one) => [one, sources.schemaOf(sources.of(one))] as const);
    expect(contradictions(history, new Map(schemas))).toEqual([]);
    const gone = Object.keys(json(upgrade, "decisions").defaults).filter((key) =>
      key.includes("write/queue"),
    );
    expect(gone).toEqual([]);
    // Words of bodies whose Go types have other names there have moved; what is new is told.
    const { before, after, descriptions } = upgrade;
    expect(json(upgrade, "descriptions")).toEqual(descriptions);
    expect(unusedWords(after, descriptions)).toEqual([]);
    expect(bindings).toContain("/** How often processes are looked for. A duration");
    const report = wordsReport(before, after, descriptions);
    expect(report).toContain("attributes: loki.process > stage.luhn > skip_regex\n");
    expect(report).not.toContain("beyla.ebpf > discovery > poll_interval");
  });

  test("the version that there is stays as it is", () => {
    const { before, after, descriptions, files } = upgradeAlloy(bound, sources);
    expect(after).toEqual(before);
    expect(files.get("imports/alloy/descriptions.json")).toBe(
      readFileSync(join(bindingsFolder, "descriptions.json"), "utf8"),
    );
    expect(wordsReport(before, after, descriptions)).toBe("");
    expect(JSON.parse(files.get("imports/alloy/versions.json") ?? "").alloy).toBe(bound);
  });

  test("a version that there is not is said so", () => {
    expect(() => upgradeAlloy("v1.18.99", sources)).toThrow(/v1\.18\.99.*--git/);
  });
};
if (missing === undefined) describe("An upgrade of Alloy", define);
else declareMissing("An upgrade of Alloy", missing, define);
