import { body, type ComponentDefinition, check, parse } from "../../../lib/alloy";
import { describeWithEngines } from "../../engines/engines";

const types = [
  "any",
  "string",
  "bool",
  "float",
  "int64",
  "duration",
  "secret",
  "optional_secret",
  "[string]",
  "{string}",
  "[{string}]",
  "{secret}",
];

const given: ComponentDefinition = {
  name: "given",
  stability: "generally-available",
  body: body(""),
  exports: {
    secret: "secret",
    hidden: "secret",
    shown: "optional_secret",
    hiddens: "{secret}",
    showns: "{optional_secret}",
    secrets: "{secret}",
    targets: "[{string}]",
  },
};

/** What the checker refuses of a value for an attribute of a type. */
function refused(value: string, type: string): readonly string[] {
  const taken: ComponentDefinition = {
    name: "taken",
    stability: "generally-available",
    body: body(`value:${type}`),
  };
  const definitions = new Map([given, taken].map((one) => [one.name, one]));
  return check(parse(`given "x" { }\ntaken "x" {\nvalue = ${value}\n}\n`), { definitions })
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message);
}

const literals = [
  '"5"',
  "1.5",
  '"1.5"',
  "0",
  '"5s"',
  '"a"',
  "5",
  "-5",
  "true",
  "null",
  "[]",
  '["a"]',
  "[5]",
  "{}",
];
const maps = ['{ a = "b" }', "{ a = 1 }", "{ a = given.x.secret }", "{ a = given.x.shown }", "{ a = [] }"];
const exported = [
  ...Object.keys(given.exports ?? {}).map((name) => `given.x.${name}`),
  'given.x.secrets["a"]',
  "given.x.hiddens.a",
  "given.x.showns.a",
  "given.x.targets[0]",
  "given.x.targets[0].a",
  "[given.x.shown]",
  "[given.x.targets[0]]",
];
const operations = ['"a" + "b"', "1 + 2", "1 == 2", "!true", 'given.x.secret + "a"', "(5)", "[(5)]"];

const operators = ["||", "&&", "==", "!=", "<", ">=", "+", "-", "*", "/", "%", "^"];
const operands = ['"a"', "5", "true", "[1]", "{ a = 1 }", "given.x.secret", "given.x.shown"];

describeWithEngines("what Alloy makes of values", (engines) => {
  test.each([...literals, ...maps, ...exported, ...operations])(
    "the checker refuses %s where Alloy does, and nowhere else",
    async (value) => {
      for (const type of types) {
        const { ok } = await engines.convert(value, type);
        // What a text that only Alloy has holds, it alone knows.
        const isByContent = /given|"a" \+/.test(value) && /^(float|int64|duration)$/.test(type);
        const expected = ok || (isByContent && refused(value, type).length === 0) ? [] : [expect.any(String)];
        expect([type, ok, refused(value, type)]).toEqual([type, ok, expected]);
      }
    },
  );

  test.each(operators)("the operator %s", async (operator) => {
    for (const one of operands) {
      for (const other of operands) {
        const value = `${one} ${operator} ${other}`;
        const { ok } = await engines.convert(value, "any");
        expect([value, ok, refused(value, "any")]).toEqual([value, ok, ok ? [] : [expect.any(String)]]);
      }
    }
  });

  test.each(["!", "-"])("the sign %s", async (sign) => {
    for (const operand of operands) {
      const { ok } = await engines.convert(sign + operand, "any");
      expect([operand, ok, refused(sign + operand, "any")]).toEqual([
        operand,
        ok,
        ok ? [] : [expect.any(String)],
      ]);
    }
  });
});
