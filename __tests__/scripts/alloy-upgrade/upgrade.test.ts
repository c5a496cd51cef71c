import { AlloySources } from "../../../scripts/alloy-upgrade/sources";
import { type Upgrade, upgradeAlloy } from "../../../scripts/alloy-upgrade/upgrade-alloy";
import { contradictions } from "../../../scripts/alloy-versions/history";
import { readSchema } from "../../../scripts/generate-alloy/schema";
import { declareMissing } from "../../engines/describe";
import { moduleSources } from "../../engines/program";

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
  });

  test("the version that there is stays as it is", () => {
    const { before, after, files } = upgradeAlloy(bound, sources);
    expect(after).toEqual(before);
    expect(JSON.parse(files.get("imports/alloy/versions.json") ?? "").alloy).toBe(bound);
  });

  test("a version that there is not is said so", () => {
    expect(() => upgradeAlloy("v1.18.99", sources)).toThrow(/v1\.18\.99.*--git/);
  });
};
if (missing === undefined) describe("An upgrade of Alloy", define);
else declareMissing("An upgrade of Alloy", missing, define);
