import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fleetFolder } from "../../fleet/fleet";

const folder = mkdtempSync(join(tmpdir(), "contract-"));
cpSync(join(fleetFolder, "least.yaml"), join(folder, "least.yaml"));
writeFileSync(
  join(folder, "vault.yaml"),
  `container_runtime: containerd
local: {endpoint: "http://otlp.monitoring.svc:4318"}
remote: {label: vault}
aistore: [{namespace: ais, name: ais}, {namespace: ais-trial, name: ais}]
`,
);
afterAll(() => rmSync(folder, { recursive: true }));

// Each command starts node anew.
jest.setTimeout(120_000);

function contract(...args: readonly string[]) {
  const command = ["scripts/run.js", "scripts/contract.ts", "--environments", folder, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  return { status, stdout, stderr };
}

/** Writes a file of one rule. */
function rule(path: string, expr: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, JSON.stringify({ groups: [{ name: "g", rules: [{ alert: "A", expr }] }] }));
  return file;
}

test("what is registered is checked with our alerts: for all environments, or the one whose folder it is in", () => {
  rule("consumers/all.json", 'node_load1{cluster="vault"}');
  rule("consumers/vault/own.rules", 'ais_target_uptime{namespace="ais-trial"}');
  expect(contract()).toMatchObject({ status: 0, stdout: "", stderr: expect.stringContaining("4 files, ") });
  const wrong = rule("consumers/least/own.json", 'ais_target_uptime{namespace="ais-trial"}');
  expect(contract()).toMatchObject({ status: 1, stdout: expect.stringContaining(`${wrong}:1:`) });
  rmSync(join(folder, "consumers"), { recursive: true });
});

test("files are checked for the environments that are named", () => {
  const file = rule("other.json", 'node_load1{cluster="vault"} or probe_success');
  const checked = contract(file, "--environment", "vault");
  expect(checked).toMatchObject({ status: 0, stdout: "" });
  expect(checked.stderr).toBe(
    "1 file, 1 expression, 0 errors, 0 warnings\nnot checked, as others may send it: probe_success\n",
  );
  expect(contract(file, "--environment", "least").stdout).toContain(
    'has cluster="vault": its cluster is local',
  );
});

test("a path that asks for nothing is told, as it would be found right for ever", () => {
  const good = rule("asks.json", "node_load1");
  const idle = join(folder, "idle");
  mkdirSync(idle);
  const message = (path: string) =>
    `${path} asks for nothing; name a dashboard or rules, or a folder that holds some\nnothing was checked\n`;
  expect(contract(good, idle)).toEqual({ status: 2, stdout: "", stderr: message(idle) });
  const empty = join(idle, "empty.yaml");
  writeFileSync(empty, "groups: x\n");
  expect(contract(empty)).toEqual({ status: 2, stdout: "", stderr: message(empty) });
  cpSync(good, join(idle, "asks.json"));
  expect(contract(good, idle)).toMatchObject({ status: 0 });
});

test("mistakes of the command line are told as they are", () => {
  expect(contract("nowhere.json")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("nowhere.json is not there"),
  });
  expect(contract("--help").stderr).toContain("npm run contract -- FILE...");
});
