import { readdirSync, readFileSync } from "node:fs";
import { loadEnvironments } from "../../lib/environment";
import { pagesOf } from "../../scripts/pages";

const folder = "docs/environments";
const environments = loadEnvironments("environments");
const pages = pagesOf(environments);

describe("the committed pages", () => {
  test("are those of the environments, and no others", () => {
    expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
  });

  test.each([...pages])("%s is up to date", (name, text) => {
    expect(readFileSync(`${folder}/${name}`, "utf8")).toBe(text);
  });

  test("are the same in whatever order they are made", () => {
    const again = pagesOf([...environments].reverse());
    expect(new Map([...again].sort())).toEqual(new Map([...pages].sort()));
  });
});
