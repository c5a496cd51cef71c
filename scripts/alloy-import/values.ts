import * as library from "../../lib/alloy";
import {
  type EntrySyntax,
  type Format,
  formatOf,
  functions,
  isIdentifier,
  mapParts,
  nameOf,
  printValue,
  propertyName,
  type Syntax,
  walkValue,
  withoutPlaces,
} from "../../lib/alloy";
import type { AttachedComments } from "./comments";
import type { ImportScope, Reference } from "./scope";
import { kindOf } from "./types";

const [any, text, secretOrString] = [formatOf("any"), formatOf("string"), formatOf("optional_secret")];

/** The durations that the type of an argument takes as they are. */
const duration = /^(?:-?\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h)){1,3}$/;

/** Writes values of a config as TypeScript. */
export class Values {
  /** How many expressions are written as Alloy's text, as nothing here has their type. */
  untyped = 0;
  /** Comments in a value whose parts can have none: they go to the value. */
  private unattached: string[] = [];

  /** @param use told of each name of the library that is used */
  constructor(
    private readonly comments: AttachedComments,
    private readonly use: (name: string) => string,
  ) {}

  /** The value of an attribute, with its comments. */
  attribute(value: Syntax, format: Format, scope: ImportScope): string {
    this.unattached = [];
    const written = this.bare(value, format, scope);
    return this.withComments(value, written, this.unattached);
  }

