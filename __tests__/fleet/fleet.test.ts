import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { namesIn } from "../../lib/environment/setting-tree";
import { fleet, fleetFolder } from "./fleet";

/** The keys of everything that is set, those of a list's items as if they stood in the list. */
function keysOf(value: unknown, parent = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, parent));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([, entry]) => entry !== null)
    .flatMap(([name, entry]) => {
      // What an operator names stands for every name.
      const key = `${parent}${["destinations.", "secrets."].includes(parent) ? "*" : name}`;
      return [key, ...keysOf(entry, `${key}.`)];
    });
}

/** The settings that there are below a key. What the keys of Secrets are called is not among them. */
function settingsBelow(key: readonly string[]): string[] {
  const names = ["destinations", "secrets"].includes(key.join()) ? ["*"] : namesIn(key);
  return names.flatMap((name) => [
    [...key, name].join("."),
    ...(name === "keys" ? [] : settingsBelow([...key, name])),
  ]);
}

const texts = readdirSync(fleetFolder)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => readFileSync(join(fleetFolder, file), "utf8"));

describe("the fleet", () => {
  test("uses every setting, but for another version of the chart and other images", () => {
    const used = new Set(texts.flatMap((text) => keysOf(parse(text))));
    const all = settingsBelow([]).filter(
      (key) => !/^(chart_version|images)\b|^(local|remote)\.any_path$/.test(key),
    );
    expect(all).toContain("aistore.namespace");
    expect(all).toContain("destinations.*.auth.token_url");
    expect(all).toContain("secrets.*.mount");
    expect(all.filter((key) => !used.has(key))).toEqual([]);
  });

  test("uses every runtime, every way to authenticate, and a quoted boolean", () => {
    expect(new Set(fleet.map(({ containerRuntime }) => containerRuntime))).toEqual(
      new Set(["docker", "containerd", "crio"]),
    );
    const types = fleet.flatMap(({ destinations }) => destinations.map(({ auth }) => auth.type));
    expect(new Set(types)).toEqual(new Set(["none", "oauth2", "mtls", "bearer", "basic"]));
    expect(texts.join("")).toContain('https: "true"');
  });
});
