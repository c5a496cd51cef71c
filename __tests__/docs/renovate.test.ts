import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

interface Config {
  readonly customManagers: readonly { readonly matchStrings: readonly string[] }[];
  readonly packageRules: readonly { readonly postUpgradeTasks?: { readonly commands: readonly string[] } }[];
}
const { customManagers, packageRules }: Config = JSON.parse(read("renovate.json"));
const [chart, alloy, image] = customManagers.map(
  ({ matchStrings }) => new RegExp(matchStrings[0] ?? "", "g"),
);

/** What Renovate takes from a file. */
const taken = (by: RegExp | undefined, text: string) =>
  by === undefined ? [] : [...text.matchAll(by)].map(({ groups }) => ({ ...groups }));

describe("renovate.json", () => {
  test("finds the chart's pin", () => {
    const { name, repository, version } = JSON.parse(read("imports/chart/versions.json"));
    expect(taken(chart, read("imports/chart/versions.json"))).toEqual([
      { depName: name, registryUrl: repository, currentValue: version },
    ]);
  });

  test("finds the version of Alloy's bindings", () => {
    const { version } = JSON.parse(read("imports/alloy/schema.json")).alloy;
    expect(taken(alloy, read("imports/alloy/schema.json"))).toEqual([{ currentValue: version }]);
  });

  const digest = `sha256:${"0".repeat(64)}`;
  test.each([
    ["images:\n  agent: v1.18.1\n", { currentValue: "v1.18.1" }],
    [
      `images:\n  reloader: v0.1.0\n  agent: "v1.18.1@${digest}"\n`,
      { currentValue: "v1.18.1", currentDigest: digest },
    ],
    ["images:\n  agent: v1.19.0-rc.0 # soon\n", { currentValue: "v1.19.0-rc.0" }],
  ])("finds Alloy's image in %j", (text, found) => {
    expect(taken(image, text)).toEqual([{ currentDigest: undefined, ...found }]);
  });

  const commands = packageRules.flatMap(({ postUpgradeTasks }) => postUpgradeTasks?.commands ?? []);

  test("runs commands that there are", () => {
    const scripts = commands.flatMap((command) => /^npm run (\S+)/.exec(command)?.[1] ?? []);
    expect(scripts).toEqual(expect.arrayContaining(["chart:upgrade", "alloy:upgrade"]));
    expect(scripts.filter((name) => !(name in JSON.parse(read("package.json")).scripts))).toEqual([]);
  });

  test("runs only what the page has an administrator allow", () => {
    const [block = ""] = /\{ "allowedCommands".*\}/.exec(read("docs/chart.md")) ?? [];
    const { allowedCommands }: { readonly allowedCommands: readonly string[] } = JSON.parse(block);
    const isAllowed = (command: string) =>
      allowedCommands.some((pattern) =>
        new RegExp(pattern).test(command.replace(/\{\{\{\w+\}\}\}/, "v1.12.0")),
      );
    expect(commands.filter((command) => !isAllowed(command))).toEqual([]);
    expect(isAllowed("npm run chart:upgrade -- 1.12.0; echo")).toBe(false);
  });
});
