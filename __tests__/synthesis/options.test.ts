import { join, resolve } from "node:path";
import { parseOptions, parseOptionsAlone, parseWords, UsageError } from "../../lib/synthesis";

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
  [["--chek"], "there is no option --chek; write --check"],
  [["-x"], "there is no option -x; see npm run synth -- --help"],
  [["--constructor"], "there is no option --constructor; see npm run synth -- --help"],
  [["--check=no"], "--check takes no value; write --check"],
  [["--output"], "a value is missing after --output; write one, and --output=VALUE where it begins with -"],
  [
    ["--output", "--check"],
    "a value is missing after --output; write one, and --output=VALUE where it begins with -",
  ],
])("%j is refused", (args, message) => {
  expect(() => parseOptions(args, undefined)).toThrow(new UsageError(message));
});

test("an option that npm has taken for its own is missed, by its script alone", () => {
  const words = { check: { type: "boolean" }, git: { type: "string" } } as const;
  const taken = { npm_lifecycle_event: "synth", npm_config_check: "true", npm_config_git: "/usr/bin/git" };
  expect(() => parseWords("synth", [], words, taken)).toThrow(
    new UsageError("--check stands before --, where npm takes it; write npm run synth -- --check"),
  );
  expect(parseWords("plan", [], words, taken).values).toEqual({});
  expect(parseWords("synth", ["--check"], words, { ...taken, npm_config_check: undefined }).values).toEqual({
    check: true,
  });
});

test("a command without words refuses them", () => {
  expect(() => parseOptionsAlone("generate:pages", ["lab-1"], {})).toThrow(
    new UsageError("nothing is taken but options, and not lab-1; see npm run generate:pages -- --help"),
  );
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
