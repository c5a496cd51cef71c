import { join, resolve } from "node:path";
import { parseOptions } from "../../lib/synthesis";

test("without options, environments/ becomes dist/", () => {
  expect(parseOptions([], undefined)).toEqual({ environments: "environments", output: "dist" });
});

test("names choose environments", () => {
  expect(parseOptions(["ais-qa", "default"], undefined).names).toEqual(["ais-qa", "default"]);
});

test("folders can be named", () => {
  expect(parseOptions(["--environments", "../fleet", "--output=../out"], undefined)).toEqual({
    environments: "../fleet",
    output: "../out",
  });
});

test("under the cdk8s CLI the output that cdk8s.yaml names is a link to dist/", () => {
  const link = resolve(".cdk8s", "dist");
  expect(parseOptions([], link)).toEqual({ environments: "environments", output: "dist", link });
  expect(parseOptions([], join(".cdk8s", "dist"))).toMatchObject({ output: "dist" });
});

test("any other output of the cdk8s CLI is written itself", () => {
  expect(parseOptions([], "/elsewhere")).toEqual({ environments: "environments", output: "/elsewhere" });
});

test("an option that is not known is refused", () => {
  expect(() => parseOptions(["--enviroments", "x"], undefined)).toThrow("--enviroments");
});

test.each([
  ["", "names no folder"],
  [".", "is the project's own folder"],
  [resolve("."), "is the project's own folder"],
  ["environments", "is the folder of the environments"],
  ["environments/", "is the folder of the environments"],
  ["/", "is the root of the file system"],
])("the output can't be %j", (output, message) => {
  expect(() => parseOptions(["--output", output], undefined)).toThrow(message);
});

test.each(["dist", "./manifests", "../gitops/clusters", "environments/dist"])(
  "the output can be %j",
  (output) => {
    expect(parseOptions(["--output", output], undefined)).toMatchObject({ output });
  },
);

test("environments elsewhere want an output of their own", () => {
  expect(() => parseOptions(["--environments", "../fleet"], undefined)).toThrow("write --output too");
  expect(parseOptions(["--environments", "../fleet"], "/elsewhere")).toMatchObject({ output: "/elsewhere" });
});

test.each([
  ["ais-qa", "ais-qa"],
  ["ais-qa.yaml", "ais-qa"],
  ["environments/ais-qa.yaml", "ais-qa"],
  ["./environments/ais-qa.yaml", "ais-qa"],
  ["fleet/ais-qa.yaml", "fleet/ais-qa.yaml"],
])("%s means %s", (text, name) => {
  expect(parseOptions([text], undefined).names).toEqual([name]);
});
