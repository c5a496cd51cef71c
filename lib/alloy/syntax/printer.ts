import { Layout } from "./layout";
import { quote, stringLiteral } from "./literals";
import type { ParsedConfig } from "./parser";
import type { Place } from "./source";
import {
  type AttributeSyntax,
  type BlockSyntax,
  type BodySyntax,
  binding,
  isIdentifier,
  type Operator,
  type Syntax,
  statementsOf,
} from "./tree";

/** A list of plain values that a program made stands on one line up to this many characters. */
const listWidth = 100;

/** Prints a config in the form that `alloy fmt` leaves as it is. Ends with a newline unless it is empty. */
export function printBlocks(blocks: readonly BlockSyntax[]): string {
  const printer = new Printer([]);
  const text = printed(printer, { attributes: [], blocks });
  return printer.format?.(text) ?? text;
}

/**
 * Prints a config that was a text, with its comments: as `alloy fmt` does, which keeps the lines of lists and maps. What
 * stands in backticks is printed as it is, where `alloy fmt` changes the blanks of it.
 */
export function print({ body, comments }: Pick<ParsedConfig, "body" | "comments">): string {
  return printed(new Printer(comments), body);
}

function printed(printer: Printer, body: BodySyntax): string {
  printer.statements(body);
  const text = printer.finish();
  return text === "" ? "" : `${text}\n`;
}

/** Prints a value as it stands at the start of a line of a config. */
export function printValue(value: Syntax): string {
  const printer = new Printer([]);
  printer.value(value);
  return printer.finish();
}

/** Prints the tree. */
class Printer extends Layout {
  statements(body: BodySyntax): void {
    let before: AttributeSyntax | BlockSyntax | undefined;
    for (const statement of statementsOf(body)) {
      const isBlock = "body" in statement;
      if (before !== undefined && (isBlock || linesBetween(before.at, statement.at) > 1)) this.space("\f");
      const comments = isBlock ? statement.comments : statement.value.comments;
      this.commentLines(comments, "above");
      this.text(statement.name, statement.at?.start);
      const first = this.columns.count;
      if (isBlock) {
        this.block(statement);
      } else {
        this.attribute(statement);
      }
      this.beside(comments);
      this.space(this.columns.count === first ? "\n" : "\f");
      this.commentLines(comments, "below");
      before = statement;
    }
  }

  private attribute({ value }: AttributeSyntax): void {
    this.space("|");
    this.text("=");
    this.space(" ");
    this.value(value);
  }

  private block({ label, body }: BlockSyntax): void {
    this.space(" ");
    if (label !== undefined) {
      this.text(quote(label));
      this.space(" ");
    }
    this.text("{", body.at?.start);
    this.space(">");
    if (body.attributes.length + body.blocks.length > 0) {
      this.space("\f");
      this.statements(body);
    } else {
      this.space(" ");
    }
    this.space("<");
    this.text("}", lastOf(body.at));
  }

  value(value: Syntax): void {
    switch (value.kind) {
      case "literal":
        this.text(value.at?.text ?? literal(value.value), value.at?.start);
        break;
      case "identifier":
        this.text(value.name, value.at?.start);
        break;
      case "export":
        this.text(`${value.component.address}.${value.name}`);
        break;
      case "access":
        this.value(value.of);
        this.text(`${/^\d+$/.test(value.of.at?.text ?? "") ? " " : ""}.${value.name}`);
        break;
      case "index":
        this.value(value.of);
        this.text("[");
        this.value(value.key);
        this.text("]", lastOf(value.at));
        break;
      case "call":
        this.call(value.function, value.args, value.at);
        break;
      case "negation":
        this.text(value.operator, value.at?.start);
        this.operand(value.of, 7);
        break;
      case "parentheses":
        this.inParentheses(value.of, value.at);
        break;
      case "operation":
        this.operation(value.operator, value.parts);
        break;
      case "mistake":
        this.text("null");
        break;
      case "list":
        this.list(value.items, value.at);
        break;
      case "map":
        this.map(value);
        break;
    }
  }

  private call(callee: Syntax, args: readonly Syntax[], at: Place | undefined): void {
    this.value(callee);
    this.text("(");
    let before = callee.at;
    args.forEach((arg, index) => {
      const isOnNextLine = differ(before?.endLine, arg.at?.line);
      if (isOnNextLine) {
        this.space("\f");
        this.space(">");
      }
      this.value(arg);
      if (index < args.length - 1) {
        this.text(",");
        this.space(" ");
      }
      if (isOnNextLine) this.space("<");
      before = arg.at;
    });
    if (args.length > 0 && differ(before?.endLine, at?.endLine)) {
      this.text(",");
      this.space("\f");
    }
    this.text(")", lastOf(at));
  }

