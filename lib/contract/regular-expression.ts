import {
  anyOf,
  chain,
  character,
  edges,
  type Language,
  last,
  many,
  type Range,
  set,
} from "./regular-language";

const code = (text: string) => text.codePointAt(0) ?? 0;
/** What the classes of Perl hold, by their letters. */
const classes: Readonly<Record<string, readonly Range[]>> = {
  d: [[code("0"), code("9")]],
  s: [
    [9, 10],
    [12, 13],
    [32, 32],
  ],
  w: [
    [code("0"), code("9")],
    [code("A"), code("Z")],
    [code("_"), code("_")],
    [code("a"), code("z")],
  ],
};
const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** What is not read here: flags, edges of words, classes by their names. */
class Unread extends Error {}

/** Beyond so many repetitions nothing is said. */
const mostRepetitions = 100;

/**
 * What a regular expression of RE2 describes, where `.` is any character, as in Prometheus and Loki.
 *
 * @returns undefined where it has something that is not read here
 */
export function languageOf(pattern: string): Language | undefined {
  try {
    const reader = new Reader(pattern);
    const language = reader.alternatives();
    return reader.isAtEnd ? language : undefined;
  } catch (error) {
    if (error instanceof Unread) return undefined;
    throw error;
  }
}

class Reader {
  private readonly characters: readonly string[];
  private index = 0;

  constructor(pattern: string) {
    this.characters = [...pattern];
  }

  get isAtEnd(): boolean {
    return this.index >= this.characters.length;
  }

  alternatives(): Language {
    const found = [this.sequence()];
    while (this.takes("|")) found.push(this.sequence());
    return anyOf(...found);
  }

  private sequence(): Language {
    const parts: Language[] = [];
    while (!this.isAtEnd && this.next !== "|" && this.next !== ")") parts.push(this.repeated(this.atom()));
    return chain(...parts);
  }

  private atom(): Language {
    const first = this.take();
    switch (first) {
      case "^":
        return edges.begin;
      case "$":
        return edges.end;
      case ".":
        return character;
      case "(":
        return this.group();
      case "[":
        return this.bracket();
      case "\\":
        return set(...this.escaped());
      case "*":
      case "+":
      case "?":
        throw new Unread();
      default:
        return set([code(first), code(first)]);
    }
  }

  private group(): Language {
    if (this.takes("?") && !this.takes(":")) {
      if (!this.takes("P") && this.next !== "<") throw new Unread();
      if (!this.takes("<")) throw new Unread();
      while (!this.takes(">")) this.take();
    }
    const inside = this.alternatives();
    if (!this.takes(")")) throw new Unread();
    return inside;
  }

  private bracket(): Language {
    const isNegated = this.takes("^");
    const ranges: Range[] = [];
    do {
      const one = this.take();
      if (one === "[" && this.next === ":") throw new Unread();
      const from: readonly Range[] = one === "\\" ? this.escaped() : [[code(one), code(one)]];
      const [[low, high] = [0, 0]] = from;
      if (from.length === 1 && low === high && this.next === "-" && this.characters[this.index + 1] !== "]") {
        this.take();
        const to = this.take();
        const [[upper] = [0]] = to === "\\" ? this.escaped() : ([[code(to), code(to)]] as const);
        ranges.push([low, upper]);
      } else ranges.push(...from);
    } while (this.next !== "]");
    this.take();
    return set(...(isNegated ? complement(ranges) : ranges));
  }

  private escaped(): readonly Range[] {
    const one = this.take();
    const known = classes[one.toLowerCase()];
    if (known !== undefined) return one === one.toLowerCase() ? known : complement(known);
    const control = controls[one];
    if (control !== undefined) return [[control, control]];
    if (/[A-Za-z0-9]/.test(one)) throw new Unread();
    return [[code(one), code(one)]];
  }

  private repeated(one: Language): Language {
    const [least, most] = this.repetition();
    if (least === 1 && most === 1) return one;
    // Whether as few or as many as can be are taken changes nothing in what is matched.
    this.takes("?");
    if (["*", "+", "?"].includes(this.next)) throw new Unread();
    if (Math.max(least, most === Number.POSITIVE_INFINITY ? 0 : most) > mostRepetitions) throw new Unread();
    const needed = new Array<Language>(least).fill(one);
    if (most === Number.POSITIVE_INFINITY) return chain(...needed, many(one));
    const more = new Array<Language>(most - least)
      .fill(one)
      .reduce((rest, each) => anyOf(chain(), chain(each, rest)), chain());
    return chain(...needed, more);
  }

  private repetition(): readonly [least: number, most: number] {
    if (this.takes("*")) return [0, Number.POSITIVE_INFINITY];
    if (this.takes("+")) return [1, Number.POSITIVE_INFINITY];
    if (this.takes("?")) return [0, 1];
    const counted = /^\{(\d+)(,?)(\d*)\}/.exec(this.characters.slice(this.index, this.index + 12).join(""));
    if (counted === null) return [1, 1];
    const [whole, least = "", comma, most] = counted;
    this.index += whole.length;
    if (comma === "") return [Number(least), Number(least)];
    return [Number(least), most === "" ? Number.POSITIVE_INFINITY : Number(most)];
  }

  private get next(): string {
    return this.characters[this.index] ?? "";
  }

  private take(): string {
    if (this.isAtEnd) throw new Unread();
    const taken = this.next;
    this.index += 1;
    return taken;
  }

  private takes(one: string): boolean {
    if (this.next !== one) return false;
    this.index += 1;
    return true;
  }
}

function complement(ranges: readonly Range[]): readonly Range[] {
  const left: Range[] = [];
  let from = 0;
  for (const [low, high] of ranges.toSorted(([one], [other]) => one - other)) {
    if (low > from) left.push([from, low - 1]);
    from = Math.max(from, high + 1);
  }
  return from > last ? left : [...left, [from, last]];
}
