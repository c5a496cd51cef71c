import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatDiagnostic } from "../../lib/environment";
import { fleet, fleetFolder } from "../fleet/fleet";

const root = join(__dirname, "..", "..");

/** Makes every way to start a process or to open a connection fail. */
const forbidding = `
  const forbid = (object, ...names) => {
    for (const name of names) object[name] = () => { throw new Error("forbidden: " + name); };
  };
  forbid(require("node:child_process"), "spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork");
  forbid(process, "binding");
  forbid(require("node:net").Socket.prototype, "connect");
  forbid(require("node:dgram"), "createSocket");
  forbid(require("node:dns"), "lookup", "resolve");
  globalThis.fetch = () => { throw new Error("forbidden: fetch"); };
`;

describe("synth", () => {
  const folder = mkdtempSync(join(tmpdir(), "recorded-synth-"));
  const preload = join(folder, "forbidding.js");
  writeFileSync(preload, forbidding);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function synth(environments: string, ...preloads: readonly string[]) {
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        ...preloads.flatMap((module) => ["--require", module]),
        ...["scripts/run.js", "main.ts", "--environments", environments, "--output", join(folder, "dist")],
      ],
      { cwd: root, encoding: "utf8" },
    );
    return { status, stderr };
  }

  // The first run compiles what has changed since the last one.
  beforeAll(() => {
    synth(fleetFolder);
  });

  test("with everything recorded starts no process and opens no connection", () => {
    const notices = fleet.flatMap((environment) => environment.notices);
    const lines = notices.map((notice) => `notice: ${formatDiagnostic(notice)}\n`);
    const stderr = `${lines.join("")}${fleet.length} environments, nothing changed\n`;
    expect(synth(fleetFolder, preload)).toEqual({ status: 0, stderr });
  });

  test("of what is not recorded would", () => {
    const environments = join(folder, "environments");
    mkdirSync(environments);
    writeFileSync(
      join(environments, "a.yaml"),
      "container_runtime: crio\nlocal: {endpoint: http://otlp.example.com}\nimage: {tag: v1.18.3}\n",
    );
    const { status, stderr } = synth(environments, preload);
    expect(status).toBe(1);
    expect(stderr).toContain("forbidden: spawnSync");
  });
});
