import { unquote } from "./literals";
import { Scanner, type TokenKind } from "./scanner";
import { Place, Source } from "./source";
import {
  type AttributeSyntax,
  type BlockSyntax,
  type BodySyntax,
  binding,
  type Comment,
  type EntrySyntax,
  isOperator,
  type Syntax,
} from "./tree";

/** What is wrong at a place of a text, and what to write instead. */
export interface SyntaxMistake {
  readonly at: Place;
  readonly message: string;
}

/** A config that was a text. */
export interface ParsedConfig {
  readonly body: BodySyntax;
  /** In the order of the text. */
  readonly comments: readonly Comment[];
  /** In the order of the text. Where there is any, parts of the text are not in the body. */
  readonly mistakes: readonly SyntaxMistake[];
}

export interface ParseOptions {
  /** How messages name the text's file. @default - they have line and column alone */
  readonly file?: string;
}

/** Reads the text of an Alloy config. It goes on after a mistake, so that all of them come at once. */
export function parse(text: string, { file }: ParseOptions = {}): ParsedConfig {
  return new Parser(new Source(text, file)).parse();
}

/** What a value that could not be read is taken for. */
const nothing = { kind: "literal", value: null } as const;

const endsValue: ReadonlySet<TokenKind> = new Set<TokenKind>(["end of line", ")", "}", "]", ","]);

/** Alloy's parser goes on after a mistake in the same way, so that both find mistakes at the same places. */
class Parser {
  private readonly scanner: Scanner;
  private readonly comments: Comment[] = [];
  private readonly mistakes: SyntaxMistake[] = [];
  private lastLine = 0;
  /** Where the token before the current one ends. */
  private end = 0;

  constructor(private readonly source: Source) {
    this.scanner = new Scanner(source, (offset, message) => this.report(offset, message));
    this.next();
  }

  parse(): ParsedConfig {
    const body = this.body("end of file", 0);
    const mistakes = this.mistakes.sort((one, other) => one.at.start - other.at.start);
    return { body, comments: this.comments, mistakes };
  }

  private get kind(): TokenKind {
    return this.scanner.kind;
  }

  private is(kind: TokenKind): boolean {
    return this.scanner.kind === kind;
  }

