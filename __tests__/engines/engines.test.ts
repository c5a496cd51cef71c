import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describeWithEngines } from "./engines";

describeWithEngines("format", (engines) => {
  test("writes what alloy fmt writes", async () => {
    const answer = await engines.format('logging {\nlevel=`info`\n  format = "json" }');

    expect(answer).toEqual({ ok: true, value: 'logging {\n\tlevel  = `info`\n\tformat = "json"\n}\n' });
  });

  test("leaves formatted text as it is", async () => {
    const text = 'a.b "c" {\n\td = [1, 2]\n}\n';

    expect(await engines.format(text)).toEqual({ ok: true, value: text });
  });

  test("reports every mistake with its position", async () => {
    const answer = await engines.format("a { b = }\nc {{");

    expect(answer).toEqual({
      ok: false,
      error: "1:9: expected expression, got }\n2:4: expected identifier, got {",
    });
  });

  test("answers many requests at once, each its own", async () => {
    const numbers = Array.from({ length: 200 }, (_, number) => number);

    const answers = await Promise.all(numbers.map((number) => engines.format(`n = ${number}`)));

    expect(answers).toEqual(numbers.map((number) => ({ ok: true, value: `n = ${number}\n` })));
  });
});

describeWithEngines("evaluate", (engines) => {
  test("reads blocks and attributes in the order written", async () => {
    const answer = await engines.evaluate('z.y "two" {\n\tq = 1\n\tin { }\n}\na.b "one" { }\nc = true');

    expect(answer).toEqual({
      ok: true,
      value: {
        attributes: [{ name: "c", value: true, strings: [], calls: [], references: [] }],
        blocks: [
          {
            name: "z.y",
            label: "two",
            attributes: [{ name: "q", value: 1, strings: [], calls: [], references: [] }],
            blocks: [{ name: "in", label: "", attributes: [], blocks: [] }],
          },
          { name: "a.b", label: "one", attributes: [], blocks: [] },
        ],
      },
    });
  });

  test.each([
    ["a quoted string", '"q\\"\\u00e9\\n"', 'q"é\n'],
    ["a raw string", '`a\\n"b`', 'a\\n"b'],
    ["a list", "[1, -2.5, true, null]", [1, -2.5, true, null]],
    ["an object", '{ a = "x", "b c" = [] }', { a: "x", "b c": [] }],
    ["null", "null", null],
    ["a call of the standard library", 'string.format("%s-%d", "a", 3)', "a-3"],
  ])("evaluates %s", async (_, text, value) => {
    expect(await engines.evaluate(`a = ${text}`)).toMatchObject({
      ok: true,
      value: { attributes: [{ value }] },
    });
  });

  test("gives no value where it depends on other components or the environment", async () => {
    const answer = await engines.evaluate(
      'a = coalesce(sys.env("NAME"), x.y.z.value, constants.hostname, "n")',
    );

    const attribute = {
      name: "a",
      strings: ["NAME", "n"],
      calls: ["coalesce", "sys.env"],
      references: ["x.y.z.value", "constants.hostname"],
    };
    expect(answer).toEqual({ ok: true, value: { attributes: [attribute], blocks: [] } });
  });

  test("gives a JSON string back as that string", async () => {
    // JSON's escapes are Alloy's, too. A byte order mark needs none in JSON, but it does in Alloy.
    const quote = (value: string) => JSON.stringify(value).replaceAll("\ufeff", "\\ufeff");

    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (value) => {
        const answer = await engines.evaluate(`a = ${quote(value)}`);
        expect(answer).toMatchObject({ ok: true, value: { attributes: [{ value, strings: [value] }] } });
      }),
    );
  });

  test.each([
    [
      "a function that Alloy does not have",
      'a = strin.format("x", b.c)',
      '1:5: identifier "strin" does not exist',
    ],
    ["too few arguments", "a = string.format()", "1:5: string.format expected at least 1 args, got 0"],
    ["a byte order mark", 'a = "\ufeff"', "1:6: illegal byte order mark"],
    ["a syntax error", "a = ", "1:5: expected expression, got EOF"],
  ])("refuses %s", async (_, text, error) => {
    expect(await engines.evaluate(text)).toEqual({ ok: false, error });
  });
});

describeWithEngines("regexp", (engines) => {
  test("tells what matches", async () => {
    const answer = await engines.regexp("^nvme\\d+$", ["nvme0", "nvme", "xnvme1"]);

    expect(answer).toEqual({ ok: true, value: [true, false, false] });
  });

  test("refuses a lookahead", async () => {
    const error = "error parsing regexp: invalid or unsupported Perl syntax: `(?!`";

    expect(await engines.regexp("a(?!b)")).toEqual({ ok: false, error });
  });
});

describe("the modules", () => {
  const module = readFileSync(join(__dirname, "../../.ci/engines/go.mod"), "utf8");

  // What Alloy v1.18.1 is made of.
  test.each([
    "github.com/grafana/alloy/syntax v0.1.1",
    "github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl v0.153.0",
    "github.com/open-telemetry/opentelemetry-collector-contrib/processor/filterprocessor v0.153.0",
    "github.com/open-telemetry/opentelemetry-collector-contrib/processor/transformprocessor v0.153.0",
  ])("have %s", (requirement) => {
    expect(module).toContain(`\t${requirement}`);
  });
});
