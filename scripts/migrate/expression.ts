/** What a template can't be read for: this project knows no more of Go's templates than values files use. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

/** What a template's names stand for. */
export interface Scope {
  /** The dot. */
  readonly dot: unknown;
  /** By their names, with the `$`; that without a name is the dot at the top. */
  readonly variables: ReadonlyMap<string, unknown>;
}

/**
 * What an expression of a Go template gives, such as `.Environment.Values.runtime | default "crio"`.
 *
 * @throws Unreadable where it isn't known
 */
export function evaluate(text: string, scope: Scope): unknown {
  const parser = new Parser(text.match(/"(?:[^"\\]|\\.)*"|`[^`]*`|[$.\w-]+|\S/g) ?? [], scope);
  const value = parser.pipeline();
  if (!parser.isAtEnd()) throw new Unreadable();
  return value;
}

/** Whether a condition holds. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && Boolean(value);
}

/** Reads a pipeline as it goes. */
class Parser {
  private next = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly scope: Scope,
  ) {}

  isAtEnd(): boolean {
    return this.next >= this.tokens.length;
  }

  pipeline(): unknown {
    let value = this.command([]);
    while (this.tokens[this.next] === "|") {
      this.next++;
      value = this.command([value]);
    }
    return value;
  }

  /** A function with its arguments, or a value. @param piped what comes from before it */
  private command(piped: readonly unknown[]): unknown {
    const word = this.tokens[this.next] ?? "";
    const called = Object.hasOwn(functions, word) ? functions[word] : undefined;
    if (called === undefined) {
      if (piped.length > 0) throw new Unreadable();
      return this.operand();
    }
    this.next++;
    const values: unknown[] = [];
    while (!this.isAtEnd() && !["|", ")"].includes(this.tokens[this.next] ?? "")) values.push(this.operand());
    return called(...values, ...piped);
  }

  private operand(): unknown {
    const word = this.tokens[this.next++] ?? "";
    if (word === "(") {
      const value = this.pipeline();
      if (this.tokens[this.next++] !== ")") throw new Unreadable();
      return value;
    }
    if (word.startsWith('"')) return parseText(word);
    if (word.startsWith("`")) return word.slice(1, -1);
    if (/^-?\d+(\.\d+)?$/.test(word)) return Number(word);
    if (word === "true" || word === "false") return word === "true";
    if (word === "nil") return undefined;
    const [, variable, path = ""] = /^(\$\w*)?((?:\.\w+)*|\.)$/.exec(word) ?? [
      undefined,
      undefined,
      undefined,
    ];
    if (variable !== undefined) {
      if (!this.scope.variables.has(variable)) throw new Unreadable();
      return fieldOf(this.scope.variables.get(variable), path);
    }
    if (word.startsWith(".")) return fieldOf(this.scope.dot, path);
    throw new Unreadable();
  }
}

function parseText(word: string): string {
  try {
    return String(JSON.parse(word));
  } catch {
    throw new Unreadable();
  }
}

function fieldOf(value: unknown, path: string): unknown {
  const names = path.split(".").filter(Boolean);
  return names.reduce((inner: unknown, name) => member(inner, name), value);
}

function member(map: unknown, name: unknown): unknown {
  if (map === undefined || map === null) return undefined;
  if (typeof map !== "object" || Array.isArray(map)) throw new Unreadable();
  return Object.hasOwn(map, String(name))
    ? Object.entries(map).find(([key]) => key === name)?.[1]
    : undefined;
}

/** Go's own functions, and those of Sprig, that values files use. */
const functions: Readonly<Record<string, (...values: readonly unknown[]) => unknown>> = {
  eq: (first, ...others) => others.some((other) => other === first),
  ne: (first, second) => first !== second,
  not: (value) => !isTrue(value),
  and: (...values) => values.find((value) => !isTrue(value)) ?? values.at(-1),
  or: (...values) => values.find(isTrue) ?? values.at(-1),
  default: (usual, value) => (isTrue(value) ? value : usual),
  coalesce: (...values) => values.find(isTrue),
  ternary: (yes, no, condition) => (condition === true ? yes : no),
  empty: (value) => !isTrue(value),
  hasKey: (map, name) => typeof map === "object" && map !== null && Object.hasOwn(map, String(name)),
  get: (first, second) => (typeof first === "string" ? fieldOf(second, first) : member(first, second)),
  quote: (value) => JSON.stringify(textOf(value)),
  squote: (value) => `'${textOf(value)}'`,
  toString: textOf,
  lower: (value) => textOf(value).toLowerCase(),
  upper: (value) => textOf(value).toUpperCase(),
  trim: (value) => textOf(value).trim(),
  // In one line, so that lines stay what they are: JSON is YAML.
  toYaml: (value) => JSON.stringify(value),
  toJson: (value) => JSON.stringify(value),
  indent: (count, text) => `${" ".repeat(Number(count))}${textOf(text)}`,
  nindent: (_, text) => ` ${textOf(text)}`,
};

/** A value as a template prints it. @throws Unreadable where it is nothing: helmfile refuses that */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === undefined || value === null) throw new Unreadable();
  return JSON.stringify(value);
}
