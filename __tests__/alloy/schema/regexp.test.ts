import fc from "fast-check";
import { RE2JS } from "re2js";
import { regexpMistake } from "../../../lib/alloy/schema/languages";

function isRe2(pattern: string): boolean {
  try {
    RE2JS.compile(pattern);
    return true;
  } catch {
    return false;
  }
}

describe("regexpMistake", () => {
  test.each([
    ["^ens.*$", undefined],
    ["^(nvme\\d+n\\d+|sd[a-z]+)$", undefined],
    ["^/(dev|var)($|/)", undefined],
    ["a(?i:b)", undefined],
    ["^*a", undefined],
    ["a**", expect.stringMatching(/^is no RE2 regexp: /)],
    ["(a", expect.stringMatching(/^is no RE2 regexp: /)],
    ["a{2,1}", expect.stringMatching(/^is no RE2 regexp: /)],
    ["[]", expect.stringMatching(/^is no RE2 regexp: /)],
    ["a(?=b)", "has a lookaround, which RE2 doesn't have"],
    ["(?<!a)b", "has a lookaround, which RE2 doesn't have"],
  ])("of %j", (pattern, mistake) => {
    expect(regexpMistake(pattern)).toEqual(mistake);
  });

  test("agrees with RE2 on patterns that look like those of operators", () => {
    const parts =
      "a|b|0|_| |^|$|.|(|)|*|+|?|/|:|,|-|\\d|\\W|\\.|\\s|[a-z]|[^0-9]|[a.]|[|]|{|}|[z-a]|\\|\\1|(?:|(?i)".split(
        "|",
      );
    const pattern = fc.array(fc.constantFrom(...parts, "|"), { maxLength: 12 }).map((some) => some.join(""));
    fc.assert(
      fc.property(pattern, (text) => {
        expect(regexpMistake(text) === undefined).toBe(isRe2(text));
      }),
      { numRuns: 5000 },
    );
  });
});
