import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { HelmFailure } from "../../../lib/chart/render/helm";
import { ChartError } from "../../../lib/chart/render/names";
import { type ChartSource, cacheFolder, inCache, noDownload } from "../../../lib/chart/render/source";
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

describe("a download that failed", () => {
  const chart = { name: "small", version: "1.0.0", digest: "00", repository: "" };
  const source: ChartSource = { kind: "repository", location: "https://me:secret@charts.example.com" };

  temporaryFolder();
  beforeEach(() => {
    // So that no newer versions are looked for.
    process.env.HELM = "/nonexistent/helm";
  });

  test.each([
    [
      'looks like "https://me:secret@charts.example.com" is not a valid chart repository: Get "https://me:secret@charts.example.com/index.yaml": dial tcp: connect: connection refused',
      "cannot get chart small 1.0.0 from https://charts.example.com: connect: connection refused; name another place, a folder or an archive in the environment variable ALLOY_CHART",
    ],
    [
      "failed to fetch https://me:secret@charts.example.com/index.yaml : 404 Not Found",
      "cannot get chart small 1.0.0 from https://charts.example.com: failed to fetch https://charts.example.com/index.yaml : 404 Not Found; name another place, a folder or an archive in the environment variable ALLOY_CHART",
    ],
    [
      'chart "small" matching 1.0.0 not found in https://me:secret@charts.example.com index. (try \'helm repo update\'): no chart version found for small-1.0.0\nversion "1.0.0" not found',
      "https://charts.example.com has no chart small 1.0.0",
    ],
    [
      "oci://charts.example.com/small:1.0.0: not found",
      "https://charts.example.com has no chart small 1.0.0",
    ],
  ])("%j", (said, message) => {
    expect(noDownload(chart, source, new HelmFailure(said))).toEqual(new ChartError(message));
  });

  test("for another reason is left as it is", () => {
    const error = new ChartError("there is no command helm");
    expect(noDownload(chart, source, error)).toBe(error);
  });
});
