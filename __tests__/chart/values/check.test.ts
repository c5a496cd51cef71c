import { stringify } from "yaml";
import { type ChartSchema, chartSchema } from "../../../lib/chart/render/pins";
import { checkChartValues } from "../../../lib/chart/values/check";
import { namesIn } from "../../../lib/environment/setting-tree";
import { formatKey, Report } from "../../../lib/schema/setting-key";
import { diagnosticsOf, environmentOf, least } from "../../environment/reading";

/** What is said of a chart's value `v`. */
function says(schema: ChartSchema, value: unknown): string[] {
  const report = new Report();
  checkChartValues(value, schema, ["v"], report);
  return report.mistakes.map(({ key, message }) => `${formatKey(key)}: ${message}`);
}

describe("chart values", () => {
  test.each([
    [
      "alloy:\n  stabilityLevl: x",
      "5:3: alloy.stabilityLevl: is no value of the Alloy chart that this project takes; write stabilityLevel",
    ],
    [
      "crds:\n  password: x",
      "5:3: crds.password: is no value of the Alloy chart that this project takes; write create",
    ],
    [
      "alloy:\n  timeoutSeconds: '1'",
      '5:3: alloy.timeoutSeconds: must be a whole number, is the string "1"; write 1 without quotes',
    ],
    [
      "alloy:\n  timeoutSeconds: 1.5",
      "5:3: alloy.timeoutSeconds: must be a whole number, is a number; write a whole number without quotes",
    ],
    [
      "alloy:\n  enableReporting: no",
      '5:3: alloy.enableReporting: must be true or false, is the string "no"; write false without quotes',
    ],
    ["alloy:\n  uiPathPrefix: 1", "5:3: alloy.uiPathPrefix: must be a string, is a number; put it in quotes"],
    ["image:\n  tag: [v1]", "5:3: image.tag: must be a string, is a list; write one value"],
    [
      "controller:\n  tolerations:\n    key: a",
      '5:3: controller.tolerations: must be a list, is a map; write its items below it, each after "- "',
    ],
    [
      "controller:\n  volumes:\n    extra: a",
      '6:5: controller.volumes.extra: must be a list, is a string; write its items below it, each after "- "',
    ],
    ["alloy: debug", "4:1: alloy: must be a map, is a string; write its settings below it, indented"],
    ["aloy: {}", "4:1: aloy: is no setting; write alloy"],
    ["Alloy: {}", "4:1: Alloy: is no setting; write alloy"],
  ])("%j is refused", (text, line) => {
    expect(diagnosticsOf(...least, text)).toEqual([`x.yaml:${line}`]);
  });

  test.each([
    [{ alloy: { enableReporting: false, timeoutSeconds: 2, uiPathPrefix: "/a" } }],
    [{ serviceAccount: { create: true }, image: { tag: "1" }, global: { podSecurityContext: {} } }],
    [{ controller: { tolerations: [{ key: "a" }], nodeSelector: { "a.b/c": "d" }, updateStrategy: null } }],
  ])("%j is passed on", (values) => {
    expect(environmentOf(...least, stringify(values)).chartValues).toEqual(values);
  });

  test("that are this project's to set are refused beside what else is wrong", () => {
    expect(
      diagnosticsOf(...least, "rbac: {create: no}", "controller: {type: deployment}", "image: {tagg: a}"),
    ).toEqual([
      "x.yaml:4:1: rbac: the chart value is not yours to set: access to the API follows from the components in use; leave it out",
      "x.yaml:5:14: controller.type: the agent runs on every node; write `daemonset` or leave it out",
      "x.yaml:6:9: image.tagg: is no value of the Alloy chart that this project takes; write tag",
    ]);
    expect(
      diagnosticsOf(...least, "serviceAccount: {create: true}", "controller: {type: daemonset}"),
    ).toEqual([]);
  });

  test("are told apart from this project's settings", () => {
    const chart = Object.keys(chartSchema()?.properties ?? {});
    expect(chart).toContain("alloy");
    expect(namesIn().filter((name) => chart.includes(name))).toEqual([]);
  });
});

describe("a chart's schema", () => {
  test("may describe the items of a list, and the entries of a free map", () => {
    const schema: ChartSchema = { items: { additionalProperties: { type: "string" } } };
    expect(says(schema, [{ a: "b" }, { a: 1 }])).toEqual([
      "v[1].a: must be a string, is a number; put it in quotes",
    ]);
  });

  test("may leave things open", () => {
    expect(says({}, { a: [1, null, "b"] })).toEqual([]);
    expect(says({ type: "object", additionalProperties: true }, { a: { b: 1 } })).toEqual([]);
    expect(says({ type: "array" }, [1, "a"])).toEqual([]);
  });

  test("takes null only where it says so", () => {
    expect(says({ type: ["object", "null"] }, null)).toEqual([]);
    expect(says({ type: "object" }, null)).toEqual([
      "v: must be a map, is empty; write its settings below it, indented",
    ]);
  });

  test("knows no key that only JavaScript does", () => {
    expect(says({ properties: {}, additionalProperties: false }, { constructor: 1 })).toHaveLength(1);
  });
});

test.each([
  ["registry", "registry.example.com", "global.image.registry", "a.example.com"],
  ["registry", "registry.example.com", "image.registry", "a.example.com"],
  ["registry", "registry.example.com", "configReloader.image.registry", "a.example.com"],
  ["pull_secrets", "[registry]", "global.image.pullSecrets", "[{name: a}]"],
  ["pull_secrets", "[registry]", "image.pullSecrets", "[]"],
  ["agent", "v1.18.1", "image.tag", "v1.18.2"],
  ["agent", "v1.18.1", "image.digest", `"sha256:${"0".repeat(64)}"`],
  ["reloader", "v0.91.0", "configReloader.image.tag", "v0.92.0"],
  ["reloader", "v0.91.0", "configReloader.image.digest", `"sha256:${"0".repeat(64)}"`],
])("images.%s: %s and the chart value %s say the same", (name, value, key, other) => {
  const parts = key.split(".");
  const chartValue = parts.reduceRight((inner, part) => `{${part}: ${inner}}`, other).slice(1, -1);
  const line = `x.yaml:5:${chartValue.indexOf(`${parts.at(-1)}:`) + 1}: ${key}: `;
  expect(diagnosticsOf(...least, `images: {${name}: ${value}}`, chartValue)).toEqual([
    `${line}images.${name} says it already; leave one of the two out`,
  ]);
  const others = name === "registry" ? "agent: v1.18.1" : "registry: registry.example.com";
  expect(diagnosticsOf(...least, `images: {${others}}`, chartValue)).toEqual([]);
});

test("the Service keeps the chart's port of the UI, wherever the UI is", () => {
  const extra = (port: number) => `alloy: {extraPorts: [{name: a, port: ${port}, targetPort: 4317}]}`;
  expect(diagnosticsOf(...least, "ui: {port: 12346}", extra(12345))).toEqual([
    "x.yaml:5:32: alloy.extraPorts[0].port: the Service has that port already: 12345; write another",
  ]);
  expect(diagnosticsOf(...least, "ui: {port: 12346}", extra(12347))).toEqual([]);
});
