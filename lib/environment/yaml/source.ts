import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { formatKey, isRecord, type SettingKey } from "../../schema";
import type { Problem } from "./problem";

/** The key of a pair as text: undefined when it is a list, a map, an alias or nothing. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key) || key.value === null || key.value === "") return undefined;
  return isMergeKey(key) ? "<<" : String(key.value);
}

/** Whether what stands after the key is merged into the map. In quotes `<<` is a key like any other. */
export function isMergeKey(key: unknown): boolean {
  // The parser's value for it, where merging is on.
  return isScalar(key) && typeof key.value === "symbol";
}

/** A node of the document, with the offset where a problem with it is shown. */
interface Place {
  readonly offset: number;
  readonly node: Node | null;
}

/** A document and the lines of its text. */
interface Parsed {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** The text of an environment file, and the way from a setting to its place in it. */
export class EnvironmentSource {
  private parsed: Parsed | undefined;

  /** @param file as it is shown to the operator */
  constructor(
    readonly file: string,
    private readonly text: string,
  ) {}

  get document(): Document.Parsed {
    return this.parse().document;
  }

  /** Lets go of the document, which takes far more memory than its text: who asks for a place later parses it again. */
  release(): void {
    this.parsed = undefined;
  }

  /** A problem at the place of a setting; of its nearest existing parent when it isn't in the file. */
  problem(key: SettingKey, message: string): Problem {
    return this.problemAt(this.locate(key), key, message);
  }

  /** A problem at an offset into the text. */
  problemAt(offset: number, key: SettingKey, message: string): Problem {
    const { line, col: column } = this.parse().lines.linePos(offset);
    // An empty text has no line to count.
    return {
      file: this.file,
      line: Math.max(line, 1),
      column: Math.max(column, 1),
      key: formatKey(key),
      message,
    };
  }

  /** The first setting or chart value that is a text, or has it for its own name. */
  find(text: string): SettingKey | undefined {
    return keyOf(text, this.document.toJS(), []);
  }

  private parse(): Parsed {
    if (this.parsed === undefined) {
      const lines = new LineCounter();
      const document = parseDocument(this.text, {
        lineCounter: lines,
        // A `%YAML 1.1` line would turn `yes` and `on` into booleans.
        schema: "core",
        merge: true,
        // Reported by checkStructure, with the key.
        uniqueKeys: false,
        prettyErrors: false,
      });
      this.parsed = { document, lines };
    }
    return this.parsed;
  }

  private locate(key: SettingKey): number {
    const { contents } = this.document;
    let place: Place = { offset: contents?.range[0] ?? 0, node: contents };
    for (const part of key) {
      const child = this.child(place.node, part);
      if (child === undefined) break;
      place = child;
    }
    return place.offset;
  }

  private child(parent: Node | null, part: string | number): Place | undefined {
    const node = isAlias(parent) ? parent.resolve(this.document) : parent;
    if (isSeq<Node>(node)) {
      const item = typeof part === "number" ? node.items[part] : undefined;
      return item && place(item, item);
    }
    if (!isMap<Node, Node | null>(node)) return undefined;
    // The last of duplicates is the one that counts.
    const pair = node.items.findLast(({ key }) => keyText(key) === String(part));
    if (pair) return place(pair.key, pair.value);
    return node.items
      .filter(({ key }) => isMergeKey(key))
      .flatMap(({ value }) => (isSeq<Node>(value) ? value.items : [value]))
      .map((merged) => this.child(merged, part))
      .find((found) => found !== undefined);
  }
}

function place(shown: Node, node: Node | null): Place {
  return { offset: shown.range?.[0] ?? 0, node };
}

function keyOf(text: string, value: unknown, key: SettingKey): SettingKey | undefined {
  if (value === text || key.at(-1) === text) return key;
  if (Array.isArray(value)) return first(value.entries(), text, key);
  return isRecord(value) ? first(Object.entries(value), text, key) : undefined;
}

function first(
  entries: Iterable<readonly [string | number, unknown]>,
  text: string,
  parent: SettingKey,
): SettingKey | undefined {
  for (const [name, value] of entries) {
    const key = keyOf(text, value, [...parent, name]);
    if (key !== undefined) return key;
  }
  return undefined;
}
