import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ChartError } from "../workload-error";

/** What has been downloaded is kept here, outside the project: `$XDG_CACHE_HOME/aistore-alloy/charts`. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "aistore-alloy", "charts");
}

/**
 * Works in a new folder below the cache, which is removed afterwards.
 *
 * @throws ChartError when nothing can be written there
 */
export function inCache<T>(work: (folder: string) => T): T {
  const folder = newFolder();
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function newFolder(): string {
  const cache = cacheFolder();
  try {
    mkdirSync(cache, { recursive: true });
    return mkdtempSync(join(cache, "part-"));
  } catch (error) {
    const cause = String(error).replace(/^Error: /, "");
    throw new ChartError(
      `cannot keep charts in ${cache}: ${cause}; name a folder that can be written in the environment variable XDG_CACHE_HOME`,
    );
  }
}
