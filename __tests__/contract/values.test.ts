import fc from "fast-check";
import { languageOf } from "../../lib/contract/regular-expression";
import { allOf, isEmpty, others, whole, within } from "../../lib/contract/regular-language";
import { canMeet, regexp, ruled, type ValueRule } from "../../lib/contract/values";

const rule = (pattern: string, where: ValueRule["where"] = "whole", is = true): ValueRule => ({
  regexp: pattern,
  where,
  is,
});

describe("values that rules let through", () => {
  const mountpoints = ruled(rule("/.*"), rule("^/(dev|var|proc|run|sys|tmp)($|/)", "within", false));
  const disks = ruled(rule("[^/]+"), rule("^(nvme\\d+|sd[a-z]+)", "within"));
  const paths = ruled(rule("(nvme|sd[a-z]).*", "whole", false));
  test.each([
    [mountpoints, "/ais/.*", true],
    [mountpoints, "/variable", true],
    [mountpoints, "/var", false],
    [mountpoints, "/var/lib/.+", false],
    [mountpoints, "/|/run", true],
    [mountpoints, "^/(dev|run)$", false],
    [mountpoints, "ais.*", false],
    [disks, "nvme.*", true],
    [disks, "nvme0n1|dm-0", true],
    [disks, "/dev/.*", false],
    [disks, "dm-\\d+", false],
    [disks, "sd", false],
    [paths, "nvme.*", false],
    [paths, "sda\\d|nvme[0-9]+n1", false],
    [paths, "/dev/nvme.*", true],
    [paths, ".*nvme.*", true],
    // What is not read here may be met.
    [disks, "(?i)/DEV/.*", true],
    [disks, "\\b/dev", true],
  ])("%j can meet %s: %s", (values, value, expected) => {
    expect(canMeet(values, { operator: "=~", value })).toBe(expected);
  });

  test("are compared with a text as they are", () => {
    expect(canMeet(mountpoints, { operator: "=", value: "/tmp" })).toBe(false);
    expect(canMeet(mountpoints, { operator: "=", value: "/tmpfs" })).toBe(true);
    expect(canMeet(mountpoints, { operator: "!=", value: "/tmpfs" })).toBe(true);
  });
});

describe("the languages of regular expressions", () => {
  const atom = fc.constantFrom("a", "b", "/", ".", "\\d", "[ab]", "[^a]", "0", "\\.", "[0-9a]");
  const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
    part: fc.oneof(
      { depthSize: "small" },
      atom,
      fc
        .tuple(tie("pattern"), fc.constantFrom("", "*", "+", "?", "{2}", "{1,}", "{0,2}"))
        .map(([inside, times]) => `(${inside})${times}`),
    ),
    pattern: fc.oneof(
      fc.array(tie("part"), { minLength: 1, maxLength: 3 }).map((parts) => parts.join("")),
      fc.tuple(tie("part"), tie("part")).map((parts) => parts.join("|")),
    ),
  }));
  const anchored = fc
    .tuple(fc.constantFrom("", "^"), pattern, fc.constantFrom("", "$"))
    .map(([before, inside, after]) => `${before}(${inside})${after}`);
  const text = fc.string({ unit: fc.constantFrom("a", "b", "/", "0", "1", ".", "\n"), maxLength: 5 });

  test("have the texts that RE2 matches, and no others", () => {
    fc.assert(
      fc.property(anchored, text, (expression, value) => {
        const language = languageOf(expression);
        const literal = languageOf(value.replaceAll(/[.]/g, "\\."));
        if (language === undefined || literal === undefined) throw new Error(`${expression} is not read`);
        const compiled = regexp(expression);
        const only = whole(literal);
        expect(isEmpty(allOf(whole(language), only))).toBe(!compiled?.matches(value));
        expect(isEmpty(allOf(within(language), only))).toBe(!compiled?.matcher(value).find());
        expect(isEmpty(allOf(others(whole(language)), only))).toBe(compiled?.matches(value));
      }),
      { numRuns: 300 },
    );
  });

  test.each(["(?i)a", "\\bx", "[[:alpha:]]", "a**", "(", "a{200}", "\\pL"])(
    "are not told of %s",
    (expression) => {
      expect(languageOf(expression)).toBeUndefined();
    },
  );
});
