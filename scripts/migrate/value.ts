import type { SettingKey } from "../../lib/schema";

/** Where something stands in a file, from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A value of today's files, with the place where it stands. */
export interface Value {
  /** That of its key, or of the item of a list. */
  readonly place: Place;
  /** Its key in today's files, where what is written has another. */
  readonly origin?: SettingKey | undefined;
  /** The comment above it or beside it. */
  readonly comment?: string | undefined;
  readonly content: Content;
}

export type Content = string | number | boolean | null | readonly Value[] | ValueMap;

export type ValueMap = ReadonlyMap<string, Value>;

export function isMap(content: Content | undefined): content is ValueMap {
  return content instanceof Map;
}

export function isList(content: Content | undefined): content is readonly Value[] {
  return Array.isArray(content);
}

/** The value at a key: nothing where there is none. */
export function valueIn(value: Value | undefined, [first, ...rest]: SettingKey): Value | undefined {
  if (value === undefined || first === undefined) return value;
  const { content } = value;
  const next = isMap(content)
    ? content.get(String(first))
    : isList(content)
      ? content[Number(first)]
      : undefined;
  return valueIn(next, rest);
}

/** The entries of a map: none where there is no map. */
export function entriesOf(value: Value | undefined): readonly (readonly [name: string, value: Value])[] {
  return isMap(value?.content) ? [...value.content] : [];
}

/** The items of a list: none where there is no list. */
export function itemsOf(value: Value | undefined): readonly Value[] {
  return isList(value?.content) ? value.content : [];
}

/** Without places and comments. */
export function plain({ content }: Value): unknown {
  if (isMap(content)) return Object.fromEntries([...content].map(([name, value]) => [name, plain(value)]));
  return isList(content) ? content.map(plain) : content;
}

/** A value as Go's templates print it: Helm has read every number as a float. */
export function printed(content: Content): string {
  if (content === null) return "";
  if (typeof content !== "number") return typeof content === "object" ? "" : String(content);
  const exponent = content === 0 ? 0 : Math.floor(Math.log10(Math.abs(content)));
  if (exponent >= -4 && exponent < 21 && Math.abs(content) < 1e6) return String(content);
  return content.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

/** What a value is told under: the names of its keys, and indexes. */
export type Visit = (value: Value, key: SettingKey) => void;

/** Goes through a value to those that hold no others: texts, numbers, empty maps and lists. */
export function eachLeaf(value: Value, visit: Visit, key: SettingKey = []): void {
  const { content } = value;
  if (isMap(content) && content.size > 0) {
    for (const [name, inner] of content) eachLeaf(inner, visit, [...key, name]);
  } else if (isList(content) && content.length > 0) {
    content.forEach((item, index) => {
      eachLeaf(item, visit, [...key, index]);
    });
  } else {
    visit(value, key);
  }
}

/**
 * Merges values as Helm does: map into map, anything else is replaced.
 *
 * @param replaced is told of what another value takes the place of
 */
export function merged(
  base: Value | undefined,
  over: Value,
  replaced: (value: Value, key: SettingKey, by: Value) => void,
  key: SettingKey = [],
): Value {
  if (base === undefined) return over;
  if (!isMap(base.content) || !isMap(over.content)) {
    replaced(base, key, over);
    return over;
  }
  const content = new Map(base.content);
  for (const [name, value] of over.content) {
    content.set(name, merged(content.get(name), value, replaced, [...key, name]));
  }
  return { ...over, content };
}

/** The last line of a value: of what is in it, as far as it is of the same file. */
function lastLine({ place, content }: Value): number {
  const inner = isMap(content) ? [...content.values()] : isList(content) ? content : [];
  return Math.max(place.line, ...inner.filter((one) => one.place.file === place.file).map(lastLine));
}

/** Says of a value, and of all that is in it, that it isn't written. */
export function leftOutMessage(value: Value, why: string): string {
  const last = lastLine(value);
  return `is left out${last > value.place.line ? `, up to line ${last}` : ""}: ${why}`;
}
