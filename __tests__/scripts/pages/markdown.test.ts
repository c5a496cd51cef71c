import fc from "fast-check";
import { code, listed, plain, table, visible } from "../../../scripts/pages/markdown";

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("|", "\\", "`", "<", "&", "*", "_", "[", " ", "\n", "a", "#", "~") }),
);

/** What a reader sees of inline Markdown that has nothing but entities, a code span or a code element. */
function read(markdown: string): string {
  const span = /^`([^`]+)`$/.exec(markdown)?.[1];
  if (span !== undefined) return span;
  return (/^<code>(.*)<\/code>$/s.exec(markdown)?.[1] ?? markdown).replace(/&#(\d+);/g, (_, number: string) =>
    String.fromCodePoint(Number(number)),
  );
}

describe("code", () => {
  test.each([
    ["^(rx|tx)_.*\\d$", "`^(rx|tx)_.*\\d$`"],
    ["a`b", "<code>a&#96;b</code>"],
    [" a", "<code> a</code>"],
    ["\\|", "<code>&#92;&#124;</code>"],
    ["", "<code></code>"],
  ])("of %j is %s", (text, markdown) => {
    expect(code(text)).toBe(markdown);
  });

  test("reads as the text, whatever it holds", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(read(code(text))).toBe(visible(text));
      }),
    );
  });
});

describe("plain text", () => {
  test("reads as the text, and has no markup", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(read(plain(text))).toBe(visible(text));
        expect(plain(text).replace(/&#\d+;/g, "")).not.toMatch(/[`*_[\]<>&|\\#~:!@\n]/);
      }),
    );
  });
});

describe("a table", () => {
  test("has a row a line, and lists within cells", () => {
    expect(table(["A", "B"], [["a", ["b", "c"]]])).toBe("| A   | B |\n| --- | --- |\n| a   | b<br/>c |");
  });

  test("has its columns in line, but for the last one and cells that are wide", () => {
    const wide = "w".repeat(57);
    expect(
      table(
        ["A", "B"],
        [
          ["a", "b"],
          ["four", "c"],
          [wide, "d"],
        ],
      ).split("\n"),
    ).toEqual(["| A    | B |", "| ---- | --- |", "| a    | b |", "| four | c |", `| ${wide} | d |`]);
  });

  test("has its cells, whatever they hold", () => {
    fc.assert(
      fc.property(anyText, anyText, (left, right) => {
        const row = table(["A", "B"], [[code(left), plain(right)]])
          .split("\n")
          .slice(2);
        expect(row).toHaveLength(1);
        const cells = (row[0] ?? "").slice(2, -2).split(/(?<!\\)\|/);
        expect(cells.map((cell) => read(cell.trim().replaceAll("\\|", "|")))).toEqual([
          visible(left),
          visible(right).trim(),
        ]);
      }),
    );
  });
});

test.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a and b"],
  [["a", "b", "c"], "a, b and c"],
])("%j is listed as %j", (words, text) => {
  expect(listed(words)).toBe(text);
});

describe("visible", () => {
  test.each([
    ["a letter", "ä", "ä"],
    ["an emoji", "🙂", "🙂"],
    ["a line break", "a\nb", "a\\u{a}b"],
    ["NUL", "\0", "\\u{0}"],
    ["half of a surrogate pair", "\ud800", "\\u{d800}"],
    ["a sign that turns the direction of writing", "\u202e", "\\u{202e}"],
    ["a noncharacter", "\uffff", "\\u{ffff}"],
  ])("shows %s", (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test("leaves what is visible as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });
});
