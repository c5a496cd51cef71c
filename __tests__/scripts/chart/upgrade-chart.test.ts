import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RegistryError } from "../../../scripts/chart/registry";
import { type AgentChartVersion, packAgentChart } from "../../chart/fixtures/agent-chart";
import { ChartServer, plainHttpHelm, pushCharts } from "../../chart/fixtures/chart-server";
import type { PackedChart } from "../../chart/fixtures/packed-chart";
import { describeWithHelm, temporaryFolder } from "../../chart/fixtures/with-helm";
import { digestFor, Fleet } from "./upgrade-fixture";

const next = { tag: "v1.17.0", extra: "Secret", value: "new" };

const pinned = (image: string) => `${image}@${digestFor(image)}`;

/** What changes between the two versions of the chart, in every environment. */
const changes = `
  Pods
    ~ DaemonSet alloy restarts its pods, 10% at a time

  Objects
    ~ DaemonSet alloy
        ~ metadata.labels["helm.sh/chart"]: agent-1.0.0 → agent-2.0.0
        ~ spec.template.spec.containers[alloy].image
        -   ${pinned("docker.io/example/alloy:v1.16.0")}
        +   ${pinned("docker.io/example/alloy:v1.17.0")}
    + Secret extra
    - ServiceAccount extra
      What is removed here, Argo CD and Flux prune. After kubectl apply it stays until it is deleted.`;
const headline = "chart 1.0.0 → 2.0.0, image v1.16.0 → v1.17.0; pods restart";

