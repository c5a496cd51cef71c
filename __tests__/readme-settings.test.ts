import { readFileSync } from "node:fs";
import { defaultKeys } from "../lib/environment/settings/auth";
import { namesIn } from "../lib/environment/validate";

const readme = readFileSync("README.md", "utf8");

/** The cells of the table below a heading of columns. */
function rowsBelow(heading: RegExp): readonly (readonly string[])[] {
  const lines = readme.split("\n");
  const first = lines.findIndex((line) => heading.test(line)) + 2;
  const length = lines.slice(first).findIndex((line) => !line.startsWith("|"));
  return lines.slice(first, first + length).map((line) =>
    line
      .split("|")
      .map((cell) => cell.trim())
      .slice(1),
  );
}

/** What stands in backticks. */
function words(cell = ""): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);
}

/** The settings that a first cell names: `a.b`, `.c` for `a.c`, and `….d` for each destination's. */
function named(cell = ""): readonly string[] {
  let last = "";
  return words(cell).flatMap((word) => {
    const parent = last.slice(0, last.lastIndexOf("."));
    last = word.startsWith(".") ? `${parent}${word}` : word;
    const inEach = ["local", "remote", "destinations.<name>"].map((name) => last.replace("…", name));
    return last.startsWith("…") ? inEach : [last];
  });
}

/** The settings at and below a place, as the README writes them. */
function settingsAt(...key: readonly string[]): readonly string[] {
  const place = key.join(".").replace("aistore.", "aistore[].");
  if (/^(destinations\.<name>\.auth|secrets)$/.test(place)) return [place];
  if (place === "destinations") return settingsAt(...key, "<name>");
  const names = namesIn(key);
  const below = names.flatMap((name) => settingsAt(...key, name));
  return names.length === 0 || place === "aistore" ? [place, ...below] : below;
}

describe("the README's table of settings", () => {
  const rows = rowsBelow(/^\| setting +\| value +\|/);
  const inTable = rows
    .flatMap(([first]) => named(first))
    .map((name) => name.replace("secrets.<name>", "secrets"));
  // Of the two that each cluster has, the row of the list tells.
  const ofList = ["aistore[].namespace", "aistore[].name"];

  test("has every setting, once", () => {
    const all = namesIn().flatMap((name) => settingsAt(name));
    const own = inTable.filter((name) => !/^(controller|alloy|image|service|…)(\.|$)/.test(name));
    expect(all.length).toBeGreaterThan(60);
    expect([...own].sort()).toEqual(all.filter((name) => !ofList.includes(name)).sort());
  });

  test("tells of each in words", () => {
    expect(rows.filter(([, value, meaning]) => value === "" || meaning === "")).toEqual([]);
    const [, value] = rows.find(([first]) => first === "`aistore`") ?? [];
    expect(words(value)).toEqual(expect.arrayContaining(["namespace", "name"]));
  });
});

describe("the README's table of auth", () => {
  const rows = rowsBelow(/^\| `auth.type` \|/);

  test("has every type", () => {
    expect(rows.map(([type]) => type)).toEqual(Object.keys(defaultKeys).map((type) => `\`${type}\``));
  });

  test.each(Object.entries(defaultKeys))("has the settings and keys of %s", (type, keys) => {
    const row = rows.find(([first]) => first === `\`${type}\``) ?? [];
    const settings = namesIn(["destinations", "x", "auth"], { type });
    expect(settings).toContain("secret");
    const others = settings.filter((name) => !["type", "secret", "keys"].includes(name));
    expect(words(row[1])).toEqual(expect.arrayContaining(others));
    expect(words(row[2])).toEqual(expect.arrayContaining(Object.entries(keys).flat()));
  });
});

describe("the examples of where Secrets come from", () => {
  const page = readFileSync("docs/secrets.md", "utf8");
  const examples = [...page.matchAll(/```yaml\n(secrets:\n.*?)```/gs)].map(([, text = ""]) => text);

  test.each(["external-secrets", "vault"])("show every setting of %s", (from) => {
    const text = examples.find((one) => one.includes(`from: ${from}`)) ?? "";
    const shown = [...text.matchAll(/^ {4}(\w+): \S/gm)].map(([, name]) => name);
    expect(shown.sort()).toEqual([...namesIn(["secrets", "x"], { from })].sort());
  });
});
