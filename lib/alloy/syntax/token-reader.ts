import { Scanner, type TokenKind } from "./scanner";
import { Place, type Source } from "./source";
import type { Comment } from "./tree";

/** What is wrong at a place of a text, and what to write instead. */
export interface SyntaxMistake {
  readonly at: Place;
  readonly message: string;
}

/** How many levels of values and blocks there may be: more than any config has, and few enough for all that walks them. */
const mostLevels = 500;

/**
 * Reads a text token by token. After a mistake it goes on where Alloy's own parser does, but after what is plainly meant,
 * such as a comment that begins with `#`: there it goes on as if that stood there.
 */
export abstract class TokenReader {
  protected readonly comments: Comment[] = [];
  protected readonly mistakes: SyntaxMistake[] = [];
  protected readonly scanner: Scanner;
  /** How deep the current token stands. */
  protected levels = 0;
  private readonly wrong = new Set<number>();
  private lastLine = 0;
  /** Where the token before the current one ends. */
  private end = 0;

  constructor(protected readonly source: Source) {
    this.scanner = new Scanner(source, (offset, message) => this.report(offset, message));
    this.next();
  }

  /** Where the last token ends. */
  protected get lastEnd(): number {
    return this.end;
  }

  protected get kind(): TokenKind {
    return this.scanner.kind;
  }

  protected is(kind: TokenKind): boolean {
    return this.scanner.kind === kind;
  }

  protected next(): void {
    const { scanner } = this;
    this.end = scanner.end;
    scanner.next();
    for (; scanner.kind === "comment"; scanner.next()) {
      this.comments.push({
        text: scanner.text.replace(/\r+(?=\n|$)/g, ""),
        at: this.from(scanner.start, scanner.end),
      });
    }
  }

  protected from(start: number, end = this.end): Place {
    return new Place(this.source, start, end);
  }

  /** Reports what is wrong at an offset, unless something is already. */
  protected report(offset: number, message: string): void {
    if (this.wrong.has(offset)) return;
    this.wrong.add(offset);
    this.mistakes.push({ at: this.from(offset, offset), message });
  }

  /** Reports what is wrong with the current token, unless its line has such a mistake already. */
  protected unexpected(message: string): void {
    const line = this.source.lineAt(this.scanner.start);
    if (line === this.lastLine) return;
    this.lastLine = line;
    this.report(this.scanner.start, message);
  }

  /** Goes a level down. Below too many, nothing is read any more. */
  protected deeper(): void {
    this.levels++;
    if (this.levels <= mostLevels) return;
    this.report(this.scanner.start, `nested deeper than ${mostLevels} levels; write it flatter`);
    this.skipTo(() => false);
    // What is open here has no end.
    this.lastLine = this.source.lineAt(this.scanner.start);
  }

  /** What the current token is, for messages. */
  protected get found(): string {
    const { kind, start, end } = this.scanner;
    if (kind === "end of line" || kind === "end of file") {
      return `the ${this.atEndOfFile ? "end of file" : kind}`;
    }
    return this.source.shown(start, end);
  }

  protected get atEndOfFile(): boolean {
    return this.source.text.slice(this.scanner.start).trim() === "";
  }

  /** Takes a token of one kind, or reports that there is another one. */
  protected expect(kind: TokenKind, message: string): boolean {
    const isThere = this.is(kind);
    if (!isThere) this.unexpected(message);
    this.next();
    return isThere;
  }

  protected close(kind: TokenKind, opened: number): boolean {
    const line = this.source.lineAt(opened);
    return this.expect(
      kind,
      `${kind} is missing, not ${this.found}; close the ${this.source.text[opened]} of line ${line}`,
    );
  }

  protected skipTo(kinds: (kind: TokenKind) => boolean): void {
    while (!this.is("end of file") && !kinds(this.kind)) this.next();
  }

  /** Goes to the end of the line on which all brackets are closed. */
  protected skipStatement(): void {
    const open = { "{": 0, "[": 0, "(": 0 };
    for (; !this.is("end of file"); this.next()) {
      const { kind } = this;
      if (kind === "{" || kind === "[" || kind === "(") {
        open[kind] += 1;
      } else if (kind === "}") {
        open["{"] -= 1;
      } else if (kind === "]") {
        open["["] -= 1;
      } else if (kind === ")") {
        open["("] -= 1;
      } else if (kind === "end of line" && Object.values(open).every((count) => count <= 0)) return;
    }
  }
}
