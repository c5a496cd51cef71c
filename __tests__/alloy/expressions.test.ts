import {
  all,
  alloy,
  choose,
  concatStrings,
  constants,
  differ,
  type Expression,
  encoding,
  entry,
  item,
  notSecret,
  numberIn,
  string,
  sys,
  textIn,
} from "../../lib/alloy";
import { printValue } from "../../lib/alloy/syntax/printer";

function text(expression: Expression<unknown>): string {
  return printValue(expression.syntax);
}

test("strings are joined in order", () => {
  expect(text(concatStrings("Bearer ", sys.env("TOKEN"), '"'))).toBe('"Bearer " + sys.env("TOKEN") + `"`');
});

test("values are compared and chosen from, with parentheses where they are needed", () => {
  const [a, b] = [sys.env("A"), sys.env("B")];
  expect(text(all(differ(concatStrings(a, "x"), b), differ(b, "")))).toBe(
    'sys.env("A") + "x" != sys.env("B") && sys.env("B") != ""',
  );
  expect(text(differ(all(differ(a, b)), differ(a, "")))).toBe(
    '(sys.env("A") != sys.env("B")) != (sys.env("A") != "")',
  );
  expect(text(choose(differ(a, ""), a, "none"))).toBe(
    '{\n\t"true"  = sys.env("A"),\n\t"false" = "none",\n}[string.format("%t", sys.env("A") != "")]',
  );
});

test("a list's item and a map's entry are looked up", () => {
  const parts = string.split("a,b", ",");
  expect(text(item(parts, 0))).toBe('string.split("a,b", ",")[0]');
  const map = encoding.fromJson<{ readonly a: string }>("{}");
  expect(text(entry(map, "a"))).toBe('encoding.from_json("{}")["a"]');
});

test("a literal that is no secret prints as it is", () => {
  expect(text(notSecret("tenant"))).toBe('"tenant"');
});

test("a number in a string is the string", () => {
  expect(text(numberIn(sys.env("PORT")))).toBe('sys.env("PORT")');
});

test("an expression has no text in TypeScript", () => {
  expect(() => `${sys.env("HOME")}`).toThrow("join strings with concatStrings(...)");
});

test("what may be a secret prints as it is where a string is taken", () => {
  expect(text(textIn(sys.env("NAME")))).toBe('sys.env("NAME")');
});

describe("any expression", () => {
  test("is what its text says, with what is put in as a value", () => {
    const host = sys.env("HOST");
    expect(text(alloy`${constants.arch} == "arm64"`)).toBe('constants.arch == "arm64"');
    expect(text(alloy`-(${1} + 2) * ${concatStrings(host, "x")}`)).toBe('-(1 + 2) * (sys.env("HOST") + "x")');
    expect(text(alloy`${["a", host]}[0]`)).toBe('["a", sys.env("HOST")][0]');
    expect(text(alloy`module_path`)).toBe("module_path");
    expect(text(alloy`"\\d" + ${"`"}`)).toBe('`\\d` + "`"');
  });

  test("keeps how a number is written", () => {
    expect(text(alloy`1.50`)).toBe("1.50");
    expect(text(alloy`9007199254740993`)).toBe("9007199254740993");
  });

  test("is refused where it is none", () => {
    expect(() => alloy`${1} +`).toThrow(SyntaxError);
    expect(() => alloy`1\nb = 2`).toThrow("1\\nb = 2: ");
    expect(() => alloy``).toThrow(SyntaxError);
  });
});
