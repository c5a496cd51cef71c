import { existsSync, readdirSync, readFileSync } from "node:fs";
import { scripts } from "../../package.json";

const text = readFileSync("CONTRIBUTING.md", "utf8");
const names = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);

test("CONTRIBUTING.md has the rooms of lib", () => {
  const rooms = [...text.matchAll(/^\| `lib\/(\w+)` /gm)].map(([, room]) => room);
  const folders = readdirSync("lib", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(rooms.toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
});

describe("what CONTRIBUTING.md names", () => {
  test("is there", () => {
    const paths = names(text.replaceAll(/^```.*?^```$/gms, "")).filter((name) =>
      /^(lib|scripts|__tests__|imports)\/[\w/.-]+$/.test(name),
    );
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  test("are commands that there are", () => {
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !Object.keys(scripts).includes(name))).toEqual([]);
  });
});
