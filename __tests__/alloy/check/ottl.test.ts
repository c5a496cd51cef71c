import fc from "fast-check";
import { definitions } from "../../../imports/alloy/definitions";
import { check, parse } from "../../../lib/alloy";
import { describeWithEngines } from "../../engines/engines";

type Kind = "statement" | "condition";

/** What the check says of a statement or a condition of a log. */
function saidOf(kind: Kind, text: string): readonly string[] {
  const attribute = kind === "statement" ? "statements" : "conditions";
  const other = kind === "statement" ? "" : 'statements = ["set(log.body, 1)"]';
  const config = `otelcol.processor.transform "x" {
	error_mode = "ignore"
	log_statements {
		context = "log"
		${attribute} = [${JSON.stringify(text)}]
		${other}
	}
	output { }
}
`;
  return check(parse(config), { definitions })
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message);
}

const statements = [
  'set(attributes["a"], "b")',
  'set(log.attributes["a"]["b"][0], resource.attributes["c"]) where IsMatch(log.body, "^\\\\d+")',
  "set(log.severity_number, SEVERITY_NUMBER_INFO)",
  'merge_maps(log.attributes, ParseKeyValue(log.body, delimiter="=", pair_delimiter=" "), "upsert")',
  'set(log.attributes["x"], {"a": 1, "b": [1, 2.5, true, nil], "c": {"d": "e"}})',
  'set(log.attributes["t"], (1 + 2) * -3 - Len(log.body) / 4)',
  'replace_pattern(log.body, "a\\nb", "c", SHA256)',
  "set(log.trace_id, TraceID(0x0102030405060708090a0b0c0d0e0f10))",
  'keep_keys(log.attributes, ["a", "b"]) where not (log.body == nil or true) and log.severity_number >= 9',
  'set(log.attributes["a"], Split(log.body, ",")[0])',
  'delete_key(log.attributes, Concat(["a", "b"], "_"))',
  "limit(log.attributes, 10, [])",
  "truncate_all(log.attributes, 100) where true",
  // To the parser a text is what stands in it.
  'set(log.attributes["a"], "b"")"',
  'set"("log.attributes["a"], "b") "where" true',
];
const conditions = [
  'log.attributes["a"] == "b"',
  'not IsMatch(log.body, "x") and (log.severity_number < 9 or resource.attributes["c"] != nil)',
  "true",
  'IsString(log.body) and log.attributes["n"] + 1 > 2 * 3',
  'log.attributes["l"] == [1, 2]',
  'log.attributes["l"] == [0xab, 0xab2f]',
];

test.each([
  ["statement", 'set(attributes["a"], "b"', "it ends too early"],
  ["statement", 'set(attributes["a"], "b)', 'it can\'t go on with "\\"b)"'],
  ["statement", 'attributes["a"] = "b"', 'it can\'t go on with "[\\"a\\"] = \\"b\\""'],
  ["statement", 'set(attributes["a"], "\\d")', 'it can\'t go on with "\\"\\\\d\\")"'],
  ["statement", 'set(attributes["a"], "b") if true', 'it can\'t go on with "if true"'],
  ["statement", 'log.body == "b"', 'it can\'t go on with ".body == \\"b\\""'],
  ["condition", 'log.body = "b"', 'it can\'t go on with "= \\"b\\""'],
  ["condition", 'set(log.body, "b")', 'it can\'t go on with "(log.body, \\"b\\")"'],
  ["condition", 'log.attributes["l"] == [0xab2]', 'it can\'t go on with "0xab2]"'],
  ["condition", 'log.body == "b" && true', 'it can\'t go on with "&& true"'],
] as const)("the %s %s is none", (kind, text, where) => {
  expect(saidOf(kind, text)).toEqual([
    expect.stringContaining(`is no ${kind} of OTTL: ${where}; write one such as`),
  ]);
});

test.each([
  ...statements.map((text) => ["statement", text] as const),
  ...conditions.map((text) => ["condition", text] as const),
])("the %s %s is one", (kind, text) => {
  expect(saidOf(kind, text)).toEqual([]);
});

test.each([
  ["converters", "Int(", " + 1)"],
  ["converters with a name before each argument", "Int(a=", ")"],
  ["keys", "a[", "]"],
  ["parentheses", "(", ")"],
  ["lists", "[", "]"],
  ["maps", '{"a": ', "}"],
])("%s in each other are read at once, but not without end", (_, open, close) => {
  const nested = (count: number) => `${open.repeat(count)}1${close.repeat(count)} == 2`;
  expect(saidOf("condition", nested(90))).toEqual([]);
  expect(saidOf("condition", nested(90).replace("1", "1 :"))).toEqual([
    expect.stringMatching(/ is no condition of OTTL: it can't go on with ":/),
  ]);
  expect(saidOf("condition", nested(20_000))).toEqual([
    expect.stringMatching(/ is no condition of OTTL: it can't go on with /),
  ]);
});

test("is read of the other components that take conditions", () => {
  const config = `otelcol.processor.filter "x" {
	metrics {
		datapoint = ["value_int > 0", "value_int >"]
	}
	log_conditions {
		conditions = ["log.body =="]
	}
	output { }
}
`;
  const errors = check(parse(config), { definitions }).filter(({ severity }) => severity === "error");
  expect(errors.map(({ at }) => String(at))).toEqual(["3:3", "6:3"]);
});

describeWithEngines("OpenTelemetry's own parser", (engines) => {
  const pieces = [
    "(",
    ")",
    "[",
    "]",
    '"',
    '"a"',
    ",",
    ".",
    "=",
    "==",
    "not",
    "and",
    "or",
    "where",
    "nil",
    "1",
    "1.5",
    "-",
    "*",
    "{",
    "}",
    ":",
    "A",
    "a",
    "Len(",
    "0xab",
    "0xab2",
    "true",
    "\\",
    "&&",
    " ",
  ];
  const texts = fc
    .constantFrom<readonly [Kind, string]>(
      ...statements.map((text) => ["statement", text] as const),
      ...conditions.map((text) => ["condition", text] as const),
    )
    .chain(([kind, text]) =>
      fc
        .array(fc.tuple(fc.nat(text.length), fc.nat(3), fc.constantFrom("", ...pieces)), { maxLength: 2 })
        .map((edits) => ({
          kind,
          text: edits.reduce((now, [at, taken, put]) => now.slice(0, at) + put + now.slice(at + taken), text),
        })),
    );
  /** Of a syntax that is right the parser says whatever else is wrong. */
  const ofSyntax =
    /invalid syntax|names must start with|may be indexed|unexpected token|invalid input text|invalid quoted string/;

  test("finds the same syntax wrong", async () => {
    const differs: unknown[] = [];
    await fc.assert(
      fc.asyncProperty(texts, async ({ kind, text }) => {
        const answer = await engines.ottl(kind, { context: "log" }, text);
        const error = "error" in answer ? String(answer.error) : "";
        const isWrong = saidOf(kind, text).length > 0;
        if (isWrong !== ofSyntax.test(error)) differs.push({ kind, text, isWrong, error });
      }),
      { numRuns: 1000 },
    );
    expect(differs).toEqual([]);
  });
});
