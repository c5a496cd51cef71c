import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Page, pages } from "./pages";

/** The text without what is code. */
function prose(text: string): string {
  return text.replaceAll(/^```.*?^```$/gms, "").replaceAll(/`[^`]*`/g, "");
}

/** What links of the page name, but for what is elsewhere on the network. */
function linksOf({ text }: Page): readonly string[] {
  return [...prose(text).matchAll(/\]\(([^)]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^https?:/.test(link));
}

/** The names by which a forge's links reach headings. */
function anchorsOf(text: string): readonly string[] {
  return [...text.replaceAll(/^```.*?^```$/gms, "").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function reaches(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const file = path === "" ? page : join(dirname(page), path);
  if (!existsSync(file)) return false;
  return (
    anchor === undefined ||
    (statSync(file).isFile() && anchorsOf(readFileSync(file, "utf8")).includes(anchor))
  );
}

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
