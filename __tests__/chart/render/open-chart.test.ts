import { createHash } from "node:crypto";
import { appendFileSync, cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type OpenChart, openChart } from "../../../lib/chart/render/archive";
import { ChartError } from "../../../lib/chart/render/names";
import type { ChartVersion } from "../../../lib/chart/render/pins";
import { type ChartSource, chartSource } from "../../../lib/chart/render/source";
import { ChartServer, plainHttpHelm, pushCharts } from "../fixtures/chart-server";
import { packSmallChart } from "../fixtures/small-chart";
import { describeWithHelm, temporaryFolder } from "../fixtures/with-helm";

const known: ChartVersion = {
  name: "small",
  version: "1.0.0",
  digest: "",
  repository: "https://charts.example.com",
};

const elsewhere = "name another place, a folder or an archive in the environment variable ALLOY_CHART";

describe("chartSource", () => {
  test.each<[string, ChartSource]>([
    ["", { kind: "repository", location: "https://charts.example.com" }],
    [
      "http://mirror.example.com/charts",
      { kind: "repository", location: "http://mirror.example.com/charts" },
    ],
    [
      "oci://mirror.example.com/charts/small",
      { kind: "oci", location: "oci://mirror.example.com/charts/small" },
    ],
    [__dirname, { kind: "folder", location: __dirname }],
    [__filename, { kind: "archive", location: __filename }],
  ])("%j", (text, source) => {
    expect(chartSource(known, text)).toEqual(source);
  });

  test("is an OCI address too where the chart is published", () => {
    const chart = { ...known, repository: "oci://registry.example.com/charts/small" };
    expect(chartSource(chart)).toEqual({ kind: "oci", location: chart.repository });
  });

  test.each(["oci://mirror.example.com:5000/charts", "oci://mirror.example.com:5000/charts/small//"])(
    "%s is one up to the chart's name",
    (text) => {
      expect(chartSource(known, text).location).toBe("oci://mirror.example.com:5000/charts/small");
    },
  );

  test.each(["/small:1.0.0", `/small@sha256:${"0".repeat(64)}`])(
    "refuses an OCI address with a version: %s",
    (end) => {
      expect(() => chartSource(known, `oci://me:secret@mirror.example.com:5000${end}`)).toThrow(
        new ChartError(
          `oci://mirror.example.com:5000${end} names a version, which is pinned in imports/chart/versions.json; write the address up to the chart's name`,
        ),
      );
    },
  );

  test("refuses what is none", () => {
    expect(() => chartSource(known, "/nonexistent")).toThrow(
      new ChartError(
        "no chart at /nonexistent; give the URL of a Helm repository, an oci:// address, or the path of a chart's folder or archive",
      ),
    );
  });
});

