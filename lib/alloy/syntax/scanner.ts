import type { Source } from "./source";

/** What a piece of a config's text is. Operators and brackets are their own kind. */
export type TokenKind =
  | "identifier"
  | "number"
  | "string"
  | "bool"
  | "null"
  | "comment"
  | "end of line"
  | "end of file"
  | "illegal"
  | Punctuation;

const punctuation = [
  ...["||", "&&", "!=", "==", "<=", ">=", "!", "=", "<", ">", "+", "-", "*", "/", "%", "^"],
  ...["{", "}", "(", ")", "[", "]", ",", "."],
] as const;

type Punctuation = (typeof punctuation)[number];

const punctuations: ReadonlyMap<string, Punctuation> = new Map(punctuation.map((text) => [text, text]));

const keywords: ReadonlyMap<string, TokenKind> = new Map([
  ["true", "bool"],
  ["false", "bool"],
  ["null", "null"],
]);

/** After these, the end of a line ends a statement. */
const endsStatement: ReadonlySet<TokenKind> = new Set<TokenKind>([
  "identifier",
  "number",
  "string",
  "bool",
  "null",
  "}",
  ")",
  "]",
]);

const identifier = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?(\d*))?/y;
const escaped =
  /\\(?:[abfnrtv\\"]|[0-7]{3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|([0-7]{1,2}|x[\da-fA-F]?|u[\da-fA-F]{0,3}|U[\da-fA-F]{0,7})?)/y;
const url = /:\/\/[^\s,\]}]*/y;
const typographic = /[“”„‘’][^“”„‘’"\n]*[“”„‘’"]?/uy;
const blanks = /[ \t\r]*/y;
const blanksAndLines = /[ \t\r\n]*/y;

/** Told of what is wrong, with the offset of it. */
export type ReportAt = (offset: number, message: string) => void;

/** Cuts a config's text into tokens. The current one is `kind`, from `start` to `end`. */
export class Scanner {
  kind: TokenKind = "illegal";
  start = 0;
  end: number;
  private endsLine = false;