  /** Puts the comments on a subject around its TypeScript. */
  withComments(
    subject: Parameters<AttachedComments["of"]>[0],
    written: string,
    more: readonly string[] = [],
  ) {
    const { above = [], beside, below } = this.comments.of(subject) ?? {};
    const said = [
      ["above", [...above, ...more]],
      ["beside", beside === undefined ? [] : [beside]],
      ["below", below ?? []],
    ] as const;
    return said.reduce((inner, [where, lines]) => {
      if (lines.length === 0) return inner;
      const texts = lines.map(commentText);
      const shown = texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`;
      return `${this.use("comment")}.${where}(${shown}, ${inner})`;
    }, written);
  }

  private value(value: Syntax, format: Format, scope: ImportScope): string {
    return this.withComments(value, this.bare(value, format, scope));
  }

  private bare(value: Syntax, format: Format, scope: ImportScope): string {
    switch (value.kind) {
      case "literal":
        return this.literal(value, format);
      case "list":
        return this.list(value, value.items, format, scope);
      case "map":
        return this.map(value, value.entries, format, scope);
      case "negation":
        return isPlainNumber(value) && kindOf(format) === "number"
          ? `-${value.of.at?.text ?? ""}`
          : this.untypedValue(value, scope);
      case "call":
        return this.call(value, format, scope);
      case "index":
        return this.index(value, format, scope);
      case "operation":
        return this.joined(value, format, scope);
      case "parentheses":
        return this.untypedValue(value, scope);
      default:
        return this.name(value, format, scope);
    }
  }

  private literal(syntax: Extract<Syntax, { kind: "literal" }>, format: Format): string {
    const { value, at } = syntax;
    const kind = kindOf(format);
    if (typeof value === "string") {
      if (kind === "secret") return `${this.use("notSecret")}(${JSON.stringify(value)})`;
      if (format.kind === "duration" && !duration.test(value)) {
        return this.template("", [JSON.stringify(value)], "");
      }
      if (kind === "string" || kind === "any" || kind === "optional_secret") return JSON.stringify(value);
      return this.template("", [JSON.stringify(value)], "");
    }
    const isOwn = typeof value === "number" && String(value) !== at?.text;
    if (value === null || isOwn) return this.template(at?.text ?? "null");
    if (kind === "any" || kind === (typeof value === "number" ? "number" : "bool")) return String(value);
    return this.template(String(value));
  }

  private list(value: Syntax, items: readonly Syntax[], format: Format, scope: ImportScope): string {
    if (format.kind !== "list" && format.kind !== "any") return this.untypedValue(value, scope);
    const of = format.kind === "list" ? format.of : any;
    return `[${items.map((item) => this.value(item, of, scope)).join(", ")}]`;
  }

  private map(value: Syntax, entries: readonly EntrySyntax[], format: Format, scope: ImportScope): string {
    if ((format.kind !== "map" && format.kind !== "any") || !isObject(entries)) {
      return this.untypedValue(value, scope);
    }
    const of = format.kind === "map" ? format.of : any;
    const written = entries.map(([key, entry]) => `${keyText(key)}: ${this.value(entry, of, scope)}`);
    return `{ ${written.join(", ")} }`;
  }

  private name(value: Syntax, format: Format, scope: ImportScope): string {
    const name = nameOf(value) ?? "";
    const reference = scope.resolve(name);
    if (reference === undefined) return this.constant(name, format) ?? this.untypedValue(value, scope);
    if (reference.rest.length > 0) return this.untypedValue(value, scope);
    return this.converted(reference, format);
  }

  private constant(name: string, format: Format): string | undefined {
    const [first = "", second = ""] = name.split(".");
    if (first !== "constants" || kindOf(format) === "number") return undefined;
    return `${this.use(first)}.${second}`;
  }

  /** A reference, converted where another type than its own is wanted. */
  private converted({ text: written, format: from }: Pick<Reference, "text" | "format">, to: Format): string {
    const [given, wanted] = [kindOf(from), kindOf(to)];
    if (given === wanted || given === "any" || wanted === "any") return written;
    if (wanted === "number" && given === "string") return `${this.use("numberIn")}(${written})`;
    if (wanted === "string" && given === "optional_secret") return `${this.use("textIn")}(${written})`;
    if (/secret/.test(wanted) && (given === "string" || /secret/.test(given))) return written;
    if (!given.includes("any") && !wanted.includes("any")) return this.template("", [written], "");
    return written;
  }

  private call(value: Extract<Syntax, { kind: "call" }>, format: Format, scope: ImportScope): string {
    const name = nameOf(value.function) ?? "";
    const definition = functions.get(name);
    const path = functionPath(name);
    if (definition === undefined || definition.now !== undefined || path === undefined) {
      return this.untypedValue(value, scope);
    }
    const { params, returns } = definition;
    const isSame = name === "coalesce" || name === "array.concat";
    const args = value.args.map((arg, index) => {
      const param = params[Math.min(index, params.length - 1)] ?? any;
      return this.value(arg, isSame ? format : param, scope);
    });
    const [first = ""] = path;
    this.use(first);
    return this.converted(
      { text: `${path.join(".")}(${args.join(", ")})`, format: isSame ? format : returns },
      format,
    );
  }

  private index(value: Extract<Syntax, { kind: "index" }>, format: Format, scope: ImportScope): string {
    const of = nameOf(value.of);
    const reference = of === undefined ? undefined : scope.resolve(of);
    const key = value.key.kind === "literal" ? value.key.value : undefined;
    if (reference === undefined || reference.rest.length > 0) return this.untypedValue(value, scope);
    const { format: from, text: written } = reference;
    if (from.kind === "map" && typeof key === "string") {
      const entry = `${this.use("entry")}(${written}, ${JSON.stringify(key)})`;
      return this.converted({ text: entry, format: from.of }, format);
    }
    if (from.kind === "list" && typeof key === "number") {
      return this.converted({ text: `${this.use("item")}(${written}, ${key})`, format: from.of }, format);
    }
    return this.untypedValue(value, scope);
  }

  /** Strings one after the other; other operations have no function. */
  private joined(value: Extract<Syntax, { kind: "operation" }>, format: Format, scope: ImportScope): string {
    const parts = value.operator === "+" ? flat(value) : [];
    const isText = parts.some((part) => part.kind === "literal" && typeof part.value === "string");
    const wanted = kindOf(format);
    if (!isText || !["string", "secret", "optional_secret", "any"].includes(wanted)) {
      return this.untypedValue(value, scope);
    }
    const taken = wanted === "string" ? text : secretOrString;
    return `${this.use("concatStrings")}(${parts.map((part) => this.value(part, taken, scope)).join(", ")})`;
  }

  /** A value that no function of the library gives, as Alloy's text. References and strings with backslashes are put in. */
  private untypedValue(value: Syntax, scope: ImportScope): string {
    walkValue(value, (part) => {
      const { above = [], beside = [], below = [] } = (part !== value && this.comments.of(part)) || {};
      this.unattached.push(...above, ...[beside].flat(), ...below);
    });
    const references = new Map<string, string>();
    walkValue(value, (part) => {
      const name = part.kind === "access" || part.kind === "identifier" ? nameOf(part) : undefined;
      const found = name === undefined ? undefined : scope.resolve(name);
      if (found?.rest.length === 0) references.set(placeOf(part), found.text);
    });
    const inserted: string[] = [];
    const insert = (written: string): Syntax => ({
      kind: "identifier",
      name: `inserted_${inserted.push(written) - 1}_`,
    });
    const own = mapParts(value, (part) => {
      const reference = part.kind === "call" ? undefined : references.get(placeOf(part));
      if (reference !== undefined) return insert(reference);
      const isUnsafe =
        part.kind === "literal" && typeof part.value === "string" && /[`"\\]|\$\{/.test(part.value);
      return isUnsafe ? insert(JSON.stringify(part.value)) : part;
    });
    const printed = printValue(withoutPlaces(own));
    const values = [...printed.matchAll(/inserted_(\d+)_/g)].map(
      ([, index]) => inserted[Number(index)] ?? "",
    );
    const [before = "", ...after] = printed.split(/inserted_\d+_/);
    return this.template(before, values, ...after);
  }

