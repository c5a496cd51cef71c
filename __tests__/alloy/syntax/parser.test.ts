import { parse, print } from "../../../lib/alloy";
import { nameOf, type Syntax } from "../../../lib/alloy/syntax/tree";

/** The mistakes of a text, as `LINE:COLUMN: what is wrong`. */
function mistakes(text: string): readonly string[] {
  return parse(text).mistakes.map(({ at, message }) => `${at}: ${message}`);
}

/** The value of the first attribute of a text. */
function firstValue(text: string): Syntax | undefined {
  const { body, mistakes: found } = parse(`x = ${text}`);
  expect(found).toEqual([]);
  return body.attributes[0]?.value;
}

/** A value with parentheses around each operation. */
function grouped(value: Syntax | undefined): string {
  switch (value?.kind) {
    case "operation":
      return `(${value.parts.map(grouped).join(` ${value.operator} `)})`;
    case "negation":
      return `(${value.operator}${grouped(value.of)})`;
    case "parentheses":
      return grouped(value.of);
    case "index":
      return `${grouped(value.of)}[${grouped(value.key)}]`;
    case "call":
      return `${grouped(value.function)}(${value.args.map(grouped).join(", ")})`;
    case "literal":
      return String(value.value);
    default:
      return (value && nameOf(value)) ?? "?";
  }
}

describe("what is read", () => {
  test("is a tree whose nodes know their places", () => {
    const { body } = parse('a.b "c" {\n  d = e.f[0]\n}\n', { file: "x.alloy" });
    const [block] = body.blocks;
    const value = block?.body.attributes[0]?.value;
    expect(block).toMatchObject({ name: "a.b", label: "c", at: { start: 0, end: 24 } });
    expect(value).toMatchObject({ kind: "index", of: { kind: "access", name: "f" } });
    expect([String(value?.at), value?.at?.text, block?.at?.endLine]).toEqual(["x.alloy:2:7", "e.f[0]", 3]);
  });

  test.each([
    ["a || b && c == d + e * f ^ g", "(a || (b && (c == (d + (e * (f ^ g))))))"],
    ["a - b - c", "((a - b) - c)"],
    ["a ^ b ^ c", "(a ^ (b ^ c))"],
    ["(a + b) * c", "((a + b) * c)"],
    ["-a ^ b", "((-a) ^ b)"],
    ["!a.b == !!c", "((!a.b) == (!(!c)))"],
    ["a <= b != c", "((a <= b) != c)"],
    ['a.b["c"](1, d)[2]', "a.b[c](1, d)[2]"],
  ])("%s is %s", (text, groups) => {
    expect(grouped(firstValue(text))).toBe(groups);
  });

  test.each([
    ['"a\\tb\\\\\\"\\u00e9\\U0001F600\\x41\\101"', 'a\tb\\"é😀AA'],
    ['"\\xc3\\xa9"', "é"],
    ["`a\\n\r\nb`", "a\\n\nb"],
    ["1.5e3", 1500],
    [".5", 0.5],
    ["007", 7],
    ["true", true],
    ["null", null],
  ])("%s holds %j", (text, value) => {
    expect(firstValue(text)).toMatchObject({ kind: "literal", value });
  });

  test("has commas at the end of lists, maps and calls", () => {
    expect(grouped(firstValue("f(1,\n 2,\n)"))).toBe("f(1, 2)");
    expect(firstValue("[1,\n]")).toMatchObject({ items: [{ value: 1 }] });
    const map = firstValue('{ a = 1, "b c" = 2, }');
    expect(map?.kind === "map" && map.entries.map(([key]) => key)).toEqual(["a", "b c"]);
  });
});

