/** A set of texts: those that a regular expression, or several of them together, describe. */
export type Language =
  | { readonly kind: "none" }
  | { readonly kind: "empty" }
  | { readonly kind: "set"; readonly ranges: readonly Range[] }
  | { readonly kind: "chain"; readonly first: Language; readonly rest: Language }
  | { readonly kind: "any"; readonly of: readonly Language[] }
  | { readonly kind: "all"; readonly of: readonly Language[] }
  | { readonly kind: "many"; readonly of: Language }
  | { readonly kind: "not"; readonly of: Language };

/** Code points, both ends too. */
export type Range = readonly [from: number, to: number];

/** The last code point. */
export const last = 0x10ffff;
/** Stand before and behind each text, so that `^` and `$` are characters like others. */
const [begin, end] = [last + 1, last + 2];

const none: Language = { kind: "none" };
const empty: Language = { kind: "empty" };

const keys = new WeakMap<Language, string>();

/** The same for languages that are written alike. */
function keyOf(language: Language): string {
  const known = keys.get(language);
  if (known !== undefined) return known;
  const made = (() => {
    switch (language.kind) {
      case "none":
      case "empty":
        return language.kind;
      case "set":
        return `[${language.ranges.join(";")}]`;
      case "chain":
        return `(${keyOf(language.first)}${keyOf(language.rest)})`;
      case "any":
      case "all":
        return `${language.kind}(${language.of.map(keyOf).join()})`;
      case "many":
      case "not":
        return `${language.kind}(${keyOf(language.of)})`;
    }
  })();
  keys.set(language, made);
  return made;
}

/** The texts of one character, of some ranges. */
export function set(...ranges: readonly Range[]): Language {
  return ranges.length === 0 ? none : { kind: "set", ranges };
}

/** The texts made of one of each language, one behind the other. */
export function chain(...parts: readonly Language[]): Language {
  return parts.reduceRight<Language>((rest, first) => {
    if (first.kind === "none" || rest.kind === "none") return none;
    if (first.kind === "empty") return rest;
    return rest.kind === "empty" ? first : { kind: "chain", first, rest };
  }, empty);
}

/** The texts that are in one of some languages. */
export function anyOf(...of: readonly Language[]): Language {
  return joined(
    "any",
    of.filter(({ kind }) => kind !== "none"),
    none,
  );
}

/** The texts that are in all of some languages. */
export function allOf(...of: readonly Language[]): Language {
  return of.some(({ kind }) => kind === "none") ? none : joined("all", of, not(none));
}

/** Of equal ones, one is enough. */
function joined(kind: "any" | "all", of: readonly Language[], otherwise: Language): Language {
  const flat = of.flatMap((one) => (one.kind === kind ? one.of : [one]));
  const distinct = [...new Map(flat.map((one) => [keyOf(one), one])).entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, one]) => one);
  const [first = otherwise] = distinct;
  return distinct.length < 2 ? first : { kind, of: distinct };
}

/** The texts made of any number of those of a language. */
export function many(of: Language): Language {
  return of.kind === "none" || of.kind === "empty" ? empty : { kind: "many", of };
}

/** All sequences of characters that are not in a language, those that are no texts among them. */
export function not(of: Language): Language {
  return of.kind === "not" ? of.of : { kind: "not", of };
}

/** A character, of those that a text may have. */
export const character = set([0, last]);

/** What `^` and `$` stand for. */
export const edges = { begin: set([begin, begin]), end: set([end, end]) };

const symbols = many(set([0, end]));
const texts = chain(edges.begin, many(character), edges.end);
const optional = (one: Language) => anyOf(empty, one);

/** The texts that an expression matches as a whole, as matchers of Prometheus do. */
export function whole(expression: Language): Language {
  return allOf(chain(optional(edges.begin), expression, optional(edges.end)), texts);
}

/** The texts in which an expression matches somewhere. */
export function within(expression: Language): Language {
  return allOf(chain(symbols, expression, symbols), texts);
}

/** The texts that are not in a language. */
export function others(language: Language): Language {
  return allOf(not(language), texts);
}

/** How many steps are looked at before nothing is said. */
const mostSteps = 4000;

/** Whether no text is in a language; undefined where that would take too long to find out. */
export function isEmpty(language: Language): boolean | undefined {
  const starts = [...new Set(boundaries(language))];
  const seen = new Map([[keyOf(language), language]]);
  // A map that grows while it is gone through is gone through to its end.
  for (const state of seen.values()) {
    if (takesNothing(state)) return false;
    if (seen.size > mostSteps) return undefined;
    for (const start of starts) {
      const next = after(state, start);
      if (next.kind !== "none") seen.set(keyOf(next), next);
    }
  }
  return true;
}

/** One of each group of characters that no part of a language tells apart. */
function boundaries(language: Language): readonly number[] {
  switch (language.kind) {
    case "none":
    case "empty":
      return [];
    case "set":
      return language.ranges.flatMap(([from, to]) => [0, from, to + 1]).filter((one) => one <= end);
    case "chain":
      return [...boundaries(language.first), ...boundaries(language.rest)];
    case "any":
    case "all":
      return language.of.flatMap(boundaries);
    case "many":
    case "not":
      return boundaries(language.of);
  }
}

/** Whether the text without characters is in a language. */
function takesNothing(language: Language): boolean {
  switch (language.kind) {
    case "none":
    case "set":
      return false;
    case "empty":
    case "many":
      return true;
    case "chain":
      return takesNothing(language.first) && takesNothing(language.rest);
    case "any":
      return language.of.some(takesNothing);
    case "all":
      return language.of.every(takesNothing);
    case "not":
      return !takesNothing(language.of);
  }
}

/** What may follow a character in the texts of a language: its derivative, as Brzozowski calls it. */
function after(language: Language, point: number): Language {
  switch (language.kind) {
    case "none":
    case "empty":
      return none;
    case "set":
      return language.ranges.some(([from, to]) => from <= point && point <= to) ? empty : none;
    case "chain": {
      const { first, rest } = language;
      const inFirst = chain(after(first, point), rest);
      return takesNothing(first) ? anyOf(inFirst, after(rest, point)) : inFirst;
    }
    case "any":
      return anyOf(...language.of.map((one) => after(one, point)));
    case "all":
      return allOf(...language.of.map((one) => after(one, point)));
    case "many":
      return chain(after(language.of, point), language);
    case "not":
      return not(after(language.of, point));
  }
}