  private template(before: string, values: readonly string[] = [], ...after: readonly string[]): string {
    this.untyped += 1;
    const rest = values.map((value, index) => `\${${value}}${after[index] ?? ""}`);
    return `${this.use("alloy")}\`${before}${rest.join("")}\``;
  }
}

/** A comment as a literal: one of several lines keeps them. */
function commentText(line: string): string {
  return line.includes("\n") ? `\`${line.replace(/[`\\]|\$\{/g, "\\$&")}\`` : JSON.stringify(line);
}

/** Where a part stands in its text. */
function placeOf({ at }: Syntax): string {
  return `${at?.start}:${at?.end}`;
}

function isPlainNumber(value: Extract<Syntax, { kind: "negation" }>): boolean {
  const { operator, of } = value;
  return (
    operator === "-" &&
    of.kind === "literal" &&
    typeof of.value === "number" &&
    String(of.value) === of.at?.text
  );
}

/** The operands of a chain of `+`, in their order. */
function flat(value: Syntax): readonly Syntax[] {
  return value.kind === "operation" && value.operator === "+" ? value.parts.flatMap(flat) : [value];
}

/** Whether an object of JavaScript has all of a map's keys in their order: it puts whole numbers first. */
function isObject(entries: readonly EntrySyntax[]): boolean {
  const keys = entries.map(([key]) => key);
  return new Set(keys).size === keys.length && keys.every((key) => !/^\d+$|^__proto__$/.test(key));
}

/** A key of an object. */
export function keyText(key: string): string {
  return isIdentifier(key) ? key : JSON.stringify(key);
}

/** What a function of Alloy is called here: `encoding.from_json` is `encoding.fromJson`. */
function functionPath(name: string): readonly string[] | undefined {
  const [first = "", ...rest] = name.split(".");
  const path = rest.length === 0 ? [propertyName(first)] : [first, ...rest.map(propertyName)];
  const found = path.reduce((of: unknown, word) => Object(of)[word], library);
  return typeof found === "function" ? path : undefined;
}
