import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { namesIn, settingRows } from "../../lib/environment/setting-tree";
import { defaultKeys } from "../../lib/environment/settings/auth";
import { settingsPages } from "../../scripts/settings-page";
import { fleetFolder } from "../fleet/fleet";

const root = join(__dirname, "../..");

const lines = [...settingsPages().values()].flatMap((text) => text.split("\n"));

describe("the pages of settings", () => {
  test.each([...settingsPages()])("are what npm run generate:settings writes: %s", (path, text) => {
    expect(readFileSync(join(root, path), "utf8")).toBe(text);
  });

  test("tells of every setting once, what all destinations have alike too", () => {
    const told = lines.flatMap(
      (line) => /^(?:## |- )`([^`]+)`( \([^)]+\))?/.exec(line)?.slice(1, 3).join("") ?? [],
    );
    expect(new Set(told).size).toBe(told.length);
    const place = /^(local|remote|destinations\.<name>)\./;
    for (const { key, when } of settingRows()) {
      const name = `${key.join(".").replaceAll(".[]", "[]")}${when === undefined ? "" : ` (${when})`}`;
      expect(told.includes(name) || told.includes(name.replace(place, "…."))).toBe(true);
    }
  });

  test.each(Object.entries(defaultKeys))(
    "has what auth of type %s takes, and the keys of its Secret",
    (type, keys) => {
      const lineOf = (name: string) =>
        lines.find((line) => line.startsWith(`- \`destinations.<name>.auth.${name}\` (type: ${type}): `));
      for (const name of namesIn(["destinations", "x", "auth"], { type })) {
        expect([name, lineOf(name)]).not.toEqual([name, undefined]);
      }
      for (const [name, key] of Object.entries(keys)) {
        expect(lineOf(`keys.${name}`)).toMatch(`Default: \`${key}\`.`);
      }
    },
  );

  test("describes each, and says what may be written", () => {
    for (const { key, description, value } of settingRows()) {
      expect([key, description]).not.toEqual([key, ""]);
      expect([key, value]).not.toEqual([key, ""]);
    }
  });
});

// A default that stands in two places is changed in one of them.
describe("a default that is changed in its definition", () => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), "copy-"));
    for (const name of ["lib", "scripts", "imports", "docs", "README.md", "main.ts", "package.json"]) {
      cpSync(join(root, name), join(copy, name), { recursive: true });
    }
    // Those of the environments are written anew.
    rmSync(join(copy, "docs/environments"), { recursive: true });
    cpSync(fleetFolder, join(copy, "environments"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  function replace(file: string, before: string, after: string): void {
    const path = join(copy, file);
    const text = readFileSync(path, "utf8");
    expect(text.split(before)).toHaveLength(2);
    writeFileSync(path, text.replace(before, after));
  }

  function run(program: string): void {
    execFileSync(process.execPath, ["scripts/run.js", program], { cwd: copy, stdio: "ignore" });
  }

  /** The lines that say something, of all that is written for readers and for clusters, and of lib's own messages. */
  function linesWith(text: string): readonly string[] {
    return ["docs", "environments", "dist", "lib"].flatMap((folder) =>
      readdirSync(join(copy, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => /\.(md|ya?ml|json|ts)$/.test(file))
        .flatMap((file) =>
          readFileSync(join(copy, folder, file), "utf8")
            .split("\n")
            .filter((line) => line.includes(text))
            .map((line) => `${folder}/${file}: ${line.trim()}`),
        ),
    );
  }

  test.each([
    [
      "max_unavailable",
      "lib/environment/settings/workload.ts",
      'nodeCount(), "10%"',
      'nodeCount(), "17%"',
      "10%",
      "17%",
    ],
    [
      "api_server_ports",
      "lib/environment/settings/workload.ts",
      "[443, 6443]",
      "[443, 7443]",
      "6443",
      "7443",
    ],
    [
      "queue.size",
      "lib/environment/settings/delivery.ts",
      'memory: "32Mi"',
      'memory: "33Mi"',
      "32Mi",
      "33Mi",
    ],
  ])("stands nowhere else: %s", (_, file, before, after, old, now) => {
    replace(file, before, after);
    for (const program of [
      "scripts/generate-schema.ts",
      "scripts/generate-settings.ts",
      "scripts/generate-pages.ts",
      "main.ts",
    ]) {
      run(program);
    }
    expect(linesWith(now).length).toBeGreaterThan(2);
    expect(linesWith(old)).toEqual([]);
  });
});
