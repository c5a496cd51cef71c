import type { Facts, Rule } from "../schema/facts";
import { goString, unquote } from "../syntax/literals";

// OpenTelemetry's transformation language as far as its grammar goes. Which functions and paths there are depends on the
// component and the context, and is not read here.
//
// Source: pkg/ottl v0.153.0 of OpenTelemetry's collector, of Alloy v1.18.1, read; its parser refuses what is refused here (run).

// The rules of components that take statements or conditions of it.

export const statementsRule: Rule = {
  members: ["context", "statements"],
  check: (facts) => checkTexts(facts, "statement", "statements"),
};

export const conditionsRule: Rule = {
  members: ["conditions"],
  check: (facts) => checkTexts(facts, "condition", "conditions"),
};

export const spanConditionsRule: Rule = {
  members: ["span", "spanevent"],
  check: (facts) => checkTexts(facts, "condition", "span", "spanevent"),
};

export const metricConditionsRule: Rule = {
  members: ["metric", "datapoint"],
  check: (facts) => checkTexts(facts, "condition", "metric", "datapoint"),
};

export const logConditionsRule: Rule = {
  members: ["log_record"],
  check: (facts) => checkTexts(facts, "condition", "log_record"),
};

export const signalStatementsRule: Rule = {
  of: ["statements"],
  members: ["trace", "metric", "log"],
  check: (facts) => checkTexts(facts, "statement", "trace", "metric", "log"),
};

type Kind = "statement" | "condition";

const examples: Readonly<Record<Kind, string>> = {
  statement: 'set(attributes["a"], "b") where attributes["c"] == nil',
  condition: 'attributes["a"] == "b" and not IsMatch(attributes["c"], "^d")',
};

function checkTexts(facts: Facts, kind: Kind, ...names: readonly string[]): void {
  for (const name of names) {
    for (const text of facts.texts(name)) {
      const end = mistakeIn(kind, text);
      if (end === undefined) continue;
      const where = end === "" ? "it ends too early" : `it can't go on with ${JSON.stringify(end)}`;
      facts.report(
        name,
        `${JSON.stringify(text)} is no ${kind} of OTTL: ${where}; write one such as ${examples[kind]}`,
      );
    }
  }
}

/** What was found before, as the statements of many environments are the same. */
const found = new Map<string, string | undefined>();

/** From where on a text is not of its kind; undefined where it is. */
function mistakeIn(kind: Kind, text: string): string | undefined {
  const key = `${kind} ${text}`;
  if (!found.has(key)) found.set(key, endOf(kind, text)?.slice(0, 20));
  return found.get(key);
}

function endOf(kind: Kind, text: string): string | undefined {
  const { tokens, rest } = tokensOf(text);
  if (rest !== "") return rest;
  const tooDeep = tokens[levelsOf(tokens).findIndex((level) => level > mostLevels)];
  if (tooDeep !== undefined) return text.slice(tooDeep.at);
  const reading: Reading = { tokens, furthest: 0, known: new Map() };
  const end = (kind === "statement" ? statement : condition)(reading, 0);
  return end === tokens.length ? undefined : text.slice(tokens[reading.furthest]?.at ?? text.length);
}

interface Token {
  readonly kind: string;
  /** What it says: to the parser a text is what stands in it, so that `")"` closes too. */
  readonly word: string;
  readonly at: number;
}

/** The lexer's kinds in its order. A text is one of Go, whose escapes it has. */
const kinds = Object.entries({
  Bytes: /^0x(?:[a-fA-F0-9]{2})+(?![a-fA-F0-9])/,
  /** Half a byte too many: nothing takes these. */
  OddBytes: /^0x[a-fA-F0-9]+/,
  Float: /^(?:\d+\.\d*|\d*\.\d+)(?:[eE][-+]?\d+)?/,
  Int: /^\d+/,
  String: goString,
  Nil: /^nil\b/,
  Not: /^not\b/,
  Or: /^or\b/,
  And: /^and\b/,
  Comparison: /^(?:==|!=|>=|<=|>|<)/,
  AddSub: /^[+-]/,
  MultDiv: /^[/*]/,
  Boolean: /^(?:true|false)\b/,
  Punctuation: /^[=(){}:,.[\]]/,
  Uppercase: /^[A-Z][A-Z0-9_]*/,
  Lowercase: /^[a-z][a-z0-9_]*/,
});

/** @returns what is no token in `rest` */
function tokensOf(text: string): { readonly tokens: readonly Token[]; readonly rest: string } {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    const rest = text.slice(at);
    const [kind, pattern] = kinds.find(([, one]) => one.test(rest)) ?? [];
    const [token = ""] = pattern?.exec(rest) ?? [];
    if (kind === undefined || token === "") return { tokens, rest };
    tokens.push({ kind, word: kind === "String" ? unquote(token) : token, at });
    at += token.length;
  }
}

