import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { definitions } from "../../imports/alloy/definitions";
import { AlloyConfig, check, parse } from "../../lib/alloy";
import { formatted, importConfig } from "../../scripts/alloy-import/source";
import { build } from "../../scripts/go-program";
import { declareMissing } from "../engines/describe";
import { describeWithEngines } from "../engines/engines";

const folder = join(__dirname, "../../examples");
const names = readdirSync(folder).flatMap((file) => /^(.+)\.alloy$/.exec(file)?.[1] ?? []);

function textOf(name: string): string {
  return readFileSync(join(folder, `${name}.alloy`), "utf8");
}

test("there are six, and the page of them names each", () => {
  expect(names).toHaveLength(6);
  const page = readFileSync(join(folder, "README.md"), "utf8");
  for (const name of names) expect(page).toContain(`| ${name} [.alloy](${name}.alloy) [.ts](${name}.ts) `);
});

describe.each(names)("%s", (name) => {
  const text = textOf(name);

  test("is checked without a word", () => {
    expect(check(parse(text), { definitions, stability: "generally-available" })).toEqual([]);
  });

  test("is what its program prints, of which nothing is wrong", () => {
    const { config }: { readonly config: unknown } = require(join(folder, `${name}.ts`));
    expect(String(config)).toBe(text);
    expect(config instanceof AlloyConfig && config.diagnostics).toEqual([]);
  });

  test("is imported as that program", () => {
    const options = { file: `examples/${name}.alloy`, project: ".." };
    const { source, untyped } = importConfig(parse(text), definitions, options);
    expect(formatted(source)).toBe(readFileSync(join(folder, `${name}.ts`), "utf8"));
    expect(untyped).toBe(0);
  });
});

describeWithEngines("Alloy's formatter", (engines) => {
  test.each(names)("leaves %s as it is", async (name) => {
    expect(await engines.format(textOf(name))).toEqual({ ok: true, value: textOf(name) });
  });
});

const alloy = build({ folder: "alloy", script: true, slow: true });

/** The binary of tests knows some components only: of the others, it says that there are none. */
function validates(executable: string): void {
  test.each(names)("takes %s", (name) => {
    const file = join(folder, `${name}.alloy`);
    const { stderr } = spawnSync(executable, ["validate", file], { encoding: "utf8", env: {} });
    const errors = stderr.split("\n").filter((line) => line.startsWith("Error: "));
    const own = errors.filter(
      (line) => !/cannot find the definition of component name|validation failed/.test(line),
    );
    expect(own).toEqual([]);
  });
}

if ("missing" in alloy) declareMissing("alloy validate", alloy.missing, () => validates(""));
else describe("alloy validate", () => validates(alloy.executable));
