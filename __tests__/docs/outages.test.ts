import { readdirSync, readFileSync } from "node:fs";

const page = readFileSync("docs/outages.md", "utf8");
const tests = readdirSync("__tests__", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts") && !file.endsWith("outages.test.ts"))
  .map((file) => readFileSync(`__tests__/${file}`, "utf8"));

describe("docs/outages.md", () => {
  const named = [...page.matchAll(/\[\*([^*]+)\*\]/g)].map(([, title = ""]) => title.replaceAll(/\s+/g, " "));

  test("names tests", () => {
    expect(named.length).toBeGreaterThan(5);
  });

  test.each(named)("names a test that there is: %s", (title) => {
    const parts = title.split(" › ");
    expect(tests.some((text) => parts.every((part) => text.includes(part)))).toBe(true);
  });
});
