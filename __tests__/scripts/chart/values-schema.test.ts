import { readFileSync } from "node:fs";
import { join } from "node:path";
import { alloyChart } from "../../../lib/chart/render/pins";
import { RenderStore } from "../../../lib/chart/render/renders";
import { valuesSchema } from "../../../scripts/chart/values-schema";
import { valuesSchemaFile } from "../../../scripts/chart/values-schema-file";

function propertiesOf(values: string, templates: readonly string[] = []): unknown {
  return valuesSchema("test", values, templates).properties;
}

describe("valuesSchema", () => {
  test("knows types and keys, and takes null wherever a default can be deleted", () => {
    expect(valuesSchema("Values of a chart", "# A text.\na: {b: x, c: true, d: 1, e: 1.5}\n", [])).toEqual({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: "Values of a chart",
      type: "object",
      properties: {
        a: {
          type: "object",
          properties: {
            b: { type: ["string", "null"], default: "x" },
            c: { type: ["boolean", "null"], default: true },
            d: { type: ["integer", "null"], default: 1 },
            e: { type: ["number", "null"], default: 1.5 },
          },
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    });
  });

  test.each([
    ["an empty map", "a: {}", { type: ["object", "null"], default: {} }],
    ["an empty list", "a: []", { type: ["array", "null"], default: [] }],
    ["a list, whatever is in it", "a: [{b: 1}]", { type: ["array", "null"] }],
    ["a structure of Kubernetes'", "resources: {requests: {cpu: 1}}", { type: ["object", "null"] }],
    [
      "a null, which stands for any scalar",
      "a: null",
      { type: ["string", "number", "boolean", "null"], default: null },
    ],
    ["a key with nothing behind it", "a:\n  # b: 1\n", {}],
    ["an empty text, which is no such key", 'a: ""', { type: ["string", "null"], default: "" }],
  ])("leaves free %s", (_, values, schema) => {
    expect(Object.values(propertiesOf(values) ?? {})).toEqual([schema]);
  });

  test("knows the keys that templates read below a known map", () => {
    const template = "{{ .Values.a.hidden.deep }} {{ .Values.a.b }} {{ .Values.unknown }} {{ .Values.ab.c }}";
    expect(propertiesOf("a: {b: x}\n", [template])).toEqual({
      a: {
        type: "object",
        properties: { b: { type: ["string", "null"], default: "x" }, hidden: {} },
        additionalProperties: false,
      },
    });
  });

  test("refuses values that are no map", () => {
    expect(() => valuesSchema("Values of a chart", "- 1\n", [])).toThrow(
      "Values of a chart: values.yaml is not a map",
    );
  });
});

test("the recorded schema of the pinned chart knows what operators set, and leaves free what is Kubernetes'", () => {
  const file = valuesSchemaFile(RenderStore.committed.folder, alloyChart());
  expect(file.endsWith(join("imports", "chart", "alloy-1.11.1.values.schema.json"))).toBe(true);
  const free = { type: ["object", "null"] };
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
    additionalProperties: false,
    properties: {
      alloy: {
        additionalProperties: false,
        properties: { listenPort: { type: ["integer", "null"] }, resources: free },
      },
      configReloader: { properties: { resources: free, securityContext: free } },
      controller: {
        properties: {
          affinity: free,
          nodeSelector: free,
          podLabels: free,
          type: { type: ["string", "null"] },
        },
      },
      image: { properties: { tag: { type: ["string", "number", "boolean", "null"] } } },
      ingress: { properties: { ingressClassName: {} } },
    },
  });
});
