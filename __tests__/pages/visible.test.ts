import fc from "fast-check";
import { visible } from "../../scripts/pages/markdown";

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
