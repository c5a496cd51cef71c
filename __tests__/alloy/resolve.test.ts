import type { Construct } from "constructs";
import { body, Component, choice, coalesce, fields, labelled, many, sys } from "../../lib/alloy";
import type { BodyDefinition } from "../../lib/alloy/schema/body";
import { newConfig } from "./new-config";

const point = body("x!:int64 y_value:int64");
const definition = body("first! second_one:duration third", () => ({
  "point!": many(point),
  one: point,
  named: labelled(point),
  stage: choice({ parse: body("expressions!"), skip: body("") }),
  limits: fields(body("max_size:int64")),
}));

class Block extends Component {
  constructor(scope: Construct, props: object, of: BodyDefinition) {
    super(scope, "x", props, { name: "b", stability: "generally-available", body: of });
  }
}

/** What becomes of the properties of a component, and what is wrong with them, each with its path. */
function resolved(props: object, of: BodyDefinition = definition) {
  const config = newConfig();
  new Block(config, props, of);
  return {
    text: config.toString(),
    mistakes: config.diagnostics.map(({ at, message }) => `${at}: ${message}`.replace("config/b.x: ", "")),
  };
}

test("a body is in the order of its definition, whatever order it is written in", () => {
  const { text, mistakes } = resolved({
    named: { two: { x: 3 }, one: { x: 2 } },
    point: [{ yValue: 2, x: 1 }, { x: 5 }],
    third: undefined,
    secondOne: "5s",
    one: { x: 9 },
    first: sys.env("A"),
    limits: { maxSize: 4 },
  });
  expect(mistakes).toEqual([]);
  expect(text).toBe(`b "x" {
	first      = sys.env("A")
	second_one = "5s"
	limits     = {
		max_size = 4,
	}

	point {
		x       = 1
		y_value = 2
	}

	point {
		x = 5
	}

	one {
		x = 9
	}

	named "two" {
		x = 3
	}

	named "one" {
		x = 2
	}
}
`);
});

test("blocks of several names stay in the order in which they are written", () => {
  const { text, mistakes } = resolved({
    first: 1,
    point: [{ x: 1 }],
    stage: [{ skip: {} }, { parse: { expressions: { a: "" } } }, { skip: {} }],
  });
  expect(mistakes).toEqual([]);
  expect(text.match(/stage\.\w+/g)).toEqual(["stage.skip", "stage.parse", "stage.skip"]);
});

test("attributes of objects are lists where a list is written", () => {
  const { text } = resolved(
    { limits: [{ maxSize: 1 }, { maxSize: 2 }] },
    body("", () => ({ limits: fields(body("max_size")) })),
  );
  expect(text).toBe(
    'b "x" {\n\tlimits = [\n\t\t{\n\t\t\tmax_size = 1,\n\t\t},\n\t\t{\n\t\t\tmax_size = 2,\n\t\t},\n\t]\n}\n',
  );
});

test("an expression may stand for an object, or for all of them", () => {
  const limits = body("", () => ({ limits: fields(body("max_size!")) }));
  expect(resolved({ limits: sys.env("A") }, limits)).toEqual({
    text: 'b "x" {\n\tlimits = sys.env("A")\n}\n',
    mistakes: [],
  });
  expect(resolved({ limits: [sys.env("A")] }, limits)).toEqual({
    text: 'b "x" {\n\tlimits = [sys.env("A")]\n}\n',
    mistakes: [],
  });
});

const good = { first: 1, point: [{ x: 1 }] };

