import { isPrintable, quote, stringLiteral, unquote } from "../../../lib/alloy/syntax/literals";

describe("a quoted string", () => {
  test.each([
    ["nothing", "", '""'],
    ["plain text", "a b", '"a b"'],
    ["quotes", 'a"b', String.raw`"a\"b"`],
    ["backslashes", "a\\n", String.raw`"a\\n"`],
    ["the escapes that have a letter", "\x07\b\f\n\r\t\v", String.raw`"\a\b\f\n\r\t\v"`],
    ["other control characters", "\0\x1b\x7f", String.raw`"\x00\x1b\x7f"`],
    ["what can't be seen", "\u00a0\u200b\ufeff", String.raw`"\u00a0\u200b\ufeff"`],
    ["what can't be seen beyond four digits", "\u{e0001}", String.raw`"\U000e0001"`],
    ["letters of any alphabet", "é漢😀", '"é漢😀"'],
    ["a template", "{{ . }} $x $$", '"{{ . }} $x $$"'],
  ])("holds %s", (_, text, literal) => {
    expect(quote(text)).toBe(literal);
  });

  test("keeps half of a surrogate pair for the checks to find", () => {
    expect(quote("a\ud800")).toBe('"a\ud800"');
  });
});

describe("a string literal", () => {
  test.each([
    ["plain text", "^ens.*", '"^ens.*"'],
    ["backslashes", "^nvme\\d+$", "`^nvme\\d+$`"],
    ["quotes", '{"a": 1}', '`{"a": 1}`'],
    ["a backtick", "a`b", '"a`b"'],
    ["a backtick and a quote", 'a`"', '"a`\\""'],
    ["a line break and a quote", 'a\n"', '"a\\n\\""'],
  ])("of %s", (_, text, literal) => {
    expect(stringLiteral(text)).toBe(literal);
  });
});

test("line breaks and tabs are not printable, blanks are", () => {
  expect(["a b", "é", "a\tb", "a\nb", "\u2028"].map(isPrintable)).toEqual([true, true, false, false, false]);
});

test.each([
  [String.raw`"a\"\t\x41\u00e9\U0001f600\101"`, 'a"\tAé😀A'],
  [String.raw`"\xc3\xa9"`, "é"],
  [String.raw`'it\'s "so"'`, `it's "so"`],
  ["`a\\.b`", "a\\.b"],
  [String.raw`"a\.b"`, "a\\.b"],
  [String.raw`"\x4\u00\8"`, String.raw`\x4\u00\8`],
])("a string literal %s stands for %j", (literal, text) => {
  expect(unquote(literal)).toBe(text);
});
