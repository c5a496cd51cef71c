import { readFileSync, rmSync, writeFileSync } from "node:fs";

/**
 * Does some work while no other process does work under the same lock file.
 *
 * Two jest workers that want the same program would otherwise both compile it. Nothing depends on it
 * but that time, so a lock left behind by a process that died is simply taken over.
 */
export function withLock<Result>(path: string, work: () => Result): Result {
  while (!acquire(path)) {
    pause(100);
  }
  try {
    return work();
  } finally {
    rmSync(path, { force: true });
  }
}

function acquire(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (!hasCode(error, "EEXIST")) {
      throw error;
    }
  }
  if (!isAlive(holder(path))) {
    rmSync(path, { force: true });
  }
  return false;
}

/** The process that holds the lock; this one while the other has just made the file or removed it. */
function holder(path: string): number {
  try {
    return Number(readFileSync(path, "utf8")) || process.pid;
  } catch {
    return process.pid;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

function hasCode(error: unknown, code: string): boolean {
  // jest gives a test file its own Error, which file system errors are no instances of.
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
