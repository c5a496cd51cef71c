import type { TokenKind } from "./scanner";
import { type Place, Source } from "./source";
import type { SyntaxMistake } from "./token-reader";
import type { AttributeSyntax, BlockSyntax, BodySyntax, Comment } from "./tree";
import { ValueParser } from "./value-parser";

/** A config that was a text. */
export interface ParsedConfig {
  readonly body: BodySyntax;
  /** In the order of the text. */
  readonly comments: readonly Comment[];
  /** In the order of the text. Where there is any, parts of the text are not in the body. */
  readonly mistakes: readonly SyntaxMistake[];
}

/** What {@link parse} takes besides the text. */
export interface ParseOptions {
  /** How messages name the text's file. @default - they have line and column alone */
  readonly file?: string;
}

/** Reads the text of an Alloy config. It goes on after a mistake, so that all of them come at once. */
export function parse(text: string, { file }: ParseOptions = {}): ParsedConfig {
  return new Parser(new Source(text, file)).parse();
}

class Parser extends ValueParser {
  parse(): ParsedConfig {
    const body = this.body("end of file", 0);
    const mistakes = this.mistakes.sort((one, other) => one.at.start - other.at.start);
    return { body, comments: this.comments, mistakes };
  }

  protected override body(until: TokenKind, start: number): BodySyntax {
    const attributes: AttributeSyntax[] = [];
    const blocks: BlockSyntax[] = [];
    this.deeper();
    while (!this.is(until) && !this.is("end of file")) {
      const statement = this.statement();
      if (statement !== undefined && "value" in statement) {
        attributes.push(statement);
      } else if (statement !== undefined) blocks.push(statement);
      if (this.is(until)) break;
      if (!this.is("end of line")) {
        this.unexpected(`${this.found} can't stand here; end the statement before it, by a new line`);
        this.skipStatement();
      }
      this.next();
    }
    this.levels--;
    return { attributes, blocks, at: this.from(start, this.scanner.end) };
  }

  private statement(): AttributeSyntax | BlockSyntax | undefined {
    const start = this.scanner.start;
    if (!this.is("identifier")) {
      this.unexpected(`the name of an attribute or a block is expected, not ${this.found}`);
      return this.skipToName();
    }
    const name = this.dottedName();
    const nameEnd = this.lastEnd;
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
    if (!text.startsWith('"')) {
      this.unexpected(`a label stands in double quotes; write "${label}"`);
    } else if (label !== "" && !isName(label)) {
      const near = label.replace(/[^\p{L}\p{Nd}_]/gu, "_").replace(/^(?=\p{Nd})/u, "_");
      const wrong = /^\p{Nd}/u.test(label) ? "begins with a digit" : "has more than letters, digits and _";
      this.unexpected(`the label "${label}" ${wrong}; write "${near}"`);
    }
    this.next();
    return { text: label, at };
  }
}

/** Whether Alloy takes a text as a name. */
function isName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(text) && !["true", "false", "null"].includes(text);
}
