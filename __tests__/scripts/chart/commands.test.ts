import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { packAgentChart } from "../../chart/fixtures/agent-chart";
import {
  ChartServer,
  indexCharts,
  plainHttpHelm,
  pushCharts,
  pushImage,
} from "../../chart/fixtures/chart-server";
import { describeWithHelm, temporaryFolder } from "../../chart/fixtures/with-helm";

const root = join(__dirname, "..", "..", "..");
const least = "container_runtime: crio\nlocal: {endpoint: http://otlp.example.com:4318}\n";

describeWithHelm("the commands, on this project with a chart of our own", () => {
  const folder = temporaryFolder();
  let project: string;
  let server: ChartServer | undefined;
  let registry: string;
  /** Of the images that the chart runs, in the registry. */
  let digests: Readonly<Record<string, string>>;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  /** Copies the project, with two environments and the chart in its first version pinned, but nothing recorded. */
  async function copyProject(): Promise<void> {
    project = join(realpathSync(folder.path), "project");
    for (const path of ["lib", "scripts", "imports/alloy", "imports/metrics", "main.ts", "package.json"]) {
      cpSync(join(root, path), join(project, path), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
    const charts = join(folder.path, "charts");
    indexCharts(charts);
    server = await ChartServer.serve(charts);
    registry = server.host;
    const first = packAgentChart(charts, "1.0.0", { tag: "v1.16.0", registry });
    packAgentChart(charts, "2.0.0", { tag: "v1.17.0", registry });
    indexCharts(charts);
    digests = Object.fromEntries(
      ["alloy:v1.16.0", "alloy:v1.17.0", "reloader:v1"].map((image) => {
        const [name = "", tag = ""] = image.split(":");
        return [image, pushImage(charts, `example/${name}`, tag)];
      }),
    );
    mkdirSync(join(project, "imports", "chart"));
    mkdirSync(join(project, "environments"));
    const pins = { name: "agent", repository: server.url, version: "1.0.0" };
    write(
      "imports/chart/versions.json",
      JSON.stringify({ ...pins, digests: { "1.0.0": first.chart.digest } }),
    );
    write("environments/a.yaml", least);
    write("environments/test.yaml", `${least}image:\n  tag: v1.18.1\n`);
  }

  function write(path: string, text: string): void {
    writeFileSync(join(project, path), text);
  }

  function read(path: string): string {
    return readFileSync(join(project, path), "utf8");
  }

  function run(script = "", ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["scripts/run.js", script, ...args],
      // Jest's environment is a copy, which a child process doesn't get by itself.
      { cwd: project, encoding: "utf8", env: { ...process.env } },
    );
    return { status, stdout, stderr };
  }

  function imageIn(environment: string): unknown {
    const daemonSet: { spec: { template: { spec: { containers: { image: string }[] } } } } = parse(
      read(`dist/${environment}/DaemonSet.alloy.k8s.yaml`),
    );
    return daemonSet.spec.template.spec.containers[0]?.image;
  }

  const recorded = () => readdirSync(join(project, "imports", "chart")).sort();

  test("record, verify, synth, and upgrade the test cluster first", async () => {
    await copyProject();
    expect(run("main.ts")).toMatchObject({
      status: 1,
      stderr:
        "environments/test.yaml:1:1: chart_version: the values of chart 1.0.0 are not recorded; run npm run chart:record\nnothing was written\n",
    });
    expect(run("scripts/chart-record.ts")).toEqual({
      status: 0,
      stdout: "2 environments; 2 files written, 0 dropped\n",
      stderr: "",
    });
    expect(run("scripts/chart-verify.ts")).toMatchObject({ status: 0, stderr: "" });

    const upgraded = run("scripts/chart-upgrade.ts", "2.0.0", "test");
    expect(upgraded).toMatchObject({
      status: 0,
      stderr:
        "environments: 2 files, 2 written\ndocs/environments: 4 files, 4 written\n2 of 2 environments changed: a (new), test (new)\n",
    });
    expect(upgraded.stdout).toMatch(
      /^chart agent 2\.0\.0, SHA-256 [0-9a-f]{64}\n\ntest: chart 1\.0\.0 → 2\.0\.0; no pod restarts\n[\s\S]*\n {4}~ DaemonSet alloy\n {8}~ metadata\.labels\["helm\.sh\/chart"\]: agent-1\.0\.0 → agent-2\.0\.0\n/,
    );
    expect(recorded()).toEqual([
      "agent-1.0.0",
      "agent-1.0.0.values.schema.json",
      "agent-2.0.0",
      "agent-2.0.0.values.schema.json",
      "versions.json",
    ]);
    expect(read("environments/test.yaml")).toMatch(/\n\nchart_version: 2\.0\.0\n$/);
    expect(read("environments/schema.json")).toContain('"2.0.0"');
    expect(["a", "test"].map(imageIn)).toEqual([
      `${registry}/example/alloy:v1.16.0@${digests["alloy:v1.16.0"]}`,
      `${registry}/example/alloy:v1.18.1`,
    ]);

    // From here on everything is recorded but the render of the other environment.
    expect(run("scripts/chart-upgrade.ts", "2.0.0").stdout).toMatch(
      /\ntest stays at 2\.0\.0, which environments\/test\.yaml:6:1 names\n\na: /,
    );
    expect(recorded()).toEqual(["agent-2.0.0", "agent-2.0.0.values.schema.json", "versions.json"]);
    expect(["a", "test"].map(imageIn)).toEqual([
      `${registry}/example/alloy:v1.17.0@${digests["alloy:v1.17.0"]}`,
      `${registry}/example/alloy:v1.18.1`,
    ]);
    expect(run("scripts/chart-verify.ts")).toMatchObject({ status: 0, stderr: "" });

    const unused = `${registry}/example/alloy:v1.16.0`;
    const pins = JSON.parse(read("imports/chart/versions.json"));
    const images = { ...pins.images, [unused]: digests["alloy:v1.16.0"] };
    write("imports/chart/versions.json", JSON.stringify({ ...pins, images }));
    expect(run("scripts/chart-verify.ts")).toMatchObject({
      status: 1,
      stderr: `imports/chart/versions.json: no chart runs ${unused}\n`,
    });
    expect(run("scripts/chart-record.ts")).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(read("imports/chart/versions.json"))).toEqual(pins);
  });

  test("without the repository: what is recorded is built, what is not says how to record it", async () => {
    await copyProject();
    run("scripts/chart-record.ts");
    await server?.close();
    process.env.XDG_CACHE_HOME = join(folder.path, "empty");
    expect(run("main.ts")).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^2 of 2 environments/),
    });

    write("environments/a.yaml", `${least}image:\n  tag: v1.15.0\n`);
    const { status, stderr } = run("main.ts");
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^environments\/a\.yaml:4:3: image\.tag: no render of chart agent 1\.0\.0 with these values is recorded, and none can be made: cannot get chart agent 1\.0\.0 from http:.* connection refused; name another place, .*; run `npm run chart:record` where helm and the chart can be had, and commit imports\/chart\nnothing was written\n$/,
    );
    expect(imageIn("a")).toBe(`${registry}/example/alloy:v1.16.0@${digests["alloy:v1.16.0"]}`);

    write("environments/a.yaml", `${least}chart_version: 2.0.0\n`);
    expect(run("scripts/chart-record.ts")).toEqual({
      status: 1,
      stdout: "",
      stderr:
        'environments/a.yaml:3:1: chart_version: must be 1.0.0, is "2.0.0"; write 1.0.0, or pin it: npm run chart:upgrade -- 2.0.0, and the environment\'s name\n',
    });
  });

  test("a mirror, a registry and a folder of archives do as well as the repository", async () => {
    await copyProject();
    const charts = join(folder.path, "charts");
    const archive = join(charts, "agent-1.0.0.tgz");
    const [pinned = ""] = read("imports/chart/versions.json").match(/[0-9a-f]{64}/) ?? [];
    const chart = { name: "agent", version: "1.0.0", digest: pinned, repository: "" };
    pushCharts(charts, [{ chart, archive, folder: "" }]);
    const mirror = server?.url ?? "";
    const inRegistry = server?.ociAddress("agent").replace(/\/agent$/, "") ?? "";
    write(
      "imports/chart/versions.json",
      read("imports/chart/versions.json").replace(mirror, "http://127.0.0.1:1"),
    );
    process.env.HELM = plainHttpHelm(folder.path);
    const places = [
      { kind: "repository", place: mirror, tag: "v1.17.0" },
      { kind: "oci", place: inRegistry, tag: "v1.17.1" },
      { kind: "archive", place: charts, tag: "v1.18.0" },
    ];
    for (const { kind, place, tag } of places) {
      process.env.XDG_CACHE_HOME = join(folder.path, `cache-${kind}`);
      write("environments/a.yaml", `${least}image:\n  tag: ${tag}\n`);
      process.env.ALLOY_CHART = place;
      expect(run("scripts/chart-record.ts")).toMatchObject({ status: 0, stderr: "" });
      const folderOf = join(project, "imports/chart/agent-1.0.0");
      const records = readdirSync(folderOf).map((file) => readFileSync(join(folderOf, file), "utf8"));
      const record = records.find((text) => text.includes(`"tag": "${tag}"`));
      expect(record).toContain(`"readFrom": "${kind}"`);
      expect(record).not.toContain(place);
      delete process.env.ALLOY_CHART;
      expect(run("scripts/chart-verify.ts", "--chart", place)).toMatchObject({ status: 0, stderr: "" });
    }
  });

  test("a wrong command line, no helm, no such version, and another archive are told in a line each", async () => {
    await copyProject();
    expect(run("scripts/chart-verify.ts", "--chrat", "x")).toEqual({
      status: 1,
      stdout: "",
      stderr: "there is no option --chrat; write --chart\n",
    });
    run("scripts/chart-record.ts");
    const pins = read("imports/chart/versions.json");
    expect(run("scripts/chart-upgrade.ts", "3.0.0").stderr).toBe(
      `${server?.url} has no chart agent 3.0.0; its newest are 2.0.0, 1.0.0\n`,
    );
    const archive = join(folder.path, "charts", "agent-2.0.0.tgz");
    appendFileSync(archive, "x");
    expect(run("scripts/chart-upgrade.ts", "2.0.0").stderr).toMatch(
      /^the archive of chart agent 2\.0\.0 from http\S+ has SHA-256 [0-9a-f]{64}, and [0-9a-f]{64} is pinned: it is not the published one; name another place, [^\n]*\n$/,
    );
    process.env.HELM = "/nonexistent/helm";
    for (const [script, ...args] of [["scripts/chart-upgrade.ts", "2.0.0"], ["scripts/chart-verify.ts"]]) {
      expect(run(script, ...args)).toEqual({
        status: 1,
        stdout: "",
        stderr: expect.stringMatching(
          /^there is no command \/nonexistent\/helm; install Helm 3 or 4 [^\n]*\n$/,
        ),
      });
    }
    expect(read("imports/chart/versions.json")).toBe(pins);
  });

  test("a render that was edited by hand is refused, and recorded anew", async () => {
    await copyProject();
    run("scripts/chart-record.ts");
    const [render = ""] = readdirSync(join(project, "imports/chart/agent-1.0.0"));
    const path = join("imports/chart/agent-1.0.0", render);
    const text = read(path);
    write(path, text.replace('"name": "alloy"', '"name": "mine"'));
    expect(run("main.ts")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`${path}: changed since it was recorded; \`npm run chart:record\``),
    });
    expect(run("scripts/chart-verify.ts").stderr).toContain(`${path}: changed since it was recorded`);
    expect(run("scripts/chart-record.ts").stdout).toBe("2 environments; 1 file written, 0 dropped\n");
    expect(read(path)).toBe(text);
  });
});
