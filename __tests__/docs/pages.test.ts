import { dirname, join } from "node:path";
import { linksOf, reaches } from "./links";
import { pages } from "./pages";

describe("links of the pages", () => {
  const links = pages.flatMap((page) => linksOf(page).map((link): [string, string] => [page.path, link]));

  test("are found, and only those that reach something are right", () => {
    expect(links).toContainEqual(["README.md", "docs/settings.md"]);
    expect(reaches("README.md", "docs/gitops.md#from-the-helm-release")).toBe(true);
    expect(reaches("README.md", "docs/gitops.md#from-the-helm-releases")).toBe(false);
    expect(reaches("README.md", "docs/gitop.md")).toBe(false);
  });

  test("reach what they name", () => {
    expect(links.filter(([page, link]) => !reaches(page, link))).toEqual([]);
  });
});

describe("a page", () => {
  const longest = (path: string) =>
    ({ "README.md": 120, "CHANGELOG.md": Number.POSITIVE_INFINITY })[path] ?? 200;
  const lines = pages.map(({ path, text }): [string, readonly string[]] => [
    path,
    text.trimEnd().split("\n"),
  ]);

  test.each(lines)("is read at one sitting: %s", (path, all) => {
    expect(all.length).toBeLessThanOrEqual(longest(path));
  });

  test.each(lines)("has tables that are read as text: %s", (_, all) => {
    const rows = all.filter((line) => line.startsWith("|"));
    expect(rows.filter((line) => line.length > 120)).toEqual([]);
    // Rows of one width stand in columns.
    const widths = all.map((line) => (line.startsWith("|") ? line.length : 0));
    const uneven = widths.flatMap((width, index) => {
      const before = widths[index - 1] ?? 0;
      return width > 0 && before > 0 && width !== before ? [all[index]] : [];
    });
    expect(uneven).toEqual([]);
  });

  test("is read from another", () => {
    const named = new Set(
      pages.flatMap((page) =>
        linksOf(page).map((link) => join(dirname(page.path), link.split("#")[0] ?? "")),
      ),
    );
    expect(pages.map(({ path }) => path).filter((path) => path !== "README.md" && !named.has(path))).toEqual(
      [],
    );
  });
});
