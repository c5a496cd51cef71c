import type { YAMLError } from "yaml";
import { hasUnseen } from "../../schema";

/** What is wrong with the syntax of a text, and where. */
export interface SyntaxMistake {
  readonly offset: number;
  readonly message: string;
}

/**
 * What is wrong with a text that is no YAML, in the words of those who wrote it, and in the line where they will mend it:
 * the parser often notices later.
 */
export function syntaxMistake(text: string, { code, message, pos: [offset] }: YAMLError): SyntaxMistake {
  const conflict = /^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|$)/m.exec(text)?.index;
  if (conflict !== undefined) return { offset: conflict, message: words.conflict };
  const quote = openQuote(text, offset);
  if (quote !== undefined) return { offset: quote, message: words.quote };
  const line = firstOfLine(text, offset);
  const unseen = unseenIn(text, offset);
  if (unseen !== undefined) return { offset: unseen, message: words.unseen };
  const sign = text[offset] ?? "";
  if (/^[%@`]/.test(sign)) {
    return { offset, message: `begins with ${sign}, which has a meaning in YAML; put the value in quotes` };
  }
  if (code === "MULTILINE_IMPLICIT_KEY") return withoutColon(text, offset);
  if (code === "BLOCK_AS_IMPLICIT_KEY") return colonInValue(text, offset);
  if (Object.hasOwn(wordsByCode, code)) return { offset, message: wordsByCode[code] ?? words.unknown };
  if (/end with|missing , /i.test(message)) return brackets(text, offset);
  if (line === offset || code === "BAD_INDENT") {
    const hasKey = /^(?:- |[^#]*:)/.test(text.slice(line, endOfLine(text, line)));
    return hasKey ? { offset: line, message: words.indent } : withoutColon(text, line);
  }
  if (sign === "-") return { offset, message: words.list };
  if (/^[\]}]/.test(sign)) return { offset, message: `is a ${sign} that nothing opens; remove it` };
  return { offset, message: /scalar at node end/.test(message) ? words.behindQuote : words.unknown };
}

const words = {
  conflict: "is a conflict that git left here; keep one of the two sides, and remove its marks",
  quote: "begins with a quote that this line doesn't close; close it",
  indent: "is indented by other spaces than what it stands beside or below; indent it as that",
  list: "begins a list in the line of its key; write it below the key",
  behindQuote: "goes on behind its closing quote; put all of it in one pair of quotes",
  unseen: "is a character that is not seen, and no space; remove it, or type spaces",
  unknown: "is no YAML from here on; look for a quote, a bracket, a colon or a comma that is missing",
};

/** What the parser's code says alone. */
const wordsByCode: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: "begins a second document; write a file for each environment, or remove this line",
  TAB_AS_INDENT: "is indented by a tab; use spaces",
  RESOURCE_EXHAUSTION: "is nested too deeply; write it flatter",
  TAG_RESOLVE_FAILED: "has a tag, which means nothing here; write the value without it",
  BAD_DQ_ESCAPE: "has a backslash in double quotes, where YAML takes it for an escape; write single quotes",
  BLOCK_IN_FLOW: "is an item between brackets, each of which ends in a comma; write that",
};

/** The first quote, up to the line of an offset, that begins a value or a key and is not closed in its line. */
function openQuote(text: string, offset: number): number | undefined {
  const end = endOfLine(text, offset);
  for (const { index, 0: line } of text.slice(0, end).matchAll(/^.*$/gm)) {
    const before = /^(?:[^"'#]*?(?:^|[:\-[{,]\s+|[[{]))\s*(?=["'])/.exec(line)?.[0];
    if (before === undefined) continue;
    const rest = line.slice(before.length);
    const isClosed = rest.startsWith('"') ? /^"(?:[^"\\]|\\.)*"/.test(rest) : /^'(?:[^']|'')*'/.test(rest);
    if (!isClosed) return index + before.length;
  }
  return undefined;
}

/** A key that goes over its line has no colon, or none with a space behind it. */
function withoutColon(text: string, offset: number): SyntaxMistake {
  const line = text.slice(offset, endOfLine(text, offset));
  const message = /^[\w.-]+:\S/.test(line)
    ? "has no space behind its colon; write one"
    : "has no colon behind its name; write one, and a space";
  return { offset, message };
}

/** A value in which there is another colon: either it stands in its line, or what is below it is indented too deep. */
function colonInValue(text: string, offset: number): SyntaxMistake {
  const end = endOfLine(text, offset);
  if (/:(\s|$)/.test(text.slice(offset, end))) {
    return {
      offset,
      message:
        "has a colon and a space, by which it is a key; put the value in quotes, or write the key in a line of its own",
    };
  }
  const below = /^(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*/.exec(text.slice(end + 1))?.[0].length ?? 0;
  return {
    offset: end + 1 + below,
    message: "is indented deeper than the line above, which has a value; indent it as that",
  };
}

const closing: Readonly<Record<string, string>> = { "[": "]", "{": "}" };

/** The bracket that is not closed, or by another, where the parser missed its end; else the place that misses a comma. */
function brackets(text: string, offset: number): SyntaxMistake {
  const open: number[] = [];
  const end = endOfLine(text, offset);
  for (const { index, 0: part } of text
    .slice(0, end)
    .matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|(?<=\s)#.*|[[\]{}]/g)) {
    const last = text[open.at(-1) ?? text.length] ?? "";
    if (part === "[" || part === "{") {
      open.push(index);
    } else if (part === closing[last]) {
      open.pop();
    } else if (last !== "" && (part === "]" || part === "}")) {
      return {
        offset: index,
        message: `is a ${part} that doesn't close the ${last} before it; write ${closing[last]}, or put it in quotes`,
      };
    }
  }
  const [first] = open;
  if (first === undefined || /^\s*[^\s\]}]/.test(text.slice(offset, end))) {
    return {
      offset,
      message: "is no item of the brackets that are open here; write a comma before it, or close them",
    };
  }
  const sign = text[first] ?? "";
  return { offset: first, message: `opens a ${sign} that is not closed; write ${closing[sign]}` };
}

/** What is not seen in the line of an offset, tabs and its end aside. */
function unseenIn(text: string, offset: number): number | undefined {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(start, endOfLine(text, offset)).replace(/\r$/, "");
  const at = [...line].findIndex((character) => character !== "\t" && hasUnseen(character));
  return at === -1 ? undefined : start + [...line].slice(0, at).join("").length;
}

function firstOfLine(text: string, offset: number): number {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return start + (/^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0);
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end;
}
