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
