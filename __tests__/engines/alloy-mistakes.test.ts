import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../scripts/go-program";
import { mistakesIn, tables } from "../alloy/mistakes/mistakes";
import { declareMissing } from "./describe";

// Here, and not beside the mistakes: it takes a minute, and is the same with each version of Node.
const all = tables.flatMap(mistakesIn);
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
