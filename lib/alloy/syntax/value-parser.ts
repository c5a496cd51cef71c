import { unquote } from "./literals";
import type { TokenKind } from "./scanner";
import { TokenReader } from "./token-reader";
import { type BodySyntax, binding, type EntrySyntax, isOperator, type Syntax } from "./tree";

/** What a value that could not be read is taken for. */
const nothing = { kind: "literal", value: null } as const;

const endsValue: ReadonlySet<TokenKind> = new Set<TokenKind>(["end of line", ")", "}", "]", ","]);

/** Reads values. */
export abstract class ValueParser extends TokenReader {
  /** Reads what stands between braces, of which the first is at `start`. */
  protected abstract body(until: TokenKind, start: number): BodySyntax;

  protected value(least = 1): Syntax {
    const { start } = this.scanner;
    const { levels } = this;
    this.deeper();
    let left = this.power();
    for (;;) {
      const { kind } = this;
      const binds = binding(kind);
      if (binds < least || !isOperator(kind)) {
        this.levels = levels;
        return left;
      }
      this.deeper();
      this.next();
      const right = this.value(binds + 1);
      left = { kind: "operation", operator: kind, parts: [left, right], at: this.from(start) };
    }
  }

  private power(): Syntax {
    const { start } = this.scanner;
    const left = this.negation();
    if (!this.is("^")) return left;
    this.deeper();
    this.next();
    return { kind: "operation", operator: "^", parts: [left, this.power()], at: this.from(start) };
  }

  private negation(): Syntax {
    const { kind, start } = this.scanner;
    if (kind !== "!" && kind !== "-") return this.operand();
    this.deeper();
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
          this.deeper();
          this.next();
          const name = this.scanner.text;
          this.expect("identifier", `a name is expected after the dot, not ${this.found}`);
          value = { kind: "access", of: value, name, at: this.from(start) };
          break;
        }
        case "[": {
          this.deeper();
          this.next();
          const key = this.value();
          this.close("]", open);
          value = { kind: "index", of: value, key, at: this.from(start) };
          break;
        }
        case "(": {
          this.deeper();
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
    if (kind === "string" || kind === "identifier") {
      this.next();
    } else {
      this.unexpected(`a key is expected, not ${this.found}; write a name, or a string`);
      this.skipTo((one) => one === "=");
    }
    // Alloy takes the quotes of an empty key for the key.
    const key = kind === "string" && text.length > 2 ? text.slice(1, -1) : text;
    this.expect("=", `= is expected after the key, not ${this.found}; write =`);
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