  private operation(operator: Operator, parts: readonly Syntax[]): void {
    const binds = binding(operator);
    parts.forEach((part, index) => {
      if (index > 0) {
        this.space(" ");
        this.text(operator);
        this.space(" ");
      }
      // `a - (b - c)` is not `a - b - c`, and `^` alone binds to the right. A comparison is not compared.
      const isTight = operator === "^" ? index === 0 : index > 0 && !associative.has(operator);
      this.operand(part, isTight || binds === 3 ? binds + 1 : binds);
    });
  }

  /** What binds less than it has to stands in parentheses. */
  private operand(value: Syntax, least: number): void {
    if (value.at === undefined && value.kind === "operation" && binding(value.operator) < least) {
      this.inParentheses(value);
    } else {
      this.value(value);
    }
  }

  private inParentheses(value: Syntax, at?: Place): void {
    this.text("(", at?.start);
    this.value(value);
    this.text(")", lastOf(at));
  }

  private list(items: readonly Syntax[], at: Place | undefined): void {
    if (at !== undefined) {
      this.listAsWritten(items, at);
      return;
    }
    this.writeSpaces();
    const { count, width } = this.columns;
    if (items.every(({ comments }) => comments === undefined)) {
      this.listAsWritten(items, undefined);
      if (this.columns.count === count && this.columns.width - width <= listWidth) return;
      this.columns.rewind(count, width);
    }
    this.listAsWritten(items, undefined, true);
  }

  private listAsWritten(items: readonly Syntax[], at: Place | undefined, isLong = false): void {
    this.text("[", at?.start);
    let line = at?.line;
    items.forEach((item, index) => {
      const isOnNextLine = isLong || differ(line, item.at?.line);
      if (isOnNextLine) {
        this.space(">");
        this.space("\f");
      } else if (index > 0) this.space(" ");
      this.commentLines(item.comments, "above");
      this.value(item);
      line = item.at?.endLine;
      if (index < items.length - 1 || item.comments?.beside !== undefined) this.text(",");
      this.beside(item.comments);
      if (isOnNextLine) this.space("<");
    });
    if (items.length > 0 && (isLong || differ(line, at?.endLine))) {
      if (items.at(-1)?.comments?.beside === undefined) this.text(",");
      this.space(">");
      this.space("\f");
      this.space("<");
    }
    this.text("]", lastOf(at));
  }

  private map({ entries, at }: Extract<Syntax, { readonly kind: "map" }>): void {
    this.text("{", at?.start);
    this.space(">");
    let line = at?.line;
    let before: "none" | "short" | "long" = "none";
    entries.forEach(([key, value, keyAt], index) => {
      if (at === undefined || differ(line, keyAt?.line)) {
        this.space(before === "short" ? "\n" : "\f");
      } else if (index > 0) this.space(" ");
      line = keyAt?.line;
      this.commentLines(value.comments, "above");
      this.text(keyText(key, keyAt), keyAt?.start);
      const first = this.columns.count;
      this.space("|");
      this.text("=");
      this.space(" ");
      this.value(value);
      if (index < entries.length - 1 || value.comments?.beside !== undefined) this.text(",");
      this.beside(value.comments);
      before = this.columns.count === first ? "short" : "long";
    });
    if (entries.length > 0 && (at === undefined || differ(line, at.endLine))) {
      if (entries.at(-1)?.[1].comments?.beside === undefined) this.text(",");
      this.space("\f");
    }
    this.space("<");
    this.text("}", lastOf(at));
  }
}

const associative: ReadonlySet<Operator> = new Set(["||", "&&", "+", "*"]);

function literal(value: string | number | boolean | null): string {
  return typeof value === "string" ? stringLiteral(value) : String(value);
}

/** Alloy reads no escapes in keys: what has some stays as it was written. */
function keyText(key: string, at: Place | undefined): string {
  if (at === undefined) return isIdentifier(key) ? key : quote(key);
  return at.text.startsWith("`") && quote(key) === `"${key}"` ? quote(key) : at.text;
}

function lastOf(at: Place | undefined): number | undefined {
  return at && at.end - 1;
}

function differ(one: number | undefined, other: number | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

function linesBetween(one: Place | undefined, other: Place | undefined): number {
  return (other?.line ?? 0) - (one?.endLine ?? 0);
}
