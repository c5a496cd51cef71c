import fc from "fast-check";
import { ottl } from "../../../lib/alloy";
import { describeWithEngines } from "../../engines/engines";

describe("ottl", () => {
  test.each([
    ["a string", ottl`set(log.body, ${'say "hi"'})`, String.raw`set(log.body, "say \"hi\"")`],
    ["a backslash", ottl`IsMatch(log.body, ${"^\\d+$"})`, String.raw`IsMatch(log.body, "^\\d+$")`],
    ["an integer", ottl`set(log.severity_number, ${9})`, "set(log.severity_number, 9)"],
    ["a bool", ottl`true == ${false}`, "true == false"],
    ["a list", ottl`ContainsValue(${["a", 1, [true]]}, "a")`, 'ContainsValue(["a", 1, [true]], "a")'],
    ["nothing", ottl`log.body == nil`, "log.body == nil"],
    ["two values", ottl`${1} == ${2}`, "1 == 2"],
    ["the empty string", ottl`log.body == ${""}`, 'log.body == ""'],
  ])("puts in %s", (_, statement, expected) => {
    expect(statement).toBe(expected);
  });

  test("leaves the escapes between the values as they are written", () => {
    expect(ottl`replace_pattern(log.body, "\\n$", "")`).toBe(
      String.raw`replace_pattern(log.body, "\\n$", "")`,
    );
  });

  test.each([
    [0.5, "0.5"],
    [-0, "0"],
    [1e20, "100000000000000000000.0"],
    [1e21, "1.0e+21"],
    [1.5e-7, "1.5e-7"],
    [1e-7, "1.0e-7"],
    [-1e-7, "-1.0e-7"],
    [2 ** 53, "9007199254740992.0"],
  ])("writes %d as OTTL reads it", (value, literal) => {
    expect(ottl`${value}`).toBe(literal);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %d", (value) => {
    expect(() => ottl`${value}`).toThrow(`${value} is no OTTL number`);
  });
});

describeWithEngines("an OTTL literal", (engines) => {
  const set = async (literal: Parameters<typeof ottl>[1]) => {
    const run = { context: "log", records: [{}] } as const;
    const answer = await engines.runOttl({
      ...run,
      statements: [ottl`set(log.attributes["x"], ${literal ?? ""})`],
    });
    return answer.ok ? answer.value[0]?.attributes?.x : answer.error;
  };

  test("comes back as the string that it was", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        expect(await set(text)).toBe(text);
      }),
    );
  });

  test("comes back as the number that it was", async () => {
    const number = fc.oneof(
      fc.maxSafeInteger(),
      fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => value + 0),
    );
    await fc.assert(
      fc.asyncProperty(number, async (value) => {
        expect(await set(value)).toBe(value);
      }),
    );
  });

  test("comes back as the list that it was", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary" })), async (list) => {
        expect(await set(list)).toEqual(list);
      }),
    );
  });

  test("is one in a condition too", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1 }), async (text) => {
        const conditions = [ottl`log.attributes["x"] == ${text}`];
        const records = [{ attributes: { x: text } }, { attributes: { x: `${text}.` } }];
        const answer = await engines.matchOttl({ context: "log", conditions, records });
        expect(answer).toEqual({ ok: true, value: [true, false] });
      }),
    );
  });
});
