/** A text that stands in a file, maybe within another text of it, and where each of its characters does. */
export class LocatedText {
  /** @param origin the offset in the file of a character of the text */
  private constructor(
    readonly text: string,
    readonly file: TextFile,
    private readonly origin: (offset: number) => number,
  ) {}

  static of(file: TextFile): LocatedText {
    return new LocatedText(file.text, file, (offset) => offset);
  }

  /** A part of this text, as something that was written there: its characters stand there in this order, with others between. */
  written(value: string, from: number, to: number): LocatedText {
    const source = this.text.slice(from, to);
    const offsets = source.startsWith('"') ? unescaped(source) : aligned(value, source);
    return new LocatedText(value, this.file, (offset) =>
      this.origin(from + (offsets[offset] ?? source.length)),
    );
  }

  /** This text with others in the place of some of its parts, each of which stands where the part does. */
  replaced(pattern: RegExp, by: (match: string, offset: number) => string): LocatedText {
    const offsets: number[] = [];
    let text = "";
    let last = 0;
    const copy = (to: number) => {
      for (let offset = last; offset < to; offset++) offsets.push(offset);
      text += this.text.slice(last, to);
    };
    for (const { 0: match, index } of this.text.matchAll(pattern)) {
      copy(index);
      const other = by(match, index);
      offsets.push(...new Array<number>(other.length).fill(index));
      text += other;
      last = index + match.length;
    }
    copy(this.text.length);
    return new LocatedText(text, this.file, (offset) => this.origin(offsets[offset] ?? this.text.length));
  }

  /** Where a character stands. */
  at(offset: number): { readonly line: number; readonly column: number } {
    return this.file.placeOf(this.origin(offset));
  }
}

/** A file, by its lines. */
export class TextFile {
  private readonly starts: readonly number[];

  constructor(
    readonly name: string,
    readonly text: string,
  ) {
    this.starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  /** From 1. */
  placeOf(offset: number): { readonly line: number; readonly column: number } {
    const line = this.starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (this.starts[line] ?? 0) + 1 };
  }
}

/** Where each character of a text in double quotes stands, of JSON or YAML. */
function unescaped(source: string): readonly number[] {
  const offsets: number[] = [];
  const lengths: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };
  for (let offset = 1; offset < source.length; ) {
    offsets.push(offset);
    offset += source[offset] === "\\" ? (lengths[source[offset + 1] ?? ""] ?? 2) : 1;
  }
  return offsets;
}

/** Where each character of a text stands that is written as it is, with blanks, line ends and marks between. */
function aligned(value: string, source: string): readonly number[] {
  let offset = 0;
  return [...value.split("")].map((character) => {
    if (/\s/.test(character)) return offset;
    const found = source.indexOf(character, offset);
    if (found === -1) return offset;
    offset = found + 1;
    return found;
  });
}
