import { anchorsOf } from "./links";

/** A row of a table, by its columns. */
export type Row = readonly string[];

/** What stands below a heading of a page of the reference. */
export interface ReferenceSection {
  readonly title: string;
  readonly text: string;
  readonly rows: readonly Row[];
}

/** The sections of a page, by the names that links have for them. */
export function sectionsOf(text: string): ReadonlyMap<string, ReferenceSection> {
  const anchors = anchorsOf(text);
  const parts = text
    .replaceAll(/^```.*?^```$/gms, (block) => block.replaceAll(/^#/gm, " #"))
    .split(/^(?=#+ )/m);
  return new Map(
    parts.map((part, index) => {
      const [heading = "", ...lines] = part.split("\n");
      const rows = lines.filter((line) => line.startsWith("| ")).map(cellsOf);
      return [anchors[index] ?? "", { title: heading.replace(/^#+ /, ""), text: lines.join("\n"), rows }];
    }),
  );
}

/** A pipe that is escaped ends no cell. */
export function cellsOf(line: string): Row {
  return line
    .replace(/^\| | \|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** What Alloy calls what a row is of: the last of its names that is no text of TypeScript. */
export function namesIn([cell = ""]: Row): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}