describeWithHelm("openChart", () => {
  const folder = temporaryFolder();
  let repository: ChartServer | undefined;

  afterEach(async () => {
    await repository?.close();
    repository = undefined;
  });

  function open(chart: ChartVersion, location: string): OpenChart {
    return openChart(chart, chartSource(chart, location));
  }

  test("reads the same files from the folder, the archive and the repository", async () => {
    const small = packSmallChart(folder.path, "1.0.0");
    repository = await ChartServer.serve(folder.path);
    const paths = [
      "Chart.yaml",
      "crds/thing.yaml",
      "templates/config.yaml",
      "templates/hook.yaml",
      "values.yaml",
    ];
    for (const location of [small.folder, small.archive, repository.url]) {
      const { files } = open(small.chart, location);
      expect([...files.keys()].sort()).toEqual(expect.arrayContaining(paths));
      expect(files.get("values.yaml")).toBe('text: hello\ncrds: {create: false}\nbad: ""\n');
    }
  });

  test("downloads an archive once, to a cache outside the project", async () => {
    const { chart } = packSmallChart(folder.path, "1.0.0");
    repository = await ChartServer.serve(folder.path);
    const { path } = open(chart, repository.url);
    expect(path.startsWith(join(folder.path, "XDG_CACHE_HOME", "aistore-alloy", "charts"))).toBe(true);
    const requests = await repository.requests();
    expect(open(chart, repository.url).path).toBe(path);
    expect(await repository.requests()).toEqual(requests);
  });

  test("refuses an archive that is not the published one, and keeps nothing of it", async () => {
    const { chart, archive } = packSmallChart(folder.path, "1.0.0");
    appendFileSync(archive, "x");
    repository = await ChartServer.serve(folder.path);
    for (const location of [archive, repository.url]) {
      expect(() => open(chart, location)).toThrow(
        new RegExp(
          `^the archive of chart small 1\\.0\\.0 from ${location} has SHA-256 [0-9a-f]{64}, and ${chart.digest} is pinned: it is not the published one; ${elsewhere}$`,
        ),
      );
    }
    expect(readdirSync(join(folder.path, "XDG_CACHE_HOME", "aistore-alloy", "charts"))).toEqual([]);
  });

  test("refuses a folder that holds another version, or no chart", () => {
    const { chart } = packSmallChart(folder.path, "1.0.0");
    const other = packSmallChart(folder.path, "2.0.0");
    expect(() => open(chart, other.folder)).toThrow(
      new ChartError(`${other.folder} holds small 2.0.0, and chart small 1.0.0 is wanted; ${elsewhere}`),
    );
    const empty = join(folder.path, "empty");
    mkdirSync(empty);
    expect(() => open(chart, empty)).toThrow(
      new ChartError(`${empty} holds no chart, and chart small 1.0.0 is wanted; ${elsewhere}`),
    );
  });

  test("names the newest versions when the pinned one is not there", async () => {
    const { chart } = packSmallChart(folder.path, "1.9.0");
    for (const version of ["1.10.0", "2.0.0-rc.1", "0.9.0", "1.10.1"]) packSmallChart(folder.path, version);
    repository = await ChartServer.serve(folder.path);
    const { url } = repository;
    expect(() => open({ ...chart, version: "3.0.0" }, url)).toThrow(
      new ChartError(`${url} has no chart small 3.0.0; its newest are 1.10.1, 1.10.0, 1.9.0`),
    );
    expect(() => open({ ...chart, name: "large" }, url)).toThrow(
      new ChartError(`${url} has no chart large 1.9.0, nor any other of that name`),
    );
  });

  test("reads a chart from an OCI registry, and names its newest version when the pinned one is not there", async () => {
    const versions = ["1.0.0", "1.1.0"].map((version) => packSmallChart(folder.path, version));
    pushCharts(folder.path, versions);
    repository = await ChartServer.serve(folder.path);
    const { chart } = packSmallChart(folder.path, "1.0.0");
    const address = repository.ociAddress("small");
    process.env.HELM = plainHttpHelm(folder.path);
    expect(open(versions[0]?.chart ?? chart, address).files.get("values.yaml")).toContain("text: hello");
    expect(() => open({ ...chart, digest: "00" }, address)).toThrow(
      /and 00 is pinned: it is not the published one; /,
    );
    expect(() => open({ ...chart, version: "3.0.0", digest: "00" }, address)).toThrow(
      new ChartError(`${address} has no chart small 3.0.0; its newest is 1.1.0`),
    );
  });

  test("reads the wanted one of the charts in a folder, packed or not", () => {
    const { chart, archive } = packSmallChart(folder.path, "1.0.0");
    const other = packSmallChart(folder.path, "2.0.0");
    const charts = join(folder.path, "charts");
    mkdirSync(charts);
    cpSync(archive, join(charts, "small-1.0.0.tgz"));
    cpSync(other.folder, join(charts, "small-2.0.0"), { recursive: true });
    expect(open(chart, charts).source).toEqual({
      kind: "archive",
      location: join(charts, "small-1.0.0.tgz"),
    });
    expect(open(other.chart, charts).source).toEqual({
      kind: "folder",
      location: join(charts, "small-2.0.0"),
    });
    expect(() => open({ ...chart, version: "3.0.0" }, charts)).toThrow(
      new ChartError(`${charts} holds no chart, and chart small 3.0.0 is wanted; ${elsewhere}`),
    );
  });

  test("downloads from where a repository's index says, which may be another place", async () => {
    const { chart, archive } = packSmallChart(folder.path, "1.0.0");
    const charts = join(folder.path, "index");
    mkdirSync(join(charts, "deep"), { recursive: true });
    cpSync(archive, join(charts, "deep", "small.tgz"));
    repository = await ChartServer.serve(charts);
    for (const url of ["deep/small.tgz", `${repository.url}/deep/small.tgz`]) {
      const entry = { apiVersion: "v2", name: "small", version: "1.0.0", urls: [url] };
      writeFileSync(
        join(charts, "index.yaml"),
        JSON.stringify({ apiVersion: "v1", entries: { small: [entry] } }),
      );
      process.env.XDG_CACHE_HOME = join(folder.path, `cache-${url.length}`);
      expect(open(chart, repository.url).files.get("values.yaml")).toContain("text: hello");
    }
  });

  test("refuses an archive of the pinned digest that is no chart's", () => {
    const archive = join(folder.path, "other.tgz");
    writeFileSync(archive, "no archive");
    const digest = createHash("sha256").update("no archive").digest("hex");
    expect(() => open({ ...known, digest }, archive)).toThrow(
      new ChartError(`${archive} holds no chart, and chart small 1.0.0 is wanted; ${elsewhere}`),
    );
  });

  test("downloads anew what was damaged in the cache", async () => {
    const { chart } = packSmallChart(folder.path, "1.0.0");
    repository = await ChartServer.serve(folder.path);
    const { path } = open(chart, repository.url);
    appendFileSync(path, "x");
    expect(open(chart, repository.url).files.has("Chart.yaml")).toBe(true);
    expect((await repository.requests()).filter((request) => request.endsWith(".tgz"))).toHaveLength(2);
  });

  test("shows no password of a repository's URL", () => {
    const failure = () => open({ ...known, digest: "00" }, "http://me:secret@127.0.0.1:1");
    expect(failure).toThrow(/^cannot get chart small 1\.0\.0 from http:\/\/127\.0\.0\.1:1: /);
    expect(failure).not.toThrow(/secret/);
  });

  test.each(["http://127.0.0.1:1", "oci://127.0.0.1:1/charts/small"])(
    "says that %s cannot be reached",
    (url) => {
      expect(() => open({ ...known, digest: "00" }, url)).toThrow(
        new ChartError(`cannot get chart small 1.0.0 from ${url}: connect: connection refused; ${elsewhere}`),
      );
      expect(readdirSync(join(folder.path, "XDG_CACHE_HOME", "aistore-alloy", "charts"))).toEqual([]);
    },
  );
});