describe("what is printed", () => {
  test.each([
    ["comments", "// a\n\n// b\nc = 1 // d\n/* e */\nf {\n\t// g\n}\n// h\n"],
    ["comments in lists and maps", "a = [ // b\n\t1, // c\n\t// d\n]\ne = {\n\t// f\n\tg = 1, // h\n}\n"],
    ["blank lines and order", 'a = 1\n\nb = 2\n\nc "d" { }\ne = 3\n'],
    ["texts in backticks", 'a = `b\n\tc "d"\n  `\n'],
    ["literals as written", 'a = 1.50\nb = "\\u0041"\n'],
  ])("keeps %s", (_, text) => {
    expect(print(parse(text))).toBe(text);
  });

  test("is aligned", () => {
    expect(print(parse("a=1 // x\nbcd = [1,2] // y\n"))).toBe("a   = 1      // x\nbcd = [1, 2] // y\n");
  });
});

describe("a mistake has its place and what to write", () => {
  test.each([
    ["a = 'b'", "1:5: a string stands in double quotes; write \" for '"],
    ['a "1b" { }', '1:3: the label "1b" begins with a digit; write "_1b"'],
    ['a "b-c" { }', '1:3: the label "b-c" has more than letters, digits and _; write "b_c"'],
    ["a b { }", '1:3: =, { or a label is expected, not b; write "b" in double quotes'],
    ["a `b` { }", '1:3: a label stands in double quotes; write "b"'],
    ["a: 1", "1:2: : can't stand here; a name and its value have = between them"],
    ["# a", "1:1: # begins no comment; write //"],
    [
      "a = [1\n2]",
      "1:7: a comma is missing before the end of line; write one after each item, the last of a line too",
    ],
    [
      "a = {\n\tb = 1\n}",
      "2:7: a comma is missing before the end of line; write one after each item, the last of a line too",
    ],
    ["a = 1 b = 2", "1:7: b can't stand here; end the statement before it, by a new line"],
    ["a = b { }", "1:5: a block is no value; write it without =, or a map as { name = value }"],
    ["a.b = 1", "1:1: a.b is no attribute's name; write one without dots, or { for a block"],
    ["a {\n", "2:1: } is missing, not the end of file; close the { of line 1"],
    ["a = ", "1:5: a value is expected, not the end of file"],
    ['a = "b', '1:5: the string has no end; close it by " on the same line'],
    [
      'a = "\\d"',
      "1:7: \\d is no escape that Alloy knows; write \\\\ for a backslash, or the string in backticks",
    ],
    ["é = 1 2", "1:8: 2 can't stand here; end the statement before it, by a new line"],
  ])("%s", (text, mistake) => {
    expect(mistakes(text)).toContain(mistake);
  });

  test("and all come at once", () => {
    const places = mistakes("a { b = }\nc = [1\n]\nd = 'e'\n").map((one) => one.split(": ")[0]);
    expect(places).toEqual(["1:9", "2:7", "4:5"]);
  });
});

describe("levels of", () => {
  const around = (open: string, close: string) => (count: number) =>
    `x = ${open.repeat(count)}1${close.repeat(count)}`;

  test.each([
    ["parentheses", around("(", ")")],
    ["lists", around("[", "]")],
    ["maps", around("{ a = ", " }")],
    ["negations", around("-", "")],
    ["operations", around("1 + ", "")],
    ["powers", around("2 ^ ", "")],
    ["calls in calls", around("f(", ")")],
    ["names in names", (count) => `x = a${".b".repeat(count)}`],
    ["items of items", (count) => `x = a${"[0]".repeat(count)}`],
    ["calls of calls", (count) => `x = a${"()".repeat(count)}`],
    ["blocks", (count) => `${"a {\n".repeat(count)}${"}\n".repeat(count)}`],
  ] satisfies readonly (readonly [string, (count: number) => string])[])(
    "%s are read, but not without end",
    (_, text) => {
      expect(mistakes(text(240))).toEqual([]);
      expect(print(parse(print(parse(text(240)))))).toBe(print(parse(text(240))));
      expect(mistakes(text(50_000))).toEqual([
        expect.stringMatching(/^\d+:\d+: nested deeper than 500 levels; write it flatter$/),
      ]);
    },
  );

  test("are not counted of what stands side by side", () => {
    expect(mistakes(`x = [${"(1), -a.b[0](), ".repeat(1000)}]\n${"b { c { } }\n".repeat(1000)}`)).toEqual([]);
  });
});
