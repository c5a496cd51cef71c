import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acquireLock } from "../../lib/synthesis/lock";

describe("a lock", () => {
  let folder: string;
  let lock: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lock-"));
    lock = join(folder, "work", "lock");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("is a file until it is given back, and its folder goes with it", () => {
    const release = acquireLock(lock);
    expect(existsSync(lock)).toBe(true);
    release();
    expect(existsSync(join(folder, "work"))).toBe(false);
  });

  test("leaves its folder if it holds something else", () => {
    const release = acquireLock(lock);
    writeFileSync(join(folder, "work", "other"), "");
    release();
    expect(existsSync(join(folder, "work", "other"))).toBe(true);
  });

  test("keeps others waiting, who say so in the end", () => {
    const release = acquireLock(lock);
    expect(() => acquireLock(lock, 100)).toThrow(`${lock}: is another run's, which doesn't end; wait for it`);
    release();
    acquireLock(lock, 100)();
  });

  test.each([
    ["of a process that ended", "4194305", Date.now()],
    ["that names nobody, for long", "", 0],
  ])("%s is taken over", (_, holder, time) => {
    mkdirSync(join(folder, "work"));
    writeFileSync(lock, holder);
    utimesSync(lock, time / 1000, time / 1000);
    acquireLock(lock, 100)();
    expect(existsSync(lock)).toBe(false);
  });

  test("that is just being made is waited for", () => {
    mkdirSync(join(folder, "work"));
    writeFileSync(lock, "");
    expect(() => acquireLock(lock, 100)).toThrow("is another run's");
  });
});
