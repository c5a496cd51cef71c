import Ajv from "ajv";
import { chartPart } from "../../lib/environment/json-schema";

const standard = {
  version: "2.0.0",
  schema: { properties: { alloy: { type: "object" }, added: { type: "string" } } },
};
const old = {
  version: "1.0.0",
  schema: { properties: { alloy: { type: ["string", "object"] }, gone: { type: "string" } } },
};

function takes(others: readonly (typeof old)[], environment: object): boolean {
  const { properties, ...conditions } = chartPart(standard, others);
  const schema = {
    type: "object",
    properties: { chart_version: { type: ["string", "null"] }, ...properties },
    additionalProperties: false,
    ...conditions,
  };
  return new Ajv({ allowUnionTypes: true, strictRequired: false }).compile(schema)(environment);
}

describe("an editor's schema of chart values", () => {
  test.each([
    [{}, true],
    [{ alloy: {}, added: "a" }, true],
    [{ alloy: null }, true],
    [{ alloy: "a" }, false],
    [{ gone: "a" }, false],
  ])("with one version pinned: %j is %p", (environment, valid) => {
    expect(takes([], environment)).toBe(valid);
  });

  test.each([
    [{ alloy: {}, added: "a" }, true],
    [{ chart_version: null, added: "a" }, true],
    [{ chart_version: "2.0.0", added: "a" }, true],
    [{ chart_version: "1.0.0", added: "a" }, false],
    [{ chart_version: "1.0.0", gone: "a", alloy: "a" }, true],
    [{ chart_version: "2.0.0", alloy: "a" }, false],
    [{ gone: "a" }, false],
    [{ unknown: "a" }, false],
  ])("with two: %j is %p", (environment, valid) => {
    expect(takes([old], environment)).toBe(valid);
  });
});
