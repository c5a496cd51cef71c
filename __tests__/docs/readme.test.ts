import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fleetFolder } from "../fleet/fleet";

// What README has an operator do, in a copy of the project with environments of the fleet.
const root = join(__dirname, "../..");
const blocks = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/^```sh\n(.*?)^```$/gms)]
  .map(([, block = ""]) => block.replaceAll("npm ci && ", ""))
  // Its exit code is that of diff.
  .map((block) => block.replaceAll(/^npm run plan.*$/gm, "$& || [ $? = 1 ]"))
  .filter((block) => !/kubectl|curl|npm test/.test(block));

const project = mkdtempSync(join(tmpdir(), "readme-"));
const environments = join(project, "own", "environments");

beforeAll(() => {
  const own = join(project, "own");
  for (const name of [
    "lib",
    "scripts",
    "imports",
    "docs",
    "dashboards",
    "main.ts",
    "packages",
    "package.json",
    "tsconfig.json",
    "biome.json",
    "cdk8s.yaml",
    "environments/base.schema.json",
  ]) {
    cpSync(join(root, name), join(own, name), { recursive: true });
  }
  cpSync(join(root, "environments/schema.json"), join(environments, "schema.json"));
  cpSync(join(fleetFolder, "exposed.yaml"), join(environments, "ais-qa.yaml"));
  cpSync(join(fleetFolder, "least.yaml"), join(environments, "default.yaml"));
  symlinkSync(join(root, "node_modules"), join(own, "node_modules"));
  shell("git init --quiet && npm run --silent generate:pages && npm run --silent synth && git add dist");
  shell("git -c user.name=a -c user.email=a@example.com commit --quiet --message dist");
});
afterAll(() => rmSync(project, { recursive: true }));
// Each command starts node anew.
jest.setTimeout(120_000);

function shell(script: string): void {
  const env = { ...process.env, CDK8S_CHECK_UPGRADE: "false", CDK8S_OUTDIR: undefined };
  const options = { cwd: join(project, "own"), encoding: "utf8", env } as const;
  const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", script], options);
  expect({ script, status, output: status === 0 ? "" : stdout + stderr }).toEqual({
    script,
    status: 0,
    output: "",
  });
}

/** What `npm run check` asks of an operator's files. */
const check = () => shell("npm run --silent synth -- --check && npm run --silent drift");

test("README has commands of an operator", () => {
  expect(blocks.length).toBeGreaterThanOrEqual(3);
});

test.each(blocks)("README's commands work, and leave nothing that a check finds: %s", (block) => {
  shell(block);
  check();
});

test("an environment that README has one write has its manifests and its page", () => {
  expect(readdirSync(join(project, "own/dist")).toSorted()).toEqual(["ais-qa", "default", "lab-1"]);
  expect(readFileSync(join(project, "own/docs/environments/ais-qa.md"), "utf8")).toContain("qa-cluster");
});

test("environments that came with the project can be removed", () => {
  shell("rm environments/ais-qa.yaml environments/default.yaml");
  shell("npm run synth && npm run generate:pages");
  check();
  expect(readdirSync(join(project, "own/dist"))).toEqual(["lab-1"]);
  expect(readdirSync(join(project, "own/docs/environments")).toSorted()).toEqual(["lab-1.md", "lab-1.svg"]);
});
