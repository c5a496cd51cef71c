import { LokiEcho, LokiProcess } from "../../imports/alloy/loki";
import { type AlloyConfig, versionMistake, versionRequirements } from "../../lib/alloy";
import { newConfig } from "./new-config";

// A history of our own: which components a later version lacks is another matter with each version of the bindings.
jest.mock("../../imports/alloy/versions.json", () => ({
  alloy: "v3.1.0",
  versions: ["v3.0.0", "v3.1.0", "v3.2.0"],
  since: {},
  until: { "v3.2.0": ["loki.echo", "loki.process: stage.json/drop_malformed"] },
}));

/** What a version says of a config that some components are added to. */
function mistakeOf(tag: string, add: (config: AlloyConfig) => void): string | undefined {
  const config = newConfig();
  add(config);
  return versionMistake(tag, versionRequirements(config), "experimental")?.message;
}

const stage = (dropMalformed?: boolean) => (config: AlloyConfig) =>
  new LokiProcess(config, "x", { forwardTo: [], stage: [{ json: { expressions: {}, dropMalformed } }] });

test.each<[what: string, says: string, add: (config: AlloyConfig) => void]>([
  ["a component", "loki.echo before v3.2.0 (loki.echo.x)", (config) => new LokiEcho(config, "x")],
  ["an argument, however deep", "stage.json.drop_malformed before v3.2.0 (loki.process.x)", stage(true)],
])("%s that a later version no longer has", (_, says, add) => {
  const message = (tag: string) => `Alloy ${tag} doesn't know what the config says: ${says}`;
  expect(mistakeOf("v3.2.0", add)).toBe(message("v3.2.0"));
  expect(mistakeOf("v3.2.9", add)).toBe(message("v3.2.9"));
  for (const tag of ["v3.0.0", "v3.1.0", "v3.1.9"]) expect(mistakeOf(tag, add)).toBeUndefined();
});

test("what such a component says besides is known", () => {
  expect(mistakeOf("v3.2.0", stage())).toBeUndefined();
});
