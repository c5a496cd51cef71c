import { evaluate, isTrue, type Scope, textOf, Unreadable } from "./expression";

/** What of a template isn't known. */
export interface Unread {
  /** The lines that depend on it, from 1. */
  readonly from: number;
  readonly to: number;
  /** What stands between the braces. */
  readonly action: string;
}

/** A template that is filled in: each line is where it was. */
export interface Filled {
  readonly text: string;
  /** What isn't known, in order. In a value it is a mark: see {@link unreadIn}. */
  readonly unread: readonly Unread[];
}

/** Characters that no file has for anything of its own: the mark of what isn't known is its number between them. */
const [open, close] = ["\uE000", "\uE001"];
const mark = new RegExp(`${open}(\\d+)${close}`);

/** What isn't known of a text that was filled in. */
export function unreadIn(text: string, { unread }: Pick<Filled, "unread">): Unread | undefined {
  const [, index] = mark.exec(text) ?? [];
  return index === undefined ? undefined : unread[Number(index)];
}

/** A block between `if` or `with` and `end`. */
interface Block {
  readonly action: string;
  readonly from: number;
  /** Whether the part that is read now counts; undefined where that isn't known, nor of what follows. */
  readonly counts: boolean | undefined;
  /** Whether a part before it has counted. */
  readonly done: boolean;
  readonly scope: Scope;
}

/**
 * Fills in a template of Go, as helmfile has them, as far as values files use them: values, variables, `if`, `with`, and
 * the usual functions. What depends on anything else is left out, and said.
 *
 * @param data what the dot stands for
 */
export function fillIn(template: string, data: unknown): Filled {
  return new Filling(data).fill(template);
}

/** A comment, or an action: between quotes braces close nothing. */
const inBraces = /^\{\{(-?\s*\/\*.*?\*\/\s*-?|(?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`])*?)\}\}/s;

class Filling {
  private readonly unread: Unread[] = [];
  private readonly blocks: Block[] = [];
  private scope: Scope;
  private line = 1;
  private text = "";

  constructor(data: unknown) {
    this.scope = { dot: data, variables: new Map([["$", data]]) };
  }

  fill(template: string): Filled {
    let rest = template;
    for (;;) {
      const start = rest.indexOf("{{");
      // One that has no end is no template of Go: what follows is text.
      const [whole, inside = ""] = (start < 0 ? null : inBraces.exec(rest.slice(start))) ?? [];
      if (whole === undefined) break;
      const [trimsBefore, trimsAfter] = [inside.startsWith("-"), /.-$/s.test(inside)];
      const before = rest.slice(0, start);
      this.write(trimsBefore ? before.replace(/[ \t]+$/, "") : before);
      this.act(inside.slice(trimsBefore ? 1 : 0, trimsAfter ? -1 : undefined).trim());
      // Ends of lines stay, so that each value is found in its line.
      this.keepLines(whole);
      rest = rest.slice(start + whole.length);
      if (trimsAfter) rest = rest.replace(/^[ \t]+/, "");
    }
    this.write(rest);
    for (const { action, from } of this.blocks) this.unread.push({ from, to: this.line, action });
    return { text: this.text, unread: this.unread };
  }

  private isOn(): boolean {
    return this.blocks.every(({ counts }) => counts === true);
  }

  private write(text: string): void {
    const lines = text.split("\n").length - 1;
    this.text += this.isOn() ? text : "\n".repeat(lines);
    this.line += lines;
  }

  private keepLines(text: string): void {
    const lines = text.split("\n").length - 1;
    this.text += "\n".repeat(lines);
    this.line += lines;
  }

  private act(action: string): void {
    const [, word = "", rest = ""] = /^(if|with|range|define|block|else|end)?\b\s*(.*)$/s.exec(action) ?? [];
    if (action.startsWith("/*") || action === "") return;
    if (word === "else") {
      this.otherwise(rest);
    } else if (word === "end") {
      this.end();
    } else if (word !== "") {
      this.begin(word, rest, action);
    } else if (this.isOn()) this.print(action);
  }

  private begin(word: string, condition: string, action: string): void {
    const { scope, line: from } = this;
    const value = this.isOn() && (word === "if" || word === "with") ? this.valueOf(condition) : undefined;
    const counts = this.isOn() ? (value === undefined ? undefined : isTrue(value.is)) : false;
    this.blocks.push({ action, from, counts, done: counts !== false, scope });
    if (word === "with" && value !== undefined) this.scope = { ...scope, dot: value.is };
  }

  private otherwise(rest: string): void {
    const block = this.blocks.pop();
    if (block === undefined || block.counts === undefined) {
      if (block !== undefined) this.blocks.push(block);
      return;
    }
    this.scope = block.scope;
    if (block.done || !this.isOn()) {
      this.blocks.push({ ...block, counts: false });
      return;
    }
    const [, word = "if", condition = ""] = /^(if|with)\b\s*(.*)$/s.exec(rest) ?? [];
    const value = rest === "" ? { is: true } : this.valueOf(condition);
    const counts = value && isTrue(value.is);
    this.blocks.push({
      ...block,
      action: `else ${rest}`.trim(),
      from: this.line,
      counts,
      done: counts !== false,
    });
    if (word === "with" && value !== undefined) this.scope = { ...this.scope, dot: value.is };
  }

  private end(): void {
    const block = this.blocks.pop();
    if (block === undefined) return;
    this.scope = block.scope;
    if (block.counts === undefined) {
      this.unread.push({ from: block.from, to: this.line, action: block.action });
    }
  }

  private print(action: string): void {
    const [, variable, expression = action] = /^(\$\w+)\s*:?=\s*(.*)$/s.exec(action) ?? [];
    const value = this.valueOf(expression);
    if (variable !== undefined) {
      const variables = new Map(this.scope.variables);
      if (value === undefined) {
        variables.delete(variable);
      } else {
        variables.set(variable, value.is);
      }
      this.scope = { ...this.scope, variables };
      return;
    }
    const text = value && printedOf(value.is);
    if (text !== undefined) {
      this.text += text;
      return;
    }
    this.text += `${open}${this.unread.length}${close}`;
    this.unread.push({ from: this.line, to: this.line, action });
  }

  private valueOf(expression: string): { readonly is: unknown } | undefined {
    return readable(() => ({ is: evaluate(expression.trim(), this.scope) }));
  }
}

function printedOf(value: unknown): string | undefined {
  return readable(() => textOf(value));
}

function readable<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}
