import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Tags,
  visit,
} from "yaml";
import { kubernetesTags } from "../../lib/chart";
import { isMergeKey, keyText, syntaxMistake } from "../../lib/environment";
import type { Say } from "./report";
import type { Place, Value } from "./value";

/** What one of today's files says. */
export interface ReadFile {
  /** One value for each document; none for one that says nothing. */
  readonly documents: readonly Value[];
  /** What it says of itself: the comments at its top, before an empty line, and at its end. */
  readonly comments: readonly string[];
}

/**
 * Reads a file as Helm does, by Go's YAML: `yes` and `on` are booleans, and times are texts.
 *
 * @param file as it is shown to the operator
 * @param refuse is told what is wrong with its syntax: nothing is read then
 * @param tell is told what counts for nothing, though the syntax is right
 */
export function readValues(file: string, text: string, refuse: Say, tell: Say): ReadFile {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const documents = parseAllDocuments(text, {
    version: "1.1",
    customTags: tagsOfGo,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  const parsed = Array.isArray(documents) ? documents : [];
  for (const { errors } of parsed) {
    for (const error of errors.slice(0, 1)) {
      const { offset, message } = syntaxMistake(text, error);
      refuse(placeAt(offset), [], message);
      return { documents: [], comments: [] };
    }
  }
  const comments = new Comments(text, parsed, placeAt);
  let aliases = 0;
  const read = parsed.flatMap((document) => {
    const resolve = (node: Node | null) => {
      if (!isAlias(node)) return node;
      aliases++;
      return aliases > mostAliases ? null : node.resolve(document);
    };
    const { contents } = document;
    return contents === null
      ? []
      : new Reader(resolve, placeAt, comments, tell).value(contents, contents, []);
  });
  if (aliases > mostAliases) {
    refuse(placeAt(0), [], "has too many aliases; write the values");
    return { documents: [], comments: [] };
  }
  return { documents: read, comments: comments.ofFile };
}

/** More than people write. Aliases of what has aliases multiply. */
const mostAliases = 10_000;

/** YAML as Kubernetes reads it, without what of YAML 1.1 Go doesn't have. */
function tagsOfGo(tags: Tags): Tags {
  const others = /:(binary|omap|pairs|set)$/;
  return kubernetesTags(tags).filter((tag) => typeof tag === "string" || !others.test(tag.tag));
}

/** The comments of a file, by the lines of what they are of. */
class Comments {
  /** Those of the file itself. */
  readonly ofFile: readonly string[];
  private readonly lines: readonly string[];
  /** The lines inside of texts of several lines, where # begins no comment. */
  private readonly inTexts = new Set<number>();

  constructor(text: string, documents: readonly Document.Parsed[], placeAt: (offset: number) => Place) {
    this.lines = text.split(/\r?\n/);
    for (const document of documents) {
      visit(document, {
        Scalar: (_, { range }) => {
          if (!range) return;
          const [from, to] = [placeAt(range[0]).line, placeAt(range[1] - 1).line];
          for (let line = from + 1; line <= to; line++) this.inTexts.add(line);
        },
      });
    }
    const first = this.lines.findIndex((_, index) => !this.isAside(index + 1)) + 1;
    const last = this.lines.findLastIndex((_, index) => !this.isAside(index + 1)) + 1;
    const above = this.lines.slice(0, Math.max(first - 1, 0));
    const blank = above.findLastIndex((line) => line.trim() === "");
    this.headLines = blank + 1;
    this.ofFile = [above.slice(0, this.headLines), this.lines.slice(last)].flatMap(textOf);
  }

  /** How many lines at the top are of the file itself. */
  private readonly headLines: number;

  /** The comment above a line, and that at its end. */
  of(line: number, node: Node | null): string | undefined {
    let from = line;
    while (from - 1 > this.headLines && this.isAside(from - 1)) from--;
    const beside = isScalar(node) && node.range && node.comment && this.lines[line - 1]?.includes("#");
    return textOf([...this.lines.slice(from - 1, line - 1), ...(beside ? [`#${node.comment}`] : [])])[0];
  }

  private isAside(line: number): boolean {
    return !this.inTexts.has(line) && /^\s*(#|$)/.test(this.lines[line - 1] ?? "");
  }
}

/** The comment that lines are, without its signs. */
function textOf(lines: readonly string[]): readonly string[] {
  const words = lines.filter((line) => line.trim() !== "").map((line) => line.replace(/^\s*#/, ""));
  return words.length === 0 ? [] : [words.join("\n")];
}

/** Makes values of a document's nodes. */
class Reader {
  constructor(
    private readonly resolve: (node: Node | null) => Node | null | undefined,
    private readonly placeAt: (offset: number) => Place,
    private readonly comments: Comments,
    private readonly tell: Say,
  ) {}

  /**
   * @param at the node where it is shown: its key, where it has one
   * @param parents the nodes that it stands in
   */
  value(node: Node | null, at: Node, parents: readonly Node[]): Value {
    const place = this.place(at);
    const resolved = this.resolve(node) ?? null;
    // The first key of a map stands where the map does.
    const text = node === at && isMap(node) ? undefined : this.comments.of(place.line, node);
    const comment = text === undefined ? {} : { comment: text };
    if (resolved !== null && parents.includes(resolved)) {
      this.tell(place, [], "is an alias of what it stands in; left out");
      return { place, ...comment, content: null };
    }
    if (isMap<Node, Node | null>(resolved)) {
      const content = new Map<string, Value>();
      this.entries(resolved, content, [...parents, resolved]);
      return { place, ...comment, content };
    }
    if (isSeq<Node | null>(resolved)) {
      const items = resolved.items.map((item) => this.value(item, item ?? resolved, [...parents, resolved]));
      return { place, ...comment, content: items };
    }
    const content = isScalar(resolved) ? resolved.value : null;
    return { place, ...comment, content: isPlain(content) ? content : String(content) };
  }

  private entries(map: Node, content: Map<string, Value>, parents: readonly Node[]): void {
    if (!isMap<Node, Node | null>(map)) return;
    const merges: (Node | null)[] = [];
    for (const { key, value } of map.items) {
      if (isMergeKey(key)) {
        merges.push(value);
        continue;
      }
      const name = keyText(key);
      const place = this.place(key);
      if (name === undefined) {
        this.tell(place, [], "has a list, a map or nothing for a name, as {{ }} makes one; left out");
        continue;
      }
      if (content.has(name)) {
        const first = content.get(name)?.place ?? place;
        this.tell(first, [name], `is set again in line ${place.line}, which counts; left out`);
      }
      content.set(name, this.value(value, key, parents));
    }
    for (const merge of merges) this.merge(merge, content, parents);
  }

  /** What a merge key brings: what the map has itself counts. */
  private merge(node: Node | null, content: Map<string, Value>, parents: readonly Node[]): void {
    const resolved = this.resolve(node) ?? null;
    if (resolved === null || parents.includes(resolved)) return;
    if (isSeq<Node | null>(resolved)) {
      for (const item of resolved.items) this.merge(item, content, [...parents, resolved]);
      return;
    }
    const brought = new Map<string, Value>();
    this.entries(resolved, brought, [...parents, resolved]);
    for (const [name, value] of brought) if (!content.has(name)) content.set(name, value);
  }

  private place(node: Node): Place {
    return this.placeAt(node.range?.[0] ?? 0);
  }
}

function isPlain(content: unknown): content is string | number | boolean | null {
  return content === null || ["string", "number", "boolean"].includes(typeof content);
}
