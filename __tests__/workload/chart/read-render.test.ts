import { readRender } from "../../../lib/chart/render/helm";
import { RefusedValuesError } from "../../../lib/chart/render/names";
import { inputOf } from "../fixtures/small-chart";

const input = inputOf({ name: "small", version: "1.0.0", digest: "00", repository: "" });

test("helm's output is read as objects", () => {
  const [service] = readRender("apiVersion: v1\nkind: Service\nmetadata: {name: a}\n", input);
  expect(service).toMatchObject({ kind: "Service", name: "a" });
});

test.each([
  [
    "kind: Service\n",
    /^chart small 1\.0\.0 with these values: not a Kubernetes object .*: a Service with kind$/,
  ],
  ["a: [\n", /^chart small 1\.0\.0 with these values: .* at line 2, column 1$/],
])("%j comes of values that the chart does not check", (text, message) => {
  expect(() => readRender(text, input)).toThrow(RefusedValuesError);
  expect(() => readRender(text, input)).toThrow(message);
});
