import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ChartError } from "../../../lib/chart/render/names";
import { cacheFolder, inCache } from "../../../lib/chart/render/source";
import { temporaryFolder } from "../fixtures/with-helm";

describe("the cache", () => {
  const folder = temporaryFolder();

  test("is in XDG_CACHE_HOME, or else in the home directory", () => {
    process.env.XDG_CACHE_HOME = "/cache";
    expect(cacheFolder()).toBe("/cache/aistore-alloy/charts");
    process.env.XDG_CACHE_HOME = "";
    expect(cacheFolder()).toBe(join(homedir(), ".cache", "aistore-alloy", "charts"));
  });

  test("keeps nothing of a work folder, whether the work is done or fails", () => {
    const work = (part: string) => {
      writeFileSync(join(part, "file"), "");
      return part;
    };
    expect(existsSync(inCache(work))).toBe(false);
    expect(() =>
      inCache((part) => {
        throw new Error(work(part));
      }),
    ).toThrow(cacheFolder());
    expect(readdirSync(cacheFolder())).toEqual([]);
  });

  test("that cannot be written is told with what to do", () => {
    process.env.XDG_CACHE_HOME = join(folder.path, "file");
    writeFileSync(process.env.XDG_CACHE_HOME, "");
    expect(() => inCache(() => "")).toThrow(ChartError);
    expect(() => inCache(() => "")).toThrow(
      /^cannot keep charts in .*\/file\/aistore-alloy\/charts: ENOTDIR: .*; name a folder that can be written in the environment variable XDG_CACHE_HOME$/,
    );
  });
});
