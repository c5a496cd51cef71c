import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DiagnosticsError, fileDiagnostic } from "../environment";

/** For so many milliseconds a lock file without the id of its process is taken for one that is being written. */
const unnamedLockAge = 2_000;

/**
 * Takes a lock: a file that names the process that holds it. Its folder is made for it, and goes away with it when it is
 * empty. Waits for a process that has it, and takes over that of one that ended without giving it back.
 *
 * @param patience for how many milliseconds it waits
 * @returns what gives it back
 * @throws DiagnosticsError where the other process keeps it
 */
export function acquireLock(file: string, patience = 60_000): () => void {
  const end = Date.now() + patience;
  while (!tryLock(file)) {
    if (!isHeld(file)) {
      rmSync(file, { force: true });
    } else if (Date.now() > end) {
      const message =
        "is another run's, which doesn't end; wait for it, or remove this file if there is none";
      throw new DiagnosticsError([fileDiagnostic(file, message)]);
    } else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
  return () => release(file);
}

function release(file: string): void {
  rmSync(file, { force: true });
  try {
    rmdirSync(dirname(file));
  } catch (error) {
    // Another run has taken the lock since, or it is a folder of other things too.
    if (!isCode(error, "ENOTEMPTY") && !isCode(error, "ENOENT")) throw error;
  }
}

function tryLock(file: string): boolean {
  // Where nothing may be made this fails, and always will.
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    // The folder goes away with the lock that another gives back.
    if (isCode(error, "EEXIST") || isCode(error, "ENOENT")) return false;
    throw error;
  }
}

function isHeld(file: string): boolean {
  try {
    const holder = Number(readFileSync(file, "utf8"));
    if (holder > 0) return isAlive(holder);
    return Date.now() - statSync(file).mtimeMs < unnamedLockAge;
  } catch (error) {
    if (isCode(error, "ENOENT")) return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
