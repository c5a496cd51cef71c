import {
  type BlockSyntax,
  type BodySyntax,
  nameOf,
  printBlocks,
  printValue,
  type Syntax,
} from "../../../lib/alloy";

/** A value with each of its parts changed. */
function withParts(value: Syntax, change: (part: Syntax) => Syntax): Syntax {
  switch (value.kind) {
    case "list":
      return { ...value, items: value.items.map(change) };
    case "map":
      return { ...value, entries: value.entries.map(([key, entry]) => [key, change(entry)]) };
    case "access":
    case "negation":
    case "parentheses":
      return { ...value, of: change(value.of) };
    case "call":
      return { ...value, function: change(value.function), args: value.args.map(change) };
    case "index":
      return { ...value, of: change(value.of), key: change(value.key) };
    case "operation":
      return { ...value, parts: value.parts.map(change) };
    default:
      return value;
  }
}

/** A body with each of its values changed. */
function withValues(
  { attributes, blocks }: BodySyntax,
  change: (value: Syntax, attribute: string) => Syntax,
): BodySyntax {
  return {
    attributes: attributes.map(({ name, value }) => ({ name, value: change(value, name) })),
    blocks: blocks.map(({ name, label, body }) => ({
      name,
      label,
      body: withValues(body, change),
    })),
  };
}

/** A body without the places and the layout of its text: two of the same meaning are equal. */
export function plainBody(body: BodySyntax): BodySyntax {
  return withValues(body, plainValue);
}

function plainValue(value: Syntax): Syntax {
  const { at: _, ...plain } = withParts(value, plainValue);
  return plain;
}

/** A body that refers to components by their new names. */
export function renamedIn(body: BodySyntax, names: ReadonlyMap<string, string>): BodySyntax {
  const renamed = (value: Syntax): Syntax => {
    const name = value.kind === "access" ? names.get(nameOf(value) ?? "") : undefined;
    return name === undefined ? withParts(value, renamed) : named(name);
  };
  return names.size === 0 ? body : withValues(body, renamed);
}

/** A name such as `prometheus.scrape.node`, as it is parsed. */
function named(name: string): Syntax {
  const [first = "", ...rest] = name.split(".");
  const start: Syntax = { kind: "identifier", name: first };
  return rest.reduce<Syntax>((of, part) => ({ kind: "access", of, name: part }), start);
}

const hidden: Syntax = { kind: "identifier", name: "…" };

/** A value without what may hold a token: the query of a URL, and the value of a header. */
function withoutTokens(value: Syntax, attribute: string): Syntax {
  if (value.kind !== "literal" || typeof value.value !== "string") {
    return withParts(value, (part) => withoutTokens(part, attribute));
  }
  if (attribute === "headers") return hidden;
  return { ...value, value: value.value.replace(/(https?:\/\/[^\s?]*)\?[^\s]*/g, "$1?…") };
}

/** The text of an attribute's value, for readers. */
export function shownValue(value: Syntax, attribute: string): string {
  return printValue(withoutTokens(value, attribute));
}

/** The text of a block, for readers. */
export function shownBlock({ name, body }: BlockSyntax): string {
  return printBlocks([{ name, body: withValues(body, withoutTokens) }]).trimEnd();
}