  private next(): void {
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

  private from(start: number, end = this.end): Place {
    return new Place(this.source, start, end);
  }

  private report(offset: number, message: string): void {
    this.mistakes.push({ at: this.from(offset, offset), message });
  }

  /** Reports what is wrong with the current token, unless its line has such a mistake already. */
  private unexpected(message: string): void {
    const line = this.source.lineAt(this.scanner.start);
    if (line === this.lastLine) return;
    this.lastLine = line;
    this.report(this.scanner.start, message);
  }

  /** What the current token is, for messages. */
  private get found(): string {
    const { kind, start, end } = this.scanner;
    if (kind === "end of line" || kind === "end of file") {
      return `the ${this.atEndOfFile ? "end of file" : kind}`;
    }
    return this.source.shown(start, end);
  }

  private get atEndOfFile(): boolean {
    return this.source.text.slice(this.scanner.start).trim() === "";
  }

  /** Takes a token of one kind, or reports that there is another one. */
  private expect(kind: TokenKind, message: string): boolean {
    const isThere = this.is(kind);
    if (!isThere) this.unexpected(message);
    this.next();
    return isThere;
  }

  private close(kind: TokenKind, opened: number): boolean {
    const line = this.source.lineAt(opened);
    return this.expect(
      kind,
      `${kind} is missing, not ${this.found}; close the ${this.source.text[opened]} of line ${line}`,
    );
  }

  private skipTo(kinds: (kind: TokenKind) => boolean): void {
    while (!this.is("end of file") && !kinds(this.kind)) this.next();
  }

  private body(until: TokenKind, start: number): BodySyntax {
    const attributes: AttributeSyntax[] = [];
    const blocks: BlockSyntax[] = [];
    while (!this.is(until) && !this.is("end of file")) {
      const statement = this.statement();
      if (statement !== undefined && "value" in statement) attributes.push(statement);
      else if (statement !== undefined) blocks.push(statement);
      if (this.is(until)) break;
      if (!this.is("end of line")) {
        this.unexpected(`${this.found} can't stand here; end the statement before it, by a new line`);
        this.skipStatement();
      }
      this.next();
    }
    return { attributes, blocks, at: this.from(start, this.scanner.end) };
  }

  /** Goes to the end of the line on which all brackets are closed. */
  private skipStatement(): void {
    const open = { "{": 0, "[": 0, "(": 0 };
    for (; !this.is("end of file"); this.next()) {
      const { kind } = this;
      if (kind === "{" || kind === "[" || kind === "(") open[kind] += 1;
      else if (kind === "}") open["{"] -= 1;
      else if (kind === "]") open["["] -= 1;
      else if (kind === ")") open["("] -= 1;
      else if (kind === "end of line" && Object.values(open).every((count) => count <= 0)) return;
    }
  }

  private statement(): AttributeSyntax | BlockSyntax | undefined {
    const start = this.scanner.start;
    if (!this.is("identifier")) {
      this.unexpected(`the name of an attribute or a block is expected, not ${this.found}`);
      return this.skipToName();
    }
    const name = this.dottedName();
    const nameEnd = this.end;
    const label = this.label();
    if (this.is("=")) {
      this.next();
      if (name.includes(".")) {
        this.report(start, `${name} is no attribute's name; write one without dots, or { for a block`);
      } else if (label !== undefined) {
        this.report(label.at.start, `an attribute has no label; write ${name} = ...`);
      }
      const value = this.value();
      return { name: name.split(".")[0] ?? "", value, at: this.from(start) };
    }
    if (this.is("{")) {
      const open = this.scanner.start;
      this.next();
      const body = this.body("}", open);
      this.close("}", open);
      return { name, ...(label?.text ? { label: label.text } : {}), body, at: this.from(start) };
    }
    const wanted = name.includes(".") || label?.text ? "{" : "= or {";
    this.unexpected(`after ${this.source.shown(start, nameEnd)} stands ${wanted}, not ${this.found}`);
    return this.skipToName();
  }

  private skipToName(): undefined {
    this.skipTo((kind) => kind === "identifier");
  }

  private dottedName(): string {
    let name = this.scanner.text;
    this.next();
    while (this.is(".")) {
      this.next();
      if (!this.is("identifier")) this.unexpected(`a name is expected after the dot, not ${this.found}`);
      name += `.${this.scanner.text}`;
      this.next();
    }
    return name;
  }

  private label(): { readonly text: string; readonly at: Place } | undefined {
    if (this.is("=") || this.is("{")) return undefined;
    const { start, end, text } = this.scanner;
    const at = this.from(start, end);
    if (!this.is("string")) {
      const quoted = this.is("identifier") ? `; write "${text}" in double quotes` : "";
      this.unexpected(`=, { or a label is expected, not ${this.found}${quoted}`);
      this.next();
      return undefined;
    }
    const label = text.slice(1, -1);
    if (!text.startsWith('"')) this.unexpected(`a label stands in double quotes; write "${label}"`);
    else if (label !== "" && !isName(label)) {
      const near = label.replace(/[^\p{L}\p{Nd}_]/gu, "_").replace(/^(?=\p{Nd})/u, "_");
      this.unexpected(`the label "${label}" has more than letters, digits and _; write "${near}"`);
    }
    this.next();
    return { text: label, at };
  }

  private value(least = 1): Syntax {
    const { start } = this.scanner;
    let left = this.power();
    for (;;) {
      const { kind } = this;
      const binds = binding(kind);
      if (binds < least || !isOperator(kind)) return left;
      this.next();
      const right = this.value(binds + 1);
      left = { kind: "operation", operator: kind, parts: [left, right], at: this.from(start) };
    }
  }

  private power(): Syntax {
    const { start } = this.scanner;
    const left = this.negation();
    if (!this.is("^")) return left;
    this.next();
    return { kind: "operation", operator: "^", parts: [left, this.power()], at: this.from(start) };
  }

  private negation(): Syntax {
    const { kind, start } = this.scanner;
    if (kind !== "!" && kind !== "-") return this.operand();
    this.next();
    return { kind: "negation", operator: kind, of: this.negation(), at: this.from(start) };
  }

  private operand(): Syntax {
    const { start } = this.scanner;
    let value = this.primary();
    for (;;) {
      const open = this.scanner.start;
      switch (this.kind) {
        case ".": {
          this.next();
          const name = this.scanner.text;
          this.expect("identifier", `a name is expected after the dot, not ${this.found}`);
          value = { kind: "access", of: value, name, at: this.from(start) };
          break;
        }
        case "[": {
          this.next();
          const key = this.value();
          this.close("]", open);
          value = { kind: "index", of: value, key, at: this.from(start) };
          break;
        }
        case "(": {
          this.next();
          const args = this.values(")");
          this.close(")", open);
          value = { kind: "call", function: value, args, at: this.from(start) };
          break;
        }
        case "string":
        case "{":
          if (!this.misplacedBlock(start)) return value;
          break;
        default:
          return value;
      }
    }
  }

  /** Someone gave a block where a value is taken. Says whether all of it could be read. */
  private misplacedBlock(start: number): boolean {
    if (this.is("string")) this.next();
    const open = this.scanner.start;
    if (
      !this.expect("{", `${this.found} can't stand here; end the value before it, by a new line or a comma`)
    ) {
      this.skipStatement();
      return false;
    }
    this.body("}", open);
    if (!this.close("}", open)) {
      this.skipStatement();
      return false;
    }
    this.report(start, "a block is no value; write it without =, or a map as { name = value }");
    return true;
  }

  private primary(): Syntax {
    const { kind, start, text } = this.scanner;
    switch (kind) {
      case "identifier":
        this.next();
        return { kind, name: text, at: this.from(start) };
      case "string":
      case "number":
      case "bool":
      case "null":
        this.next();
        return { kind: "literal", value: literalValue(kind, text), at: this.from(start) };
      case "(": {
        this.next();
        const of = this.value();
        this.close(")", start);
        return { kind: "parentheses", of, at: this.from(start) };
      }
      case "[": {
        this.next();
        const items = this.values("]");
        this.close("]", start);
        return { kind: "list", items, at: this.from(start) };
      }
      case "{": {
        this.next();
        const entries = this.entries();
        this.close("}", start);
        return { kind: "map", entries, at: this.from(start) };
      }
      default:
        this.unexpected(`a value is expected, not ${this.found}`);
        this.skipTo((one) => endsValue.has(one));
        return { ...nothing, at: this.from(start, start) };
    }
  }

  private values(until: TokenKind): readonly Syntax[] {
    const values: Syntax[] = [];
    while (!this.is(until) && !this.is("end of file")) {
      values.push(this.value());
      if (this.is(until)) break;
      this.comma();
    }
    return values;
  }

  private entries(): readonly EntrySyntax[] {
    const entries: EntrySyntax[] = [];
    if (this.is("]")) return entries;
    while (!this.is("}") && !this.is("end of file")) {
      entries.push(this.entry());
      if (this.is("}")) break;
      this.comma();
    }
    return entries;
  }

  private comma(): void {
    if (!this.is(",")) {
      this.unexpected(
        `a comma is missing before ${this.found}; write one after each item, the last of a line too`,
      );
    }
    this.next();
  }

  private entry(): EntrySyntax {
    const { kind, start, end, text } = this.scanner;
    if (kind === "string" || kind === "identifier") this.next();
    else {
      this.unexpected(`a key is expected, not ${this.found}; write a name, or a string`);
      this.skipTo((one) => one === "=");
    }
    // Alloy takes the quotes of an empty key for the key.
    const key = kind === "string" && text.length > 2 ? text.slice(1, -1) : text;
    const colon = this.source.text[this.scanner.start] === ":" ? " for :" : "";
    this.expect("=", `= is expected after the key, not ${this.found}; write =${colon}`);
    return [key, this.value(), this.from(start, end)];
  }
}

function literalValue(
  kind: "string" | "number" | "bool" | "null",
  text: string,
): string | number | boolean | null {
  if (kind === "string") return unquote(text);
  if (kind === "number") return Number(text);
  return kind === "null" ? null : text === "true";
}

/** Whether Alloy takes a text as a name. */
function isName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(text) && !["true", "false", "null"].includes(text);
}
