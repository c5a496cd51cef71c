import { existsSync } from "node:fs";
import { moduleOf } from "../../scripts/rooms";

/** The modules of this project that a module imports, and those that these import. */
function importedBy(path: string, known = new Set<string>()): ReadonlySet<string> {
  for (const { target } of moduleOf(path).imports) {
    const file = [`${target}.ts`, `${target}/index.ts`].find((one) => existsSync(one));
    if (file === undefined || known.has(file)) continue;
    known.add(file);
    importedBy(file, known);
  }
  return known;
}

const bindings = (path: string) => [...importedBy(path)].filter((file) => file.startsWith("imports/alloy/"));

test("the bindings are written by what doesn't need them", () => {
  expect(bindings("main.ts")).toContain("imports/alloy/config.ts");
  expect(bindings("scripts/generate-alloy.ts")).toEqual([]);
});
