import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definitions } from "../../../imports/alloy/definitions";
import { check, parse } from "../../../lib/alloy";
import { declareMissing } from "../../engines/describe";
import { build } from "../../engines/program";
import { mistakesIn, tables } from "./mistakes";

const all = tables.flatMap(mistakesIn);

/** What is said of a config: errors, and warnings. */
function said(text: string): readonly string[] {
  return check(parse(text), { definitions }).map(
    ({ at, severity, message }) => `${at}: ${severity === "warning" ? "warning: " : ""}${message}`,
  );
}

function isError(line: string): boolean {
  return !/^\d+:\d+: warning: /.test(line);
}

describe.each(tables)("mistakes of %s", (table) => {
  test.each(mistakesIn(table))("are said where they are: $bad", ({ bad, says, good }) => {
    const lines = said(bad);
    expect(lines.filter(isError)).toEqual(says.filter(isError));
    expect(lines).toEqual(expect.arrayContaining([...says]));
    expect(lines.join()).not.toContain("hunter2");
    const ofGood = said(good);
    expect(ofGood.filter(isError)).toEqual([]);
    expect(ofGood.filter((line) => says.includes(line))).toEqual([]);
  });
});

test("there are more than a hundred, a third of which stop Alloy at its start alone, and some that nobody finds", () => {
  expect(new Set(all.map(({ bad }) => bad)).size).toBeGreaterThanOrEqual(100);
  const count = (by: string) => all.filter((one) => one.by === by).length;
  expect({ validate: count("validate"), run: count("run"), nobody: count("nobody") }).toMatchInlineSnapshot(`
{
  "nobody": 14,
  "run": 48,
  "validate": 74,
}
`);
});

const built = build({ folder: "alloy", script: true, slow: true });

/** What Alloy itself says of the mistakes that its binary here knows the components of. */
function whoFinds(executable: string): void {
  const folder = mkdtempSync(join(tmpdir(), "mistakes-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const flags = ["--stability.level=experimental", "--feature.community-components.enabled"];
  const env = {};

  function isValid(text: string): boolean {
    const file = join(folder, "validated.alloy");
    writeFileSync(file, text);
    return spawnSync(executable, ["validate", ...flags, file], { env }).status === 0;
  }

  /** Whether it runs until its components do, and for a moment longer. */
  async function runs(text: string, index: number): Promise<boolean> {
    const file = join(folder, `${index}.alloy`);
    writeFileSync(file, text);
    const own = [
      "--disable-reporting",
      `--storage.path=${join(folder, String(index))}`,
      `--server.http.listen-addr=127.0.0.1:${await freePort()}`,
    ];
    const agent = spawn(executable, ["run", ...flags, ...own, file], { env });
    return new Promise((resolve) => {
      const end = (does: boolean) => {
        agent.kill("SIGKILL");
        resolve(does);
      };
      agent.stderr.on("data", (text) => {
        if (/finished complete graph evaluation/.test(String(text))) setTimeout(() => end(true), 500);
      });
      agent.on("exit", () => end(false));
    });
  }

  test("alloy validate refuses what is said to be refused by it, and takes all else", () => {
    const run = all.filter(({ isRead }) => !isRead);
    const wrong = run.filter(({ bad, by }) => isValid(bad) === (by === "validate"));
    expect(wrong.map(({ bad, by }) => ({ bad, by }))).toEqual([]);
  }, 120_000);

  test("alloy run refuses what is said to be refused by it, and takes what nobody is said to refuse", async () => {
    const run = all.filter(({ by, isRead }) => by !== "validate" && !isRead);
    const wrong: string[] = [];
    const queue = [...run.entries()];
    const work = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [index, { bad, by }] = next;
        if ((await runs(bad, index)) === (by === "run")) wrong.push(`${by}: ${bad}`);
      }
    };
    await Promise.all([work(), work(), work()]);
    expect(wrong).toEqual([]);
  }, 240_000);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

if ("missing" in built) declareMissing("Alloy itself", built.missing, () => whoFinds(""));
else describe("Alloy itself", () => whoFinds(built.executable));
