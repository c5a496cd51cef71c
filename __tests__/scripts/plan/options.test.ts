import { parsePlanOptions } from "../../../scripts/plan/options";

test("without options, what synthesizes is compared with dist/ of the last commit", () => {
  expect(parsePlanOptions([])).toEqual({
    environments: "environments",
    output: "dist",
    against: "HEAD",
    markdown: false,
    help: false,
  });
});

test("names, and what to compare with, are taken as synth takes them", () => {
  expect(
    parsePlanOptions(["--against", "origin/main", "environments/ais-qa.yaml", "--markdown"]),
  ).toMatchObject({
    against: "origin/main",
    names: ["ais-qa"],
    markdown: true,
  });
  expect(parsePlanOptions(["--environments", "../fleet", "--output", "../out"])).toMatchObject({
    environments: "../fleet",
    output: "../out",
  });
});

test.each([
  [["--agianst", "main"], "--agianst"],
  [["--against"], "--against"],
  [["--check"], "--check"],
  [["--environments", "../fleet"], "write --output too"],
  [["--output", "."], "is the project's own folder"],
])("%j is refused", (args, message) => {
  expect(() => parsePlanOptions(args)).toThrow(message);
});
