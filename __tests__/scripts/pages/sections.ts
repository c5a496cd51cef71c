/** Markdown without the blanks that bring a table's columns in line. */
export function unpadded(markdown: string): string {
  return markdown.replace(/ +\|/g, " |").replace(/-{4,}/g, "---");
}

/** What stands below each heading of the third level: text, and a table's rows without their header. */
export function sectionsOf(markdown: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    unpadded(markdown)
      .split("\n### ")
      .slice(1)
      .map((section) => {
        const [title = "", ...lines] = section.split("\n").filter((line) => line !== "");
        return [title, lines[0]?.startsWith("|") ? lines.slice(2) : lines] as const;
      }),
  );
}
