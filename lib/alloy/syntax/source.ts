/** The text of a config, and what file it is from. */
export class Source {
  private readonly lineStarts: readonly number[];

  /** @param file how messages name the text's file; empty where it has none */
  constructor(
    readonly text: string,
    readonly file = "",
  ) {
    const starts = [0];
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
    this.lineStarts = starts;
  }

  /** The line of an offset in the text, from 1 on. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low + 1;
  }

  /** The column of an offset, from 1 on. It counts bytes of UTF-8, as Alloy's own messages do. */
  columnAt(offset: number): number {
    const before = this.text.slice(this.lineStarts[this.lineAt(offset) - 1], offset);
    return 1 + (ascii.test(before) ? before.length : new TextEncoder().encode(before).length);
  }

  /** The first line of some text that the config has, as messages show it. */
  shown(start: number, end: number): string {
    const text = this.text.slice(start, end);
    return text.length <= 40 && !text.includes("\n") ? text : `${text.slice(0, 40).split("\n")[0]}...`;
  }
}

const ascii = /^[\0-\x7f]*$/;

/** Where a piece of syntax stands in its text. */
export class Place {
  /**
   * @param start the offset of its first character
   * @param end the offset after its last character
   */
  constructor(
    readonly source: Source,
    readonly start: number,
    readonly end: number,
  ) {}

  /** The line of the first character, from 1 on. */
  get line(): number {
    return this.source.lineAt(this.start);
  }

  /** The line of the last character. */
  get endLine(): number {
    return this.source.lineAt(Math.max(this.start, this.end - 1));
  }

  /** The column of the first character, from 1 on. It counts bytes of UTF-8, as Alloy's own messages do. */
  get column(): number {
    return this.source.columnAt(this.start);
  }

  /** What stands there. */
  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }

  /** `file:line:column`, which terminals and editors can jump to. */
  toString(): string {
    const position = `${this.line}:${this.column}`;
    return this.source.file === "" ? position : `${this.source.file}:${position}`;
  }
}
