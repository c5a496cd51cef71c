import { syntaxOf } from "../../../lib/alloy/resolve";
import { checkFormat, formatOf } from "../../../lib/alloy/schema/format";
import { regexpMistake } from "../../../lib/alloy/schema/languages";

function mistakes(format: string, value: unknown): readonly string[] {
  const found: string[] = [];
  checkFormat(
    formatOf(format, regexpMistake),
    syntaxOf(value),
    () => undefined,
    ({ message }) => found.push(message),
  );
  return found;
}

describe.each<[string, readonly unknown[], readonly unknown[]]>([
  [
    "duration",
    ["30s", "1h30m", "1.5s", ".5s", "0", "-10ms", "+1h", "100µs"],
    ["", "30", "1d", "s", "1 s", "1.s.", 5],
  ],
  [
    "size",
    ["0", "1B", "512MiB", "1.5GB", "1GiB512MiB", "2KB1B"],
    ["", "10", "5M", "10 MiB", "1kB", "1GiB1MB", 5],
  ],
  [
    "regexp",
    ["", "^a.*$", "(?i)x", "\\pL", "(?P<name>x)"],
    ["(", "a(?=b)", "a(?<!b)", "*", "\\1", "[z-a]", true],
  ],
  ["int64", [0, -1, 2 ** 53 - 1], [1.5, 2 ** 53, "1.5", "a", ""]],
  ["int32", [2_147_483_647, -2_147_483_648], [2_147_483_648, -2_147_483_649]],
  ["uint64", [0, 2 ** 53 - 1], [-1, 0.5]],
  ["uint32", [4_294_967_295], [4_294_967_296, -1]],
  ["uint16", [65_535], [65_536, -1]],
  ["uint8", [255], [256, -1]],
  ["float", [0.5, -1, "1e3", null], ["", "a", true]],
  ["string", ["a", 1, null], [true]],
  ["bool", [true, null], ["true", 1]],
  ["(drop|keep)", ["drop", "keep"], ["", "Drop", "drop|keep", 1]],
  ["(|gzip)", ["", "gzip"], ["zip"]],
])("%s", (format, right, wrong) => {
  test.each(right.map((value) => [value]))("takes %j", (value) => {
    expect(mistakes(format, value)).toEqual([]);
  });

  test.each(wrong.map((value) => [value]))("refuses %j", (value) => {
    expect(mistakes(format, value)).toHaveLength(1);
  });

  test("is checked in lists and maps too", () => {
    const [good, bad] = [right[0], wrong[0]];
    const expected = wrong.length === 0 ? 0 : 1;
    expect(mistakes(`[${format}]`, [good, bad ?? good, good])).toHaveLength(expected);
    expect(mistakes(`{[${format}]}`, { a: [good], b: [bad ?? good] })).toHaveLength(expected);
    expect(mistakes(`[${format}]`, good)).toHaveLength(good === null ? 0 : 1);
    expect(mistakes(format, [good])).toHaveLength(1);
    expect(mistakes(format, { a: good })).toHaveLength(1);
  });
});

describe("a mistake", () => {
  test.each([
    ["duration", "1d", '"1d" is no duration; write one such as "30s"'],
    ["duration", "2562048h", '"2562048h" is no duration; write one such as "30s"'],
    ["duration", "-2562048h", '"-2562048h" is no duration; write one such as "30s"'],
    ["size", "10", '"10" is no size; write one such as "512MiB"'],
    ["regexp", "a(?!b)", '"a(?!b)" has a lookaround, which RE2 doesn\'t have'],
    ["uint8", 256, "256 is no whole number from 0 to 255"],
    ["(drop|keep|replace)", "replac", '"replac" is not known; write "replace"'],
    ["(drop|keep)", "nothing", '"nothing" is not known; write one of "drop", "keep"'],
    ["prometheus.MetricsReceiver", "x", '"x" is no prometheus.MetricsReceiver'],
  ])("of a %s says what to write", (format, value, message) => {
    expect(mistakes(format, value)).toEqual([message]);
  });

  test("of a secret doesn't tell it", () => {
    expect(mistakes("secret", "hunter2")).toEqual([
      "a secret is never a literal: take it from sys.env, a file or a component",
    ]);
    expect(mistakes("secret", "")).toEqual([]);
  });

  test("of a regexp has the engine's reason", () => {
    expect(mistakes("regexp", "(")).toEqual([
      expect.stringMatching(/^"\(" is no RE2 regexp: .*missing closing \)/),
    ]);
  });
});

test("a format that there is not is the generator's mistake", () => {
  expect(() => formatOf("number")).toThrow("no format number");
});
