import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import history from "../imports/alloy/alloy-v1.18.1.versions.json";
import { describedVersion, factsOf, type VersionSchema } from "./alloy-versions/facts";
import { contradictions, historyOf } from "./alloy-versions/history";
import { alloyVersion, bindingsFolder, dataText } from "./generate-alloy/schema";

/*
 * Reads from Alloy's sources which version brought what, and writes it beside the schema: of the versions that were
 * read before, and of those that are named. The sources come from the Go module proxy or, where `--git` names a clone
 * of github.com/grafana/alloy, from its tags. Needs Go.
 *
 *   npm run alloy:versions -- [VERSION]… [--git FOLDER]
 *   npm run alloy:versions -- --check [VERSION]…    holds what is written against these, and writes nothing
 *   npm run alloy:versions -- --print VERSION       prints the components of a version
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { git: { type: "string" }, print: { type: "boolean" }, check: { type: "boolean" } },
});
const temporary = mkdtempSync(join(tmpdir(), "alloy-sources-"));
try {
  run();
} finally {
  rmSync(temporary, { recursive: true });
}

function run(): void {
  const program = join(temporary, "alloy-schema");
  execFileSync("go", ["build", "-o", program, "."], {
    cwd: join(__dirname, "alloy-schema"),
    stdio: "inherit",
  });
  if (values.print) {
    for (const version of positionals) process.stdout.write(dataText(schemaOf(program, version)));
    return;
  }
  if (values.check) {
    const wrong = check(
      new Map(
        [...new Set([alloyVersion, ...positionals])].map((version) => [version, schemaOf(program, version)]),
      ),
    );
    for (const one of wrong) console.error(one);
    if (wrong.length > 0) process.exitCode = 1;
    return;
  }
  const versions = [...new Set([...history.versions, ...positionals])].sort(byAge);
  const schemas = new Map(versions.map((version) => [version, schemaOf(program, version)]));
  const file = join(bindingsFolder, `alloy-${alloyVersion}.versions.json`);
  writeFileSync(file, dataText(historyOf(schemas, alloyVersion)));
}

/** What versions don't have though it is written, and how the sources of the bound one differ from its schema. */
function check(schemas: ReadonlyMap<string, VersionSchema>): readonly string[] {
  const described = factsOf(describedVersion());
  const read = factsOf(schemas.get(alloyVersion) ?? describedVersion());
  const unlike = (one: typeof read, other: typeof read) =>
    [...one].filter(([name, { takes }]) => other.get(name)?.takes !== takes).map(([name]) => name);
  return [
    ...contradictions(history, schemas),
    ...[...new Set([...unlike(described, read), ...unlike(read, described)])].map(
      (name) => `${alloyVersion} has ${name} otherwise than its schema says`,
    ),
  ];
}

function schemaOf(program: string, version: string): VersionSchema {
  const output = execFileSync(program, [sourcesOf(version)], { encoding: "utf8", maxBuffer: 2 ** 28 });
  return JSON.parse(output);
}

/** The folder of a version's sources. */
function sourcesOf(version: string): string {
  const { git } = values;
  if (
    git !== undefined &&
    spawnSync("git", ["-C", git, "rev-parse", "--verify", "-q", `${version}^{tree}`]).status === 0
  ) {
    const folder = mkdtempSync(join(temporary, `${version}-`));
    const read = [":(glob)internal/**/*.go", "docs/sources/reference/stdlib"];
    const archive = execFileSync("git", ["-C", git, "archive", version, ...read], { maxBuffer: 2 ** 30 });
    execFileSync("tar", ["-x", "-C", folder], { input: archive });
    return folder;
  }
  const { status, stdout } = spawnSync(
    "go",
    ["mod", "download", "-json", `github.com/grafana/alloy@${version}`],
    {
      cwd: temporary,
      encoding: "utf8",
    },
  );
  const { Dir: folder, Error: error }: { Dir?: string; Error?: string } = JSON.parse(stdout || "{}");
  if (status === 0 && folder !== undefined) return folder;
  throw new Error(`${error ?? version}; name a clone of github.com/grafana/alloy by --git`);
}

function byAge(one: string, other: string): number {
  const [numbers, others] = [one, other].map((version) => version.slice(1).split(".").map(Number));
  const at = numbers?.findIndex((number, index) => number !== others?.[index]) ?? -1;
  return at === -1 ? 0 : (numbers?.[at] ?? 0) - (others?.[at] ?? 0);
}