/** How many brackets may be open: more than any statement has, and few enough to be read. */
const mostLevels = 100;

/** How many brackets are open at each token. */
function levelsOf(tokens: readonly Token[]): readonly number[] {
  let level = 0;
  return tokens.map(({ kind, word }) => {
    if (kind === "Punctuation" && "({[".includes(word)) level++;
    if (kind === "Punctuation" && ")}]".includes(word)) level--;
    return level;
  });
}

interface Reading {
  readonly tokens: readonly Token[];
  /** The first token that nothing could go on with. */
  furthest: number;
  /** Where parts ended that were read {@link once}, by where they began. */
  readonly known: Map<Grammar, Map<number, number | undefined>>;
}

/** Reads from a token on. @returns where it ended; undefined where it doesn't fit */
type Grammar = (reading: Reading, at: number) => number | undefined;

/** A token of a kind, or a mark or word as it is. */
function is(wanted: string): Grammar {
  const by = kinds.some(([kind]) => kind === wanted) ? "kind" : "word";
  return (reading, at) => {
    if (reading.tokens[at]?.[by] === wanted) return at + 1;
    reading.furthest = Math.max(reading.furthest, at);
    return undefined;
  };
}
const sequence =
  (...parts: readonly Grammar[]): Grammar =>
  (reading, at) =>
    parts.reduce<number | undefined>((end, part) => (end === undefined ? end : part(reading, end)), at);
const either =
  (...parts: readonly Grammar[]): Grammar =>
  (reading, at) => {
    for (const part of parts) {
      const end = part(reading, at);
      if (end !== undefined) return end;
    }
    return undefined;
  };
const maybe =
  (part: Grammar): Grammar =>
  (reading, at) =>
    part(reading, at) ?? at;
const many =
  (part: Grammar): Grammar =>
  (reading, at) => {
    let end = at;
    for (let next = part(reading, end); next !== undefined && next > end; next = part(reading, end)) {
      end = next;
    }
    return end;
  };
const not =
  (part: Grammar): Grammar =>
  (reading, at) =>
    part({ ...reading }, at) === undefined ? at : undefined;
/** Several grammars begin with the same part. Read anew for each, one in another in another would take for ever. */
const once =
  (part: Grammar): Grammar =>
  (reading, at) => {
    const ends = reading.known.get(part) ?? new Map<number, number | undefined>();
    reading.known.set(part, ends);
    if (!ends.has(at)) ends.set(at, part(reading, at));
    return ends.get(at);
  };
const listed = (part: Grammar) => maybe(sequence(part, many(sequence(is(","), part))));

const nameOf = (first: string) => sequence(is(first), many(either(is("Uppercase"), is("Lowercase"))));
const argument: Grammar = (...from) =>
  sequence(maybe(sequence(nameOf("Lowercase"), is("="))), either(value, nameOf("Uppercase")))(...from);
const callOf = (first: string) => sequence(nameOf(first), is("("), listed(argument), is(")"));
const editor = callOf("Lowercase");
const key: Grammar = (...from) =>
  sequence(is("["), either(is("String"), is("Int"), calculation, literal), is("]"))(...from);
const converter = sequence(callOf("Uppercase"), many(key));
const field = sequence(is("Lowercase"), many(key));
const path = sequence(maybe(sequence(is("Lowercase"), is("."))), field, many(sequence(is("."), field)));
const literal = once(either(converter, is("Float"), is("Int"), path));
const operand: Grammar = (...from) =>
  sequence(maybe(is("AddSub")), either(literal, sequence(is("("), calculation, is(")"))))(...from);
const product = sequence(operand, many(sequence(is("MultDiv"), operand)));
const calculation = once(sequence(product, many(sequence(is("AddSub"), product))));
const item: Grammar = (...from) => sequence(is("String"), is(":"), value, maybe(is(",")))(...from);
const list: Grammar = (...from) =>
  sequence(is("["), many(value), many(sequence(is(","), value)), is("]"))(...from);
const value = once(
  either(
    is("Nil"),
    sequence(literal, not(either(is("AddSub"), is("MultDiv")))),
    calculation,
    is("Bytes"),
    is("String"),
    is("Boolean"),
    sequence(is("Uppercase"), not(is("Lowercase"))),
    sequence(is("{"), many(item), is("}")),
    list,
  ),
);
const comparison = sequence(value, is("Comparison"), value);
const term: Grammar = (...from) =>
  sequence(
    maybe(is("Not")),
    either(comparison, is("Boolean"), converter, sequence(is("("), condition, is(")"))),
  )(...from);
const all = sequence(term, many(sequence(is("And"), term)));
const condition = sequence(all, many(sequence(is("Or"), all)));
const statement = sequence(editor, maybe(sequence(is("where"), condition)));
