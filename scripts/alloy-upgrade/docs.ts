import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** What the reference documentation says of an attribute, in its cells. */
export interface DocumentedAttribute {
  readonly type: string;
  readonly description: string;
  /** As it stands there, without the backticks around it; undefined in an empty cell. */
  readonly default: string | undefined;
}

/** What the page of a component, or of a block that configures Alloy, has. */
export interface Page {
  /** Its path in Alloy's repository. */
  readonly path: string;
  /** Its sections by anchor; that of the arguments is `arguments`. */
  readonly sections: ReadonlyMap<string, Section>;
  /** The anchors of blocks, by the names on the way to each, with `/` between them. */
  readonly blocks: ReadonlyMap<string, string>;
  /** Without code. */
  readonly text: string;
}

export interface Section {
  readonly attributes: ReadonlyMap<string, DocumentedAttribute>;
  readonly text: string;
}

const reference = "docs/sources/reference";

/** The pages of a version's reference documentation, by the name of what they describe. */
export function readPages(folder: string): ReadonlyMap<string, Page> {
  const files = ["components", "config-blocks"].flatMap((part) =>
    readdirSync(join(folder, reference, part), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md") && !file.endsWith("_index.md"))
      .sort()
      .map((file) => `${reference}/${part}/${file}`),
  );
  return new Map(
    files.map((path) => [basename(path, ".md"), parsePage(path, withShared(read(folder, path), folder))]),
  );
}

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

/** A page with the texts put in that it has in common with others: each is a file of its own. */
function withShared(text: string, folder: string): string {
  return text.replace(/\{\{< docs\/shared lookup="([^"]+)".*?>\}\}/g, (_, lookup: string) => {
    const path = `docs/sources/shared/${lookup}`;
    return existsSync(join(folder, path)) ? withShared(withoutHead(read(folder, path)), folder) : "";
  });
}

function withoutHead(text: string): string {
  return text.replace(/^---\n[\s\S]*?\n---\n/, "");
}

/** @param path named in the page, not read */
export function parsePage(path: string, source: string): Page {
  const text = withoutHead(source).replace(/^```[\s\S]*?^```/gm, "");
  const links = new Map(
    [...text.matchAll(/^\[([^\]]+)\]:\s*#(\S+)/gm)].map(([, name = "", anchor = ""]) => [name, anchor]),
  );
  const sections = new Map<string, Section>();
  for (const part of text.split(/^(?=#{2,6} )/m)) {
    const [heading = ""] = /^#{2,6} .*/.exec(part) ?? [];
    const anchor = anchorOf(heading.replace(/^#+ /, ""));
    if (heading === "") continue;
    sections.set(uniqueAnchor(anchor, sections), { attributes: attributesIn(part), text: part });
  }
  return { path, sections, blocks: blocksIn(text, links), text };
}

function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, "")
    .replaceAll(" ", "-");
}

/** The anchor of a section. Later sections of the same heading have a number, as on the site. */
function uniqueAnchor(anchor: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(anchor)) return anchor;
  let number = 1;
  while (taken.has(`${anchor}-${number}`)) number++;
  return `${anchor}-${number}`;
}

/**
 * The anchor of the section that describes a body: the one that the table of blocks links to, or one that has the block's
 * name, whichever describes the most of its attributes.
 *
 * @param path the names of the blocks on the way; none for the body of the component
 * @returns undefined where no section describes it
 */
export function anchorFor(
  page: Page,
  path: readonly string[],
  attributes: readonly string[],
): string | undefined {
  const last = anchorOf(path.at(-1) ?? "arguments");
  const known = (anchor: string) =>
    attributes.filter((name) => page.sections.get(anchor)?.attributes.has(name)).length;
  const named = [page.blocks.get(path.join("/")) ?? "", anchorOf(path.join(" > "))].filter((anchor) =>
    page.sections.has(anchor),
  );
  const called = [...page.sections.keys()].filter(
    (anchor) => anchor.split("-").includes(last) && known(anchor) * 2 >= attributes.length,
  );
  const [best] = [...named, ...called].sort((one, other) => known(other) - known(one));
  return best;
}

function attributesIn(text: string): ReadonlyMap<string, DocumentedAttribute> {
  const rows = [...rowsOf(text, "Name"), ...rowsOf(text, "Attribute")];
  return new Map(
    rows.flatMap(({ Name, Attribute = "", Type = "", Description = "", Default = "" }) =>
      // A row may be of several attributes.
      (Name ?? Attribute)
        .split(",")
        .map((name) => [
          plain(name),
          { type: plain(Type), description: Description, default: literalIn(Default) },
        ]),
    ),
  );
}

/** The value in a cell; undefined where it is a sentence. */
function literalIn(cell: string): string | undefined {
  return /^`([^`]+)`$/.exec(cell)?.[1] ?? /^[^\s`_([]\S*$/.exec(cell)?.[0];
}

function blocksIn(text: string, links: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    rowsOf(text, "Block").flatMap(({ Block = "" }) => {
      const path = [...Block.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name.trim());
      const [, link] = /\]\[([^\]]+)\]\s*$/.exec(Block) ?? [];
      const [, direct] = /\]\(#([^)]+)\)\s*$/.exec(Block) ?? [];
      const anchor = direct ?? links.get(link ?? "");
      return path.length > 0 && anchor !== undefined ? [[path.join("/"), anchor] as const] : [];
    }),
  );
}

type Row = Readonly<Record<string, string>>;

/** The rows of all tables whose first column has a name. */
function rowsOf(text: string, first: string): readonly Row[] {
  const rows: Row[] = [];
  let columns: readonly string[] | undefined;
  for (const line of text.split("\n")) {
    if (!line.trimStart().startsWith("|")) {
      columns = undefined;
      continue;
    }
    const cells = line
      .trim()
      .replace(/^\||\|$/g, "")
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll("\\|", "|"));
    if (columns === undefined) columns = cells;
    else if (columns[0] === first && !/^[-: ]+$/.test(cells.join(""))) {
      const names = columns;
      rows.push(Object.fromEntries(cells.map((cell, index) => [names[index] ?? "", cell])));
    }
  }
  return rows;
}

function plain(cell: string): string {
  return cell.trim().replace(/^`+\s?|\s?`+$/g, "");
}
