import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Labels,
  labelsInDocs,
  labelsInPage,
  recordText,
  withoutParts,
} from "../../scripts/metrics-record/records";

test("a record has by part the metrics with the same labels together, in order", () => {
  const labels: Labels = new Map([
    ["time", new Map([["node_b", ["y", "x", "x"]]])],
    [
      "cpu",
      new Map([
        ["node_c", []],
        ["node_b", ["x", "y"]],
        ["node_a", ["y", "x"]],
      ]),
    ],
    ["none", new Map()],
  ]);
  const text = recordText({ version: "v1", by: "run", on: ["cpu"], labels });
  const cpu = { "": ["node_c"], "x,y": ["node_a", "node_b"] };
  expect(JSON.parse(text)).toEqual({
    version: "v1",
    by: "run",
    on: ["cpu"],
    parts: { cpu, time: { "x,y": ["node_b"] } },
  });
  expect(Object.keys(JSON.parse(text).parts)).toEqual(["cpu", "time"]);
  expect(JSON.parse(withoutParts(text, ["time", "x,y"])).parts).toEqual({ cpu });
});

test("kube-state-metrics' pages have labels in a column that each table names", () => {
  const page = `
| Metric name | Metric type | Description | Labels |
| ----------- | ----------- | ----------- | ------ |
| kube_pod_info | Gauge | a \\| b | \`pod\`=<pod> <br> \`node\`=<node> |

| Metric name | Labels/tags |
| --- | --- |
| kube_pod_labels | \`pod\`=<pod>, \`label_POD_LABEL\`=<value> |
`;
  expect([...labelsInDocs([page])]).toEqual([
    ["kube_pod_info", ["pod", "node"]],
    ["kube_pod_labels", ["pod", "label_*"]],
  ]);
  expect(() => labelsInDocs([page.replaceAll("`=", "`:")])).toThrow("kube_pod_info: no labels in");
});

test("a page of metrics has labels in its samples, without those of the scope", () => {
  const page = `# HELP a Of a{b="c"}.
# TYPE a counter
a{b="x, y=\\"z\\"",otel_scope_name="s"} 1
a{c="}"} 2
d 3
`;
  expect([...labelsInPage(page)]).toEqual([
    ["a", ["b", "c"]],
    ["d", []],
  ]);
});

const folder = "imports/metrics";

test.each(readdirSync(folder))("what is recorded has the recorder's form: %s", (name) => {
  const text = readFileSync(join(folder, name), "utf8");
  const { version, by, on, parts } = JSON.parse(text);
  const labels: Labels = new Map(
    Object.entries<Record<string, readonly string[]>>(parts).map(([part, groups]) => [
      part,
      new Map(
        Object.entries(groups).flatMap(([key, names]) =>
          names.map((metric) => [metric, key === "" ? [] : key.split(",")] as const),
        ),
      ),
    ]),
  );
  expect(recordText({ version, by, on, labels })).toBe(text);
});
