import { array, concatStrings, constants, sys } from "../../../lib/alloy";
import { syntaxOf } from "../../../lib/alloy/resolve";
import { printBlocks, printValue } from "../../../lib/alloy/syntax/printer";
import type { BlockSyntax } from "../../../lib/alloy/syntax/tree";
import { describeWithEngines } from "../../engines/engines";

function value(of: unknown): string {
  return printValue(syntaxOf(of));
}

const empty = { attributes: [], blocks: [] };

/** A block of attributes. */
function block(attributes: object, ...blocks: readonly BlockSyntax[]): BlockSyntax {
  const entries = Object.entries(attributes);
  return {
    name: "a.b",
    label: "c",
    body: { attributes: entries.map(([name, of]) => ({ name, value: syntaxOf(of) })), blocks },
  };
}

describe("a value", () => {
  test.each([
    [null, "null"],
    [true, "true"],
    [-1.5, "-1.5"],
    [1e21, "1e+21"],
    [5e-324, "5e-324"],
    [-0, "0"],
    ["a", '"a"'],
    [[], "[]"],
    [{}, "{}"],
    [[1, "a", [2]], '[1, "a", [2]]'],
    [{ a: 1, "b c": 2, true: 3 }, '{\n\ta      = 1,\n\t"b c"  = 2,\n\t"true" = 3,\n}'],
    [[{ a: 1 }], "[\n\t{\n\t\ta = 1,\n\t},\n]"],
    [constants.hostname, "constants.hostname"],
    [array.concat([1], [2]), "array.concat([1], [2])"],
    [concatStrings("a", sys.env("B")), '"a" + sys.env("B")'],
  ])("%j prints", (of, text) => {
    expect(value(of)).toBe(text);
  });

  test("a list of up to 100 characters stands on one line", () => {
    const item = "x".repeat(45);
    expect(value([item, `${item}xx`])).toBe(`["${item}", "${item}xx"]`);
    expect(value([item, `${item}xxx`])).toBe(`[\n\t"${item}",\n\t"${item}xxx",\n]`);
  });
});

describe("a block", () => {
  test("without content stands on one line", () => {
    expect(printBlocks([{ name: "x", body: empty }])).toBe("x { }\n");
  });

  test("stands apart from others and from attributes", () => {
    const text = printBlocks([block({ a: 1 }, { name: "x", body: empty }), { name: "y", body: empty }]);
    expect(text).toBe('a.b "c" {\n\ta = 1\n\n\tx { }\n}\n\ny { }\n');
  });

  test("has its equal signs below each other, but not across a value of several lines", () => {
    expect(printBlocks([block({ a: 1, bcd: { e: 1 }, fg: 2, h: 3 })])).toBe(
      'a.b "c" {\n\ta   = 1\n\tbcd = {\n\t\te = 1,\n\t}\n\tfg = 2\n\th  = 3\n}\n',
    );
  });
});

test("no blocks are no text", () => {
  expect(printBlocks([])).toBe("");
});

describeWithEngines("Alloy's formatter", (engines) => {
  const long = ["x".repeat(60), "y".repeat(60)];

  test.each<[string, BlockSyntax]>([
    ["maps in maps", block({ a: { b: { c: {}, dd: 1 }, eee: 2 }, ff: 1 })],
    ["maps with keys of many widths", block({ a: { "é é": 1, b: 2, "漢 漢": 3, "😀 ": [{ c: 1 }], d: 4 } })],
    ["lists in lists", block({ a: [[long, 1], [[]], long], b: [[{ c: [long] }]] })],
    ["long arguments", block({ a: array.concat<unknown>([{ b: "c" }], long, [[1]]), d: 1 })],
    ["a map beside a map", block({ a: array.concat<unknown>([{ b: "c" }], [{ d: "e", ffff: "g" }]) })],
    ["raw strings", block({ a: 'say "hi"', bb: ["\\d", "`"] })],
    ["empty blocks", block({}, { name: "x", body: empty }, { name: "y", label: "z", body: empty })],
    ["blocks in blocks", block({ a: 1 }, block({ b: 1, cc: 2 }, block({})), block({ d: [{}] }))],
  ])("leaves %s as they are", async (_, of) => {
    const text = printBlocks([of, of]);
    expect(await engines.format(text)).toEqual({ ok: true, value: text });
  });
});