  constructor(
    private readonly source: Source,
    private readonly report: ReportAt,
  ) {
    // A byte order mark may stand first.
    this.end = source.text.startsWith("\uFEFF") ? 1 : 0;
    for (const { index, 0: character } of source.text.matchAll(/[\0\uFEFF]/g)) {
      if (character === "\0") {
        report(index, "the character NUL can't stand in a config; remove it");
      } else if (index > 0) report(index, "a byte order mark can only stand first; remove it");
    }
  }

  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }

  /** Goes to the next token. At the end of the file it stays there. */
  next(): void {
    this.start = this.after(this.endsLine ? blanks : blanksAndLines, this.end);
    this.kind = this.scan(this.source.text[this.start]);
    this.endsLine = this.kind === "illegal" ? this.endsLine : endsStatement.has(this.kind);
  }

  /** The offset after what a pattern finds at another. */
  private after(pattern: RegExp, offset: number): number {
    pattern.lastIndex = offset;
    return pattern.test(this.source.text) ? pattern.lastIndex : offset;
  }

  private scan(character: string | undefined): TokenKind {
    const { start, source } = this;
    if (character === undefined) {
      this.end = start;
      return this.endsLine ? "end of line" : "end of file";
    }
    this.end = this.after(identifier, start);
    if (this.end > start && !this.endsLine && source.text.startsWith("://", this.end)) {
      this.report(this.end, ": can't stand here; write a URL in double quotes");
      this.end = this.after(url, this.end);
      return "string";
    }
    if (this.end > start) return keywords.get(this.text) ?? "identifier";
    this.end = this.after(number, start);
    if (this.end > start) return this.number();
    this.end = start + 1;
    switch (character) {
      case "\n":
        return "end of line";
      case '"':
        return this.quoted('"');
      case "'":
        this.report(start, "a string stands in double quotes; write \" for '");
        return this.quoted("'");
      case "`":
        return this.raw();
      case "/":
        if (source.text[this.end] === "/" || source.text[this.end] === "*") return this.comment();
        break;
      // What other languages write is read as what is meant, so that nothing that follows from it is wrong too.
      case "#":
        return this.comment();
      case ":":
        this.report(start, ": can't stand here; a name and its value have = between them");
        return "=";
      case ";":
        this.report(start, "; can't stand here; write each statement on a line of its own");
        return "end of line";
      case "“":
      case "”":
      case "„":
      case "‘":
      case "’":
        this.report(start, `${character} is no quote that Alloy knows; write "`);
        this.end = this.after(typographic, start);
        return "string";
    }
    return this.punctuation(character);
  }

  private number(): TokenKind {
    if (/[eE][-+]?$/.test(this.text)) this.report(this.start, `${this.text} has no digits after the e`);
    return "number";
  }

  private punctuation(character: string): TokenKind {
    const { text } = this.source;
    const long = punctuations.get(text.slice(this.start, this.start + 2));
    if (long !== undefined) {
      this.end = this.start + 2;
      return long;
    }
    const short = punctuations.get(character);
    if (short !== undefined) return short;
    if (character === "|" || character === "&") {
      this.report(this.end, `write ${character}${character}`);
      return character === "|" ? "||" : "&&";
    }
    const whole = String.fromCodePoint(text.codePointAt(this.start) ?? 0);
    this.end = this.start + whole.length;
    // Those are told already.
    const isTold = whole === "\0" || whole === "\uFEFF";
    if (!isTold) this.report(this.start, `${whole} can't stand here; remove it`);
    return "illegal";
  }

  /** A string up to its closing quote, or to the end of the line, whose escapes are checked. */
  private quoted(quote: string): TokenKind {
    const { text } = this.source;
    for (;;) {
      const character = text[this.end];
      if (character === undefined || character === "\n") {
        this.report(this.start, `the string has no end; close it by ${quote} on the same line`);
        return "string";
      }
      if (character === "\\") {
        this.escape();
      } else {
        this.end += 1;
      }
      if (character === quote) return "string";
    }
  }

  private escape(): void {
    const { text } = this.source;
    const at = this.end + 1;
    escaped.lastIndex = this.end;
    const [found = "\\", cut] = escaped.exec(text) ?? [];
    this.end += found.length;
    if (found === "\\") {
      const character = text[at];
      const backslash =
        character === undefined ? "" : "; write \\\\ for a backslash, or the string in backticks";
      this.report(at, `\\${character ?? ""} is no escape that Alloy knows${backslash}`);
    } else if (cut !== undefined) {
      this.report(at, `the escape ${found} needs more digits`);
    } else if (!isCodePoint(found)) {
      this.report(at, `the escape ${found} stands for no character`);
    }
  }

  private raw(): TokenKind {
    const end = this.source.text.indexOf("`", this.end);
    this.end = end < 0 ? this.source.text.length : end + 1;
    if (end < 0) this.report(this.start, "the string has no end; close it by `");
    return "string";
  }

  private comment(): TokenKind {
    const { text } = this.source;
    const isOther = text[this.start] === "#";
    if (isOther) this.report(this.start, "# begins no comment; write //");
    if (this.endsLine && this.isLastOfLine(this.start)) {
      // What stood before is at its end; the comment comes next.
      this.end = this.start;
      return "end of line";
    }
    if (isOther || text[this.end] === "/") {
      const end = text.indexOf("\n", this.end);
      this.end = end < 0 ? text.length : end;
      return "comment";
    }
    const end = text.indexOf("*/", this.end + 1);
    this.end = end < 0 ? text.length : end + 2;
    if (end < 0) this.report(this.start, "the comment has no end; close it by */");
    return "comment";
  }

  /** Whether nothing but comments stands between an offset and the end of its line. */
  private isLastOfLine(offset: number): boolean {
    const { text } = this.source;
    for (let at = offset; ; ) {
      if (text.startsWith("//", at) || text[at] === "#") return true;
      if (!text.startsWith("/*", at)) return false;
      const end = text.indexOf("*/", at + 2);
      const line = text.indexOf("\n", at);
      if (end < 0 || (line >= 0 && line < end)) return true;
      at = this.after(blanks, end + 2);
      if (at >= text.length || text[at] === "\n") return true;
    }
  }
}

function isCodePoint(sequence: string): boolean {
  const hex = /^\\[xuU](.+)$/.exec(sequence)?.[1];
  const octal = /^\\([0-7]{3})$/.exec(sequence)?.[1];
  if (octal !== undefined) return Number.parseInt(octal, 8) <= 0xff;
  if (hex === undefined) return true;
  const code = Number.parseInt(hex, 16);
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}
