import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { ChartError } from "../../../lib/chart/render/names";
import { type RenderInput, RenderStore } from "../../../lib/chart/render/renders";
import { ChartLibrary } from "../../../scripts/chart/chart-library";
import { recordRenders } from "../../../scripts/chart/record-renders";
import { valuesSchemaFile } from "../../../scripts/chart/values-schema-file";
import { verifyRenders } from "../../../scripts/chart/verify-renders";
import type { PackedChart } from "../../chart/fixtures/packed-chart";
import { inputOf, packSmallChart } from "../../chart/fixtures/small-chart";
import { describeWithHelm, temporaryFolder } from "../../chart/fixtures/with-helm";

describeWithHelm("chart:record and chart:verify", () => {
  const folder = temporaryFolder();
  const noHelm = () => {
    process.env.HELM = "/nonexistent/helm";
  };
  let small: PackedChart;
  let inputs: readonly RenderInput[];

  beforeEach(() => {
    small = packSmallChart(folder.path, "1.0.0");
    inputs = ["a", "b", "c", "a"].map((text) => inputOf(small.chart, { text }));
  });

  /** A store that has read nothing yet. */
  const store = () => new RenderStore(join(folder.path, "records"));
  const record = (needed: readonly RenderInput[], location = small.archive) =>
    recordRenders(needed, store(), new ChartLibrary(location));
  const verify = (needed: readonly RenderInput[], location = small.archive) =>
    verifyRenders(needed, store(), new ChartLibrary(location));
  const fileOf = (text: string) => store().fileOf(inputOf(small.chart, { text }));
  const schema = () => valuesSchemaFile(store().folder, small.chart);

  test("records each distinct input once, and the schema of the chart's values", async () => {
    expect(await record(inputs)).toEqual({
      written: [fileOf("a"), fileOf("b"), fileOf("c"), schema()],
      dropped: [],
    });
    expect(store().find(inputOf(small.chart, { text: "b" }))?.[0]?.content.data).toMatchObject({ text: "b" });
    expect(await verify(inputs)).toEqual([]);
  });

  test("starts helm for each distinct input once, as many at a time as there are processors", async () => {
    const log = join(folder.path, "log");
    const helm = process.env.HELM || "helm";
    process.env.HELM = join(folder.path, "logging-helm");
    writeFileSync(
      process.env.HELM,
      `#!/bin/sh\n[ $1 = template ] || exec ${helm} "$@"\necho start >> ${log}\n${helm} "$@"\necho end >> ${log}\n`,
      { mode: 0o755 },
    );
    await record(inputs);
    const lines = readFileSync(log, "utf8").trim().split("\n");
    expect(lines.filter((line) => line === "start")).toHaveLength(3);
    const first = lines.slice(0, lines.indexOf("end"));
    expect(first).toHaveLength(Math.min(3, availableParallelism()));
  });

  test("may be done twice at once", async () => {
    await Promise.all([record(inputs), record(inputs)]);
    expect(await verify(inputs)).toEqual([]);
  });

  test("needs neither helm nor the chart when nothing is missing, and changes nothing", async () => {
    await record(inputs);
    const before = readFileSync(fileOf("a"), "utf8");
    noHelm();
    expect(await record(inputs, "/nonexistent")).toEqual({ written: [], dropped: [] });
    expect(readFileSync(fileOf("a"), "utf8")).toBe(before);
  });

  test("records what is missing, drops what is unused, and leaves other files alone", async () => {
    await record(inputs);
    const notes = join(dirname(fileOf("a")), "notes.txt");
    writeFileSync(notes, "mine");
    const next = ["a", "d"].map((text) => inputOf(small.chart, { text }));
    expect(await record(next)).toEqual({
      written: [fileOf("d")],
      dropped: [fileOf("b"), fileOf("c")].sort(),
    });
    expect(existsSync(notes)).toBe(true);
    expect(await verify(next)).toEqual([]);
  });

  test("drops a version that no one uses any more, with its folder and schema", async () => {
    await record(inputs);
    const other = packSmallChart(folder.path, "2.0.0");
    const next = [inputOf(other.chart)];
    expect((await record(next, other.archive)).dropped).toContain(schema());
    expect(existsSync(dirname(fileOf("a")))).toBe(false);
  });

  test("makes the same record of a folder as of its archive, but for the word that says so", async () => {
    await record(inputs);
    const body = (text: string) => text.slice(text.indexOf('"objects"'));
    const fromArchive = readFileSync(fileOf("a"), "utf8");
    writeFileSync(fileOf("a"), "");
    await record(inputs, small.folder);
    const fromFolder = readFileSync(fileOf("a"), "utf8");
    expect(body(fromFolder)).toBe(body(fromArchive));
    expect(fromArchive).toContain('"readFrom": "archive"');
    expect(fromFolder).toContain('"readFrom": "folder"');
    expect(fromFolder).not.toContain(folder.path);
  });

  test("renders anew what was edited by hand, which verify names", async () => {
    await record(inputs);
    const text = readFileSync(fileOf("a"), "utf8");
    writeFileSync(fileOf("a"), text.replace('"text": "a"', '"text": "x"'));
    expect(() => store().find(inputOf(small.chart, { text: "a" }))).toThrow(ChartError);
    expect(await verify(inputs)).toEqual([expect.stringMatching(/: changed since it was recorded; /)]);
    expect((await record(inputs)).written).toContain(fileOf("a"));
    expect(readFileSync(fileOf("a"), "utf8")).toBe(text);
  });

  test("writes the schema of the chart's values anew when it was edited by hand", async () => {
    await record(inputs);
    const text = readFileSync(schema(), "utf8");
    writeFileSync(schema(), "{}");
    expect((await record([...inputs, inputOf(small.chart)])).written).toContain(schema());
    expect(readFileSync(schema(), "utf8")).toBe(text);
  });

  test("verify names what differs, is missing and is unused", async () => {
    await record(inputs);
    const secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: more}\n";
    writeFileSync(join(small.folder, "templates", "more.yaml"), secret);
    const config = join(small.folder, "templates", "config.yaml");
    writeFileSync(config, readFileSync(config, "utf8").replace("Release.Name }}", "Release.Name }}-2"));
    writeFileSync(join(small.folder, "values.yaml"), "text: 1\n");
    const next = ["a", "d"].map((text) => inputOf(small.chart, { text }));
    const differences = await verify(next, small.folder);
    const stay = (file: string) => expect.stringContaining(file.slice(folder.path.length));
    expect(differences).toEqual([
      stay(`${fileOf("a")}: ConfigMap alloy is no longer rendered`),
      stay(`${fileOf("a")}: ConfigMap alloy-2 is not recorded`),
      stay(`${fileOf("a")}: Secret more is not recorded`),
      stay(`${fileOf("d")}: not recorded`),
      stay(`${schema()}: not what the chart's values say; remove it and run \`npm run chart:record\``),
      ...[fileOf("b"), fileOf("c")].sort().map((file) => stay(`${file}: no environment uses it`)),
    ]);
  });

  test("verify tells of a chart that no longer renders, and of a missing helm once", async () => {
    await record(inputs);
    const config = join(small.folder, "templates", "config.yaml");
    writeFileSync(
      config,
      `{{ if eq .Values.text "a" }}{{ fail "no a" }}{{ end }}\n${readFileSync(config, "utf8")}`,
    );
    expect(await verify(inputs, small.folder)).toEqual([
      expect.stringMatching(/\.json: chart small 1\.0\.0 refuses its values: .*no a/),
    ]);
    noHelm();
    await expect(verify(inputs)).rejects.toThrow(/^there is no command \/nonexistent\/helm; /);
  });

  test("tells every failure, and records what does not fail", async () => {
    const bad = ["x", "y"].map((text) => inputOf(small.chart, { bad: text }));
    const failure = await record([...inputs, ...bad]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AggregateError);
    expect(String(failure)).toMatch(/bad is x(.|\n)*bad is y/);
    expect(existsSync(fileOf("a"))).toBe(true);
  });

  test("without helm nothing is written", async () => {
    noHelm();
    await expect(record(inputs)).rejects.toThrow("there is no command /nonexistent/helm");
    expect(existsSync(fileOf("a"))).toBe(false);
  });
});
