import { readFileSync, statSync } from "node:fs";
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { formatKey, type SettingKey } from "../../schema";
import { type Diagnostic, fileDiagnostic, type Severity } from "./diagnostic";

/** The text of a file, without a byte order mark, or what is wrong with its bytes. */
export function readText(file: string): string | Diagnostic {
  let bytes: Buffer;
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) return fileDiagnostic(file, "is a folder; make it a file, or name it otherwise");
    // A pipe would be waited for.
    if (!stats.isFile()) return fileDiagnostic(file, "is no file that can be read; make it one");
    bytes = readFileSync(file);
  } catch (error) {
    return fileDiagnostic(file, `cannot be read: ${reason(error)}; make it a file that can be`);
  }
  return decoded(file, bytes);
}

/** Making one takes longer than to read a file. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The text that a file's bytes are, without a byte order mark, or what is wrong with them. */
export function decoded(file: string, bytes: Buffer): string | Diagnostic {
  try {
    return utf8.decode(bytes);
  } catch {
    const before = bytes.toString("utf8").split("\uFFFD", 1).join("").split("\n");
    const column = (before.at(-1) ?? "").length + 1;
    return {
      severity: "error",
      file,
      line: before.length,
      column,
      key: "",
      message: "is no UTF-8 text; save the file as UTF-8",
    };
  }
}

/** An error of the file system without its path, such as `ENOENT: no such file or directory`. */
export function reason(error: unknown): string {
  return String(error)
    .replace(/^Error: /, "")
    .replace(/, .*/s, "");
}

/** More levels than any settings file has, and few enough for every recursion over them. */
export const maxDepth = 100;

/** The key of a pair as text: undefined when it is a list, a map, an alias or nothing. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key) || key.value === null || key.value === "") return undefined;
  return isMergeKey(key) ? "<<" : String(key.value);
}

/** Whether what stands after the key is merged into the map. In quotes `<<` is a key like any other. */
export function isMergeKey(key: unknown): boolean {
  // The parser's value for it is a symbol where merging is on, and its text behind a tag.
  return isScalar(key) && key.type === "PLAIN" && (typeof key.value === "symbol" || key.value === "<<");
}

/** A node of a file's document, with the offset where a mistake in it is shown. */
export interface Place {
  readonly file: YamlFile;
  readonly offset: number;
  readonly node: Node | null;
}

/** A document and the lines of its text. */
interface Parsed {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** The text of a file of settings, and the places in it. */
export class YamlFile {
  private parsed: Parsed | undefined;

  /** @param path as it is shown to the operator */
  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  get document(): Document.Parsed {
    return this.parse().document;
  }

  /** Lets go of the document, which takes far more memory than its text: who asks for a place later parses it again. */
  release(): void {
    this.parsed = undefined;
  }

  /** A diagnostic at an offset into the text. */
  diagnosticAt(offset: number, key: SettingKey, message: string, severity: Severity = "error"): Diagnostic {
    const { line, col: column } = this.parse().lines.linePos(offset);
    // An empty text has no line to count.
    return {
      severity,
      file: this.path,
      line: Math.max(line, 1),
      column: Math.max(column, 1),
      key: formatKey(key),
      message,
    };
  }

  /** An error of the file as a whole, at its first setting. */
  diagnostic(message: string): Diagnostic {
    return this.diagnosticAt(this.top().offset, [], message);
  }

  /** The place of all that the file says. */
  top(): Place {
    const { contents } = this.document;
    return { file: this, offset: contents?.range[0] ?? 0, node: contents };
  }

  /** The place of a setting, or of an item, within what stands at another place. */
  child({ node: parent }: Place, part: string | number): Place | undefined {
    const node = this.resolved(parent);
    if (isSeq<Node>(node)) {
      const item = typeof part === "number" ? node.items[part] : undefined;
      return item && this.place(item, item);
    }
    if (!isMap<Node, Node | null>(node)) return undefined;
    // The last of duplicates is the one that counts.
    const pair = node.items.findLast(({ key }) => keyText(key) === String(part));
    if (pair) return this.place(pair.key, pair.value);
    return node.items
      .filter(({ key }) => isMergeKey(key))
      .flatMap(({ value }) => (isSeq<Node>(value) ? value.items : [value]))
      .map((merged) => this.child({ file: this, offset: 0, node: merged }, part))
      .find((found) => found !== undefined);
  }

  /** The first key that has a text for its value or its own name. */
  find(text: string): SettingKey | undefined {
    return this.keyOf(text, this.document.contents, []);
  }

  private keyOf(text: string, parent: Node | null, key: SettingKey): SettingKey | undefined {
    const node = this.resolved(parent);
    // An alias of what it stands in would lead on for ever.
    if (key.length > maxDepth) return undefined;
    if (key.at(-1) === text || (isScalar(node) && node.value === text)) return key;
    for (const [part, child] of childrenOf(node)) {
      const found = this.keyOf(text, child, [...key, part]);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Whether a map stands at a place. */
  isMap({ node }: Place): boolean {
    return isMap(this.resolved(node));
  }

  private resolved(node: Node | null): Node | null | undefined {
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  private place(shown: Node, node: Node | null): Place {
    return { file: this, offset: shown.range?.[0] ?? 0, node };
  }

  private parse(): Parsed {
    if (this.parsed === undefined) {
      const lines = new LineCounter();
      const document = parseDocument(this.text, {
        lineCounter: lines,
        // A `%YAML 1.1` line would turn `yes` and `on` into booleans.
        schema: "core",
        merge: true,
        // Reported by checkStructure of value.ts, with the key.
        uniqueKeys: false,
        prettyErrors: false,
      });
      this.parsed = { document, lines };
    }
    return this.parsed;
  }
}

/** What stands in a map or a list, each with its name or index. */
function childrenOf(node: Node | null | undefined): readonly (readonly [string | number, Node | null])[] {
  if (isSeq<Node>(node)) return node.items.map((item, index) => [index, item]);
  return isMap<Node, Node | null>(node)
    ? node.items.map(({ key, value }) => [keyText(key) ?? "", value])
    : [];
}