describeWithHelm("chart:upgrade", () => {
  const folder = temporaryFolder();
  let fleet: Fleet;
  let old: PackedChart;
  let server: ChartServer | undefined;

  /** Serves the chart in its two versions, of which the old one is pinned and recorded. */
  async function serve(version: AgentChartVersion = next): Promise<PackedChart> {
    const { chart } = old;
    const upgraded = packAgentChart(folder.path, "2.0.0", version);
    server = await ChartServer.serve(folder.path);
    fleet.pin({
      name: chart.name,
      repository: server.url,
      version: "1.0.0",
      digests: { "1.0.0": chart.digest },
    });
    await fleet.upgrade({ version: "1.0.0" });
    return upgraded;
  }

  /** The message of an upgrade that fails and leaves everything as it was. */
  async function refusal(...upgrade: Parameters<Fleet["upgrade"]>): Promise<string> {
    const before = fleet.files;
    const error: unknown = await fleet.upgrade(...upgrade).catch((failure: unknown) => failure);
    expect(fleet.files).toEqual(before);
    return error instanceof Error ? error.message : `no error, but ${error}`;
  }

  beforeEach(() => {
    fleet = new Fleet(folder.path);
    fleet.add("a");
    fleet.add("b");
    old = packAgentChart(folder.path, "1.0.0");
  });

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  test("pins the version by the repository's index, records, and says what changes", async () => {
    const { chart } = await serve();
    expect(fleet.recorded).toEqual(["agent-1.0.0.values.schema.json", "agent-1.0.0/*.json", "versions.json"]);
    expect(await fleet.upgrade({ version: "2.0.0" })).toBe(
      `chart agent 2.0.0, SHA-256 ${chart.digest}\n\n2 environments: ${headline}\n  a, b\n${changes}`,
    );
    expect(fleet.pins).toMatchObject({ version: "2.0.0", digests: { "2.0.0": chart.digest } });
    expect(fleet.pins.digests).not.toHaveProperty("1.0.0");
    expect(fleet.recorded).toEqual(["agent-2.0.0.values.schema.json", "agent-2.0.0/*.json", "versions.json"]);
  });

  test("goes on where no registry tells a digest, and takes it once one does", async () => {
    const { digestOf } = fleet;
    fleet.digestOf = async () => {
      throw new RegistryError("docker.io can't be reached");
    };
    const { chart } = await serve();
    const byTag = (image: string) =>
      `docker.io/example/${image} runs by its tag, as its digest is not known: docker.io can't be reached\n`;
    expect(await fleet.upgrade({ version: "2.0.0" })).toContain(
      `, SHA-256 ${chart.digest}\n${byTag("alloy:v1.17.0")}${byTag("reloader:v1")}\n2 environments: ${headline}`,
    );
    expect(fleet.pins).not.toHaveProperty("images");

    fleet.digestOf = digestOf;
    expect(await fleet.upgrade({ version: "2.0.0" })).toContain(
      `\n        +   ${pinned("docker.io/example/alloy:v1.17.0")}\n`,
    );
    expect(fleet.pins.images).toEqual(
      Object.fromEntries(
        ["docker.io/example/alloy:v1.17.0", "docker.io/example/reloader:v1"].map((image) => [
          image,
          digestFor(image),
        ]),
      ),
    );
  });

  test("goes to one environment first, and then, with no process and no connection, to the others", async () => {
    await serve();
    expect(await fleet.upgrade({ version: "2.0.0", names: ["b"] })).toMatch(`\n\nb: ${headline}\n${changes}`);
    expect(fleet.pins).toMatchObject({ version: "1.0.0", digests: { "1.0.0": old.chart.digest } });
    expect(Object.keys(fleet.pins.digests)).toEqual(["1.0.0", "2.0.0"]);
    expect(readFileSync(fleet.fileOf("b"), "utf8")).toMatch(/:4318}\n\nchart_version: 2\.0\.0\n$/);
    expect(fleet.recorded.filter((path) => path.includes("*"))).toEqual([
      "agent-1.0.0/*.json",
      "agent-2.0.0/*.json",
    ]);

    process.env.HELM = "/nonexistent/helm";
    fleet.add("b");
    const summary = await fleet.upgrade({ version: "2.0.0" }, undefined, fleet.environments({ b: "2.0.0" }));
    expect(summary).toMatch(/\nb stays at 2\.0\.0, which .*b\.yaml:1:1 names\n\na: /);
    expect(Object.keys(fleet.pins.digests)).toEqual(["2.0.0"]);
  });

  test("goes into the environment's own file, and not into the one that it extends", async () => {
    await serve();
    const base = readFileSync(fleet.fileOf("b"), "utf8");
    writeFileSync(fleet.fileOf("_fleet"), base);
    writeFileSync(fleet.fileOf("b"), "extends: _fleet.yaml\n");
    await fleet.upgrade({ version: "2.0.0", names: ["b"] });
    expect(readFileSync(fleet.fileOf("b"), "utf8")).toBe("extends: _fleet.yaml\n\nchart_version: 2.0.0\n");
    expect(readFileSync(fleet.fileOf("_fleet"), "utf8")).toBe(base);
  });

  test("has nothing to say where nothing changes", async () => {
    await serve({ tag: "v1.16.0", extra: "ServiceAccount", value: "old" });
    expect(await fleet.upgrade({ version: "1.0.0" })).toBe(
      `chart agent 1.0.0, SHA-256 ${old.chart.digest}\n\nevery environment has it already`,
    );
    // A label with the version is a change too.
    expect(await fleet.upgrade({ version: "2.0.0" })).toMatch(
      /2 environments: chart 1\.0\.0 → 2\.0\.0; no pod restarts\n {2}a, b\n[\s\S]* {4}~ DaemonSet alloy\n {8}~ metadata.labels\["helm.sh\/chart"\]: [^\n]*$/,
    );
  });

  test("refuses values that the version doesn't take, at their places", async () => {
    fleet.add("b", "alloy:\n  timeoutSeconds: 1\n");
    await serve();
    expect(await refusal({ version: "2.0.0" })).toMatch(
      /^chart agent 2\.0\.0 takes other values:\n.*b\.yaml:3:1: alloy: is no value of the Alloy chart; write image, service or new$/,
    );
  });

  test("refuses a version that this project's changes don't fit", async () => {
    await serve({ ...next, container: "agent" });
    expect(await refusal({ version: "2.0.0" })).toMatch(
      /a\.yaml:1:1: DaemonSet alloy of chart agent 2\.0\.0 has no container alloy; it has agent, config-reloader\n.*b\.yaml:1:1: /,
    );
  });

  test("tells the chart's own failure at the values that caused it", async () => {
    fleet.add("b", "image:\n  tag: bad\n");
    const { chart } = old;
    fleet.pin({
      name: "agent",
      repository: folder.path,
      version: "1.0.0",
      digests: { "1.0.0": chart.digest },
    });
    expect(await refusal({ version: "1.0.0" })).toMatch(
      /b\.yaml:4:3: image\.tag: chart agent 1\.0\.0 refuses its values: .*the tag is bad; its values: \{.*"tag":"bad"/,
    );
  });

  test("names the newest versions where there is no such version", async () => {
    await serve();
    expect(await refusal({ version: "3.0.0" })).toBe(
      `${server?.url} has no chart agent 3.0.0; its newest are 2.0.0, 1.0.0`,
    );
  });

  test("refuses an archive that is not the one of the index, or of the digest that is given", async () => {
    const { archive, chart } = await serve();
    expect(await refusal({ version: "2.0.0", digest: "0".repeat(64) })).toMatch(
      `has SHA-256 ${chart.digest}, and ${"0".repeat(64)} is pinned: it is not the published one`,
    );
    expect(await refusal({ version: "1.0.0", digest: chart.digest })).toBe(
      `chart agent 1.0.0 is pinned with SHA-256 ${old.chart.digest}, and ${chart.digest} is given`,
    );
    appendFileSync(archive, "x");
    expect(await refusal({ version: "2.0.0" })).toMatch(
      `, and ${chart.digest} is pinned: it is not the published one`,
    );
  });

  test("takes the digest from an archive or a registry, and asks for it where a folder has none", async () => {
    const { archive, folder: unpacked, chart } = await serve();
    expect(await refusal({ version: "2.0.0" }, unpacked)).toBe(
      `${unpacked} is a folder, which has no digest to pin; add --digest with the SHA-256 of the published archive, or name a repository, an OCI address or an archive`,
    );
    await fleet.upgrade({ version: "2.0.0", names: ["a"], digest: chart.digest }, unpacked);
    expect(fleet.pins.digests).toHaveProperty(["2.0.0"], chart.digest);

    pushCharts(folder.path, [old, { archive, folder: unpacked, chart }]);
    process.env.HELM = plainHttpHelm(folder.path);
    for (const location of [archive, server?.ociAddress("agent")]) {
      fleet.add("a");
      fleet.pin({ ...fleet.pins, digests: { "1.0.0": old.chart.digest } });
      await fleet.upgrade({ version: "2.0.0", names: ["a"] }, location);
      expect(fleet.pins.digests).toHaveProperty(["2.0.0"], chart.digest);
    }
  });

  test("takes the digest from the archive where the repository's index says none", async () => {
    const { chart } = await serve();
    const index = join(folder.path, "index.yaml");
    writeFileSync(index, readFileSync(index, "utf8").replace(/^ *digest: .*\n/gm, ""));
    await fleet.upgrade({ version: "2.0.0" });
    expect(fleet.pins.digests).toEqual({ "2.0.0": chart.digest });
  });

  test("refuses an environment that is none, and a place that cannot be reached", async () => {
    await serve();
    expect(await refusal({ version: "2.0.0", names: ["a", "bb"] })).toBe("bb is no environment; write b");
    expect(await refusal({ version: "2.0.0" }, "http://127.0.0.1:1")).toMatch(
      /^cannot get chart agent 2\.0\.0 from http:\/\/127\.0\.0\.1:1: /,
    );
    process.env.HELM = "/nonexistent/helm";
    expect(await refusal({ version: "2.0.0" })).toMatch(
      /^there is no command \/nonexistent\/helm; install Helm/,
    );
  });
});
