import { body, choice, fields, labelled, many, sys } from "../../lib/alloy";
import { resolveBody, syntaxOf } from "../../lib/alloy/resolve";
import type { BodyDefinition } from "../../lib/alloy/schema/body";
import { printBlocks } from "../../lib/alloy/syntax/printer";

const point = body("x!:int64 y_value:int64");
const definition = body("first! second_one:duration third", () => ({
  "point!": many(point),
  one: point,
  named: labelled(point),
  stage: choice({ json: body("expressions!"), drop: body("") }),
  limits: fields(body("max_size:int64")),
}));

function resolved(props: object, of: BodyDefinition = definition) {
  const mistakes: string[] = [];
  const resolvedBody = resolveBody(of, props, {
    report: (path, message) => mistakes.push(`${path}: ${message}`),
  });
  return { text: printBlocks([{ name: "b", body: resolvedBody }]), mistakes };
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
  expect(text).toBe(`b {
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
    stage: [{ drop: {} }, { json: { expressions: { a: "" } } }, { drop: {} }],
  });
  expect(mistakes).toEqual([]);
  expect(text.match(/stage\.\w+/g)).toEqual(["stage.drop", "stage.json", "stage.drop"]);
});

test("attributes of objects are lists where a list is written", () => {
  const { text } = resolved(
    { limits: [{ maxSize: 1 }, { maxSize: 2 }] },
    body("", () => ({ limits: fields(body("max_size")) })),
  );
  expect(text).toBe(
    "b {\n\tlimits = [\n\t\t{\n\t\t\tmax_size = 1,\n\t\t},\n\t\t{\n\t\t\tmax_size = 2,\n\t\t},\n\t]\n}\n",
  );
});

test("an expression may stand for an object, or for all of them", () => {
  const limits = body("", () => ({ limits: fields(body("max_size!")) }));
  expect(resolved({ limits: sys.env("A") }, limits)).toEqual({
    text: 'b {\n\tlimits = sys.env("A")\n}\n',
    mistakes: [],
  });
  expect(resolved({ limits: [sys.env("A")] }, limits)).toEqual({
    text: 'b {\n\tlimits = [sys.env("A")]\n}\n',
    mistakes: [],
  });
});

const good = { first: 1, point: [{ x: 1 }] };

describe("a mistake is told with its path", () => {
  test.each([
    ["what is missing", { ...good, first: undefined }, "first: is required"],
    ["a missing block", { first: 1 }, "point: is required"],
    ["a list of no blocks", { first: 1, point: [] }, "point: is required"],
    ["what is missing in a block", { ...good, point: [{ x: 1 }, {}] }, "point[1].x: is required"],
    ["what is missing in a labelled block", { ...good, named: { a: {} } }, "named.a.x: is required"],
    [
      "what is missing in a stage",
      { ...good, stage: [{ json: {} }] },
      "stage[0].json.expressions: is required",
    ],
    ["an unknown name", { ...good, secondOn: "5s" }, "secondOn: is not known; write secondOne"],
    ["an unknown name like no other", { ...good, zebra: 1 }, "zebra: is not known"],
    ["an unknown name in a block", { ...good, one: { x: 1, z: 1 } }, "one.z: is not known; write x"],
    ["an unknown stage", { ...good, stage: [{ jsn: {} }] }, "stage[0].jsn: is not known; write json"],
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
      'named: "a-b" is no identifier: it can\'t be a label',
    ],
    ["half of a character", { ...good, third: ["a\ud800"] }, 'third: "a\\ud800" is not valid Unicode'],
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
      "first: is required",
      "point[0].x: is required",
      expect.stringMatching(/^point\[1\]\.x: 1\.5 is no whole number/),
    ]);
  });
});

test("keys that need quotes but no escapes are written", () => {
  expect(resolved({ ...good, third: { "match[]": 1, "a b": 2, é: 3, true: 4 } }).mistakes).toEqual([]);
});

test.each([[() => 1], [Symbol("x")], [10n], [[undefined]]])("%p is no value", (value) => {
  expect(() => syntaxOf(value)).toThrow(TypeError);
});

test.each([null, "x", 1])("%p is no block", (value) => {
  expect(() => resolved({ ...good, one: value })).toThrow(new TypeError(`${value} is no block`));
});

test("a body may contain itself", () => {
  const nested: BodyDefinition = body("name!", () => ({ inner: nested }));
  expect(resolved({ name: "a", inner: { name: "b", inner: {} } }, nested).mistakes).toEqual([
    "inner.inner.name: is required",
  ]);
});