describe("a mistake is told with its path", () => {
  test.each([
    ["what is missing", { ...good, first: undefined }, "first: the attribute first is missing; b needs it"],
    ["a missing block", { first: 1 }, "point: the block point is missing; b needs it"],
    ["a list of no blocks", { first: 1, point: [] }, "point: the block point is missing; b needs it"],
    [
      "what is missing in a block",
      { ...good, point: [{ x: 1 }, {}] },
      "point[1].x: the attribute x is missing; point needs it",
    ],
    [
      "what is missing in a labelled block",
      { ...good, named: { a: {} } },
      "named.a.x: the attribute x is missing; named needs it",
    ],
    [
      "what is missing in a stage",
      { ...good, stage: [{ parse: {} }] },
      "stage[0].parse.expressions: the attribute expressions is missing; stage.parse needs it",
    ],
    ["an unknown name", { ...good, secondOn: "5s" }, "secondOn: is not known; write secondOne"],
    ["an unknown name like no other", { ...good, zebra: 1 }, "zebra: is not known"],
    ["an unknown name in a block", { ...good, one: { x: 1, z: 1 } }, "one.z: is not known; write x"],
    ["an unknown stage", { ...good, stage: [{ pars: {} }] }, "stage[0].pars: is not known; write parse"],
    [
      "a bad duration",
      { ...good, secondOne: "5d" },
      'secondOne: "5d" is no duration; write one such as "30s"',
    ],
    [
      "a bad number in an object",
      { ...good, limits: { maxSize: 0.5 } },
      /^limits\.maxSize: 0\.5 is no whole number/,
    ],
    [
      "a bad label",
      { ...good, named: { "a-b": { x: 1 } } },
      "named.a-b: the label a-b has more than letters, digits and _",
    ],
    ["half of a character", { ...good, third: ["a\ud800"] }, 'third[0]: "a\\ud800" is not valid Unicode'],
    ["no number", { ...good, third: Number.NaN }, "third: NaN is no Alloy number"],
    [
      "an infinite number",
      { ...good, third: Number.POSITIVE_INFINITY },
      "third: Infinity is no Alloy number",
    ],
  ])("%s", (_, props, message) => {
    expect(resolved(props).mistakes).toEqual([
      typeof message === "string" ? message : expect.stringMatching(message),
    ]);
  });

  test.each(["", 'a"b', "a\\b", "a\nb", "\u200b"])("the key %j", (key) => {
    expect(resolved({ ...good, third: { [key]: 1 } }).mistakes).toEqual([
      `third: ${JSON.stringify(key)} can't be a key: Alloy reads no escapes in keys; write encoding.fromJson(...)`,
    ]);
  });

  test("and each is told", () => {
    expect(resolved({ point: [{}, { x: 1.5 }], tird: 1 }).mistakes).toEqual([
      "tird: is not known; write third",
      "point[0].x: the attribute x is missing; point needs it",
      expect.stringMatching(/^point\[1\]\.x: 1\.5 is no whole number/),
      "first: the attribute first is missing; b needs it",
    ]);
  });
});

test("keys that need quotes but no escapes are written", () => {
  expect(resolved({ ...good, third: { "match[]": 1, "a b": 2, é: 3, true: 4 } }).mistakes).toEqual([]);
});

class Options {
  readonly x = 1;
}

const plain = "write a string, a number, a bool, a list, a plain object or an expression";

/** What programs give that no text can say; all of it without a word before Alloy runs, or as `{}`. */
test.each<[string, unknown, string]>([
  ["a function", () => 1, `a function is no value; ${plain}`],
  ["a symbol", Symbol("x"), `a symbol is no value; ${plain}`],
  ["a bigint", 10n, `a bigint is no value; ${plain}`],
  ["a date", new Date(), `a Date is no value; ${plain}`],
  ["an object of a class", new Options(), `a Options is no value; ${plain}`],
  ["a map", new Map([["a", 1]]), "a Map is no value; write Object.fromEntries(...) of it"],
  ["a set", new Set([1]), "a Set is no value; write [...] of it"],
])("%s is no value", (_, value, message) => {
  expect(resolved({ ...good, third: value }).mistakes).toEqual([`third: ${message}`]);
  expect(resolved({ ...good, third: [1, { a: value }] }).mistakes).toEqual([`third[1].a: ${message}`]);
  expect(resolved({ ...good, third: coalesce(value) }).mistakes).toContain(`third: ${message}`);
});

test("a list has no holes", () => {
  const message = "third[1]: undefined is no value of a list; leave it out";
  expect(resolved({ ...good, third: [1, undefined] }).mistakes).toEqual([message]);
  expect(resolved({ ...good, third: Object.assign([1], { 2: 3 }) }).mistakes).toEqual([message]);
});

test("an object without a prototype is as plain as others", () => {
  const third: object = Object.assign(Object.create(null), { a: 1 });
  expect(resolved({ ...good, third }).mistakes).toEqual([]);
});

test.each<[string, unknown, string]>([
  ["null", null, "one: one is a block; write one { ... }"],
  ["a text", "x", "one: one is a block; write one { ... }"],
  ["a list", [{ x: 1 }], "one: one is a block; write one { ... }"],
  ["an expression", sys.env("A"), "one: one is a block; write one { ... }"],
  ["a map", new Map([["x", 1]]), "one: a Map is no value; write Object.fromEntries(...) of it"],
  ["an object of a class", new Options(), `one: a Options is no value; ${plain}`],
])("%s is no block", (_, value, message) => {
  expect(resolved({ ...good, one: value }).mistakes).toEqual([message]);
});

test("what stands among blocks and is none is said to be none", () => {
  expect(resolved({ first: 1, point: [{ x: 1 }, "x"] }).mistakes).toEqual([
    "point: point is a block; write point { ... }",
  ]);
  expect(resolved({ ...good, named: { a: 1 } }).mistakes).toEqual([
    "named: named is a block; write named { ... }",
  ]);
  expect(resolved({ ...good, stage: ["x", { parse: 1 }] }).mistakes).toEqual([
    "stage[0]: is no block; write { parse: { ... } }",
    "stage[1].parse: is no block; write { ... }",
  ]);
});

test("a body may contain itself", () => {
  const nested: BodyDefinition = body("name!", () => ({ inner: nested }));
  expect(resolved({ name: "a", inner: { name: "b", inner: {} } }, nested).mistakes).toEqual([
    "inner.inner.name: the attribute name is missing; inner needs it",
  ]);
});
