import { HelmFailure, noRender } from "../../../lib/chart/render/helm";
import { ChartError, RefusedValuesError } from "../../../lib/chart/render/names";
import { type ChartSource, noDownload } from "../../../lib/chart/render/source";
import { inputOf } from "../fixtures/small-chart";
import { temporaryFolder } from "../fixtures/with-helm";

const chart = { name: "small", version: "1.0.0", digest: "00", repository: "" };
const source: ChartSource = { kind: "repository", location: "https://me:secret@charts.example.com" };

describe("a download that failed", () => {
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

describe("a chart that does not render", () => {
  test("is told with the values that it was given", () => {
    const error = noRender(inputOf(chart, { b: 1, a: ["x"] }), new HelmFailure("a: too short"));
    expect(error).toEqual(
      new RefusedValuesError(
        'chart small 1.0.0 refuses its values: a: too short; its values: {"a":["x"],"b":1}',
      ),
    );
  });

  test("for another reason is left as it is", () => {
    const error = new Error("other");
    expect(noRender(inputOf(chart), error)).toBe(error);
  });
});
