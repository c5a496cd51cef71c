import { UsageError } from "../../../lib/synthesis";
import { parseChartOptions, parseUpgradeOptions } from "../../../scripts/chart/options";

const digest = "0123456789abcdef".repeat(4);

test.each([
  [[], { environments: ["environments"] }],
  [["--chart", "oci://a/b"], { environments: ["environments"], chart: "oci://a/b" }],
  [["--environments", "a", "--environments", "b"], { environments: ["a", "b"] }],
])("chart:record and chart:verify take %j", (args, options) => {
  expect(parseChartOptions("chart:record", args)).toEqual(options);
});

test.each([
  [
    ["environments"],
    "nothing is taken but options, and not environments; see npm run chart:verify -- --help",
  ],
  [["--chart"], "a value is missing after --chart; write one, and --chart=VALUE where it begins with -"],
  [
    ["--chart", "--environments", "a"],
    "a value is missing after --chart; write one, and --chart=VALUE where it begins with -",
  ],
  [["--version", "1.0.0"], "there is no option --version; see npm run chart:verify -- --help"],
  [["--chrat", "a"], "there is no option --chrat; write --chart"],
  [["--help=yes"], "--help takes no value; write --help"],
])("they refuse %j", (args, mistake) => {
  expect(() => parseChartOptions("chart:verify", args)).toThrow(new UsageError(mistake));
});

test.each([
  [["1.11.1"], { version: "1.11.1", names: [], environments: ["environments"] }],
  [["1.12.0-rc.1", "a", "b"], { version: "1.12.0-rc.1", names: ["a", "b"], environments: ["environments"] }],
  [
    ["1.11.1", "--digest", `sha256:${digest.toUpperCase()}`, "--chart", "c", "--environments", "d"],
    { version: "1.11.1", names: [], digest, chart: "c", environments: ["d"] },
  ],
])("chart:upgrade takes %j", (args, options) => {
  expect(parseUpgradeOptions(args)).toEqual(options);
});

test.each([
  [[], /^the version is missing; write npm run chart:upgrade -- VERSION, and /],
  [["1.12"], /^1\.12 is no version, such as 1\.11\.1; write npm run/],
  [["ais-qa", "1.11.1"], /^ais-qa is no version/],
  [["1.11.1", "--digest", "00"], /^00 is no SHA-256; write 64 hex digits after --digest$/],
  [["1.11.1", "--to", "a"], /^there is no option --to; see npm run chart:upgrade -- --help$/],
])("it refuses %j", (args, message) => {
  expect(() => parseUpgradeOptions(args)).toThrow(message);
});

test("they explain themselves", () => {
  expect(parseChartOptions("chart:verify", ["--help"])).toContain("npm run chart:verify\n");
  expect(parseUpgradeOptions(["-h"])).toContain("npm run chart:upgrade -- 1.11.1 ais-qa");
});
