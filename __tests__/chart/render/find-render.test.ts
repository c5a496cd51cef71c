import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  findRender,
  type RenderInput,
  RenderStore,
  UnrecordedRenderError,
} from "../../../lib/chart/render/renders";
import { ChartServer } from "../fixtures/chart-server";
import { inputOf, packSmallChart } from "../fixtures/small-chart";
import { describeWithHelm, temporaryFolder } from "../fixtures/with-helm";

function namesIn(input: RenderInput): readonly string[] {
  return findRender(input, new RenderStore("/nowhere")).map(({ kind, name }) => `${kind} ${name}`);
}

describeWithHelm("findRender of what is not recorded", () => {
  const folder = temporaryFolder();
  let repository: ChartServer | undefined;

  afterEach(async () => {
    await repository?.close();
    repository = undefined;
  });

  test("renders the chart of the folder or archive that ALLOY_CHART names, without hooks and tests", () => {
    const small = packSmallChart(folder.path, "1.0.0");
    for (const location of [small.folder, small.archive]) {
      process.env.ALLOY_CHART = location;
      const [config, ...others] = findRender(
        inputOf(small.chart, { text: "it's" }),
        new RenderStore("/nowhere"),
      );
      expect(others).toEqual([]);
      expect(config?.content).toMatchObject({
        metadata: { name: "alloy", namespace: "monitoring" },
        data: { text: "it's", kubernetes: "v1.28.0" },
      });
    }
  });

  test("renders the chart of its repository where nothing is named", async () => {
    const { chart } = packSmallChart(folder.path, "1.0.0");
    repository = await ChartServer.serve(folder.path);
    expect(namesIn(inputOf({ ...chart, repository: repository.url }))).toEqual(["ConfigMap alloy"]);
  });

  test("renders the chart of a mirror, where the environment variable ALLOY_CHART names one", async () => {
    const { chart } = packSmallChart(folder.path, "1.0.0");
    repository = await ChartServer.serve(folder.path);
    process.env.ALLOY_CHART = repository.url;
    expect(namesIn(inputOf({ ...chart, repository: "http://127.0.0.1:1" }))).toEqual(["ConfigMap alloy"]);
  });

  test("tells what a chart renders that is no object, and advises no helm", () => {
    const { chart, folder: location } = packSmallChart(folder.path, "1.0.0");
    process.env.ALLOY_CHART = location;
    writeFileSync(
      join(location, "templates", "more.yaml"),
      "kind: Secret\nstringData: {password: hunter2}\n",
    );
    expect(() => namesIn(inputOf(chart))).toThrow(
      new UnrecordedRenderError(
        "chart small 1.0.0 with these values: not a Kubernetes object with apiVersion, kind and a name: a Secret with kind, stringData",
      ),
    );
  });

  test("renders custom resource definitions when asked for them", () => {
    const { chart, folder: location } = packSmallChart(folder.path, "1.0.0");
    process.env.ALLOY_CHART = location;
    expect(namesIn(inputOf(chart, { crds: { create: true } }))).toEqual([
      "CustomResourceDefinition things.example.com",
      "ConfigMap alloy",
    ]);
    expect(namesIn(inputOf(chart, { crds: { create: false } }))).toEqual(["ConfigMap alloy"]);
  });

  test("runs helm once for an input", () => {
    const { chart, folder: location } = packSmallChart(folder.path, "1.0.0");
    process.env.ALLOY_CHART = location;
    const store = new RenderStore("/nowhere");
    const first = findRender(inputOf(chart), store);
    process.env.HELM = "/nonexistent/helm";
    expect(findRender(inputOf(chart), store)).toBe(first);
  });

  test("tells a chart's own failure with the values that caused it", () => {
    const { chart, folder: location } = packSmallChart(folder.path, "1.0.0");
    process.env.ALLOY_CHART = location;
    const failure = () => namesIn(inputOf(chart, { bad: "very" }));
    expect(failure).toThrow(UnrecordedRenderError);
    expect(failure).toThrow(
      /^chart small 1\.0\.0 refuses its values: [^`]*bad is very; its values: \{"bad":"very"\}$/,
    );
  });
});

describe("findRender without helm", () => {
  temporaryFolder();

  test("says how to get it", () => {
    process.env.HELM = "/nonexistent/helm";
    const chart = { name: "small", version: "1.0.0", digest: "00", repository: "http://127.0.0.1:1" };
    expect(() => namesIn(inputOf(chart))).toThrow(
      new UnrecordedRenderError(
        "no render of chart small 1.0.0 with these values is recorded, and none can be made: there is no command /nonexistent/helm; install Helm 3 or 4 (https://helm.sh/docs/intro/install/), or name it in the environment variable HELM; run `npm run chart:record` where helm and the chart can be had, and commit imports/chart",
      ),
    );
  });
});
