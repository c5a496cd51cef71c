import { type Expression, sys } from "../../lib/alloy";
import { experimentalFunctions } from "../../lib/alloy/schema/functions";
import * as library from "../../lib/alloy/standard-library";
import { printValue } from "../../lib/alloy/syntax/printer";
import { nameOf, propertyName } from "../../lib/alloy/syntax/tree";
import { readSchema } from "../../scripts/generate-alloy/schema";
import { describeWithEngines } from "../engines/engines";

const { array, coalesce, constants, convert, encoding, file, jsonPath, string } = library;
const pods = [{ app: "a", node: "n" }];

/** Each function with what it prints, and what Alloy makes of it where that needs no running Alloy. */
const calls: readonly (readonly [Expression<unknown>, text: string, value?: unknown])[] = [
  [array.concat([1], [2, 3]), "array.concat([1], [2, 3])", [1, 2, 3]],
  [
    array.combineMaps([{ app: "a", ip: "1" }], pods, ["app"]),
    'array.combine_maps([\n\t{\n\t\tapp = "a",\n\t\tip  = "1",\n\t},\n], [\n\t{\n\t\tapp  = "a",\n\t\tnode = "n",\n\t},\n], ["app"])',
    [{ app: "a", ip: "1", node: "n" }],
  ],
  [
    array.groupBy([{ app: "a" }], "app", true),
    'array.group_by([\n\t{\n\t\tapp = "a",\n\t},\n], "app", true)',
    [{ app: "a", items: [{ app: "a" }] }],
  ],
  [coalesce("", "b"), 'coalesce("", "b")', "b"],
  [constants.arch, "constants.arch"],
  [constants.hostname, "constants.hostname"],
  [constants.os, "constants.os"],
  [constants.version, "constants.version"],
  [convert.nonsensitive(sys.env("A")), 'convert.nonsensitive(sys.env("A"))'],
  // Bytes, which are a string wherever one is taken.
  [encoding.fromBase64("YQ=="), 'encoding.from_base64("YQ==")', [97]],
  [encoding.fromURLbase64("Pz8_"), 'encoding.from_URLbase64("Pz8_")', [63, 63, 63]],
  [encoding.fromJson('{"a": [1]}'), 'encoding.from_json(`{"a": [1]}`)', { a: [1] }],
  [encoding.fromYaml("a: [1]"), 'encoding.from_yaml("a: [1]")', { a: [1] }],
  [encoding.toBase64("a"), 'encoding.to_base64("a")', "YQ=="],
  [encoding.toURLbase64("???"), 'encoding.to_URLbase64("???")', "Pz8_"],
  [encoding.toJson({ a: [1] }), "encoding.to_json({\n\ta = [1],\n})", '{"a":[1]}'],
  [encoding.urlDecode("a%20b"), 'encoding.url_decode("a%20b")', "a b"],
  [encoding.urlEncode("a/b"), 'encoding.url_encode("a/b")', "a%2Fb"],
  [file.pathJoin("a", "b"), 'file.path_join("a", "b")', "a/b"],
  [jsonPath('{"a": 1}', ".a"), 'json_path(`{"a": 1}`, ".a")', [1]],
  [string.format("%s-%d", "a", 1), 'string.format("%s-%d", "a", 1)', "a-1"],
  [string.join(["a", "b"], "-"), 'string.join(["a", "b"], "-")', "a-b"],
  [string.replace("aba", "a", "c"), 'string.replace("aba", "a", "c")', "cbc"],
  [string.split("a,b", ","), 'string.split("a,b", ",")', ["a", "b"]],
  [string.toLower("A"), 'string.to_lower("A")', "a"],
  [string.toUpper("a"), 'string.to_upper("a")', "A"],
  [string.trim("?a!", "!?"), 'string.trim("?a!", "!?")', "a"],
  [string.trimPrefix("ab", "a"), 'string.trim_prefix("ab", "a")', "b"],
  [string.trimSpace(" a\n"), 'string.trim_space(" a\\n")', "a"],
  [string.trimSuffix("ab", "b"), 'string.trim_suffix("ab", "b")', "a"],
  [sys.env("HOME"), 'sys.env("HOME")'],
];

const named = calls.map(([expression, text, value]) => ({
  name: calledName(expression),
  expression,
  text,
  value,
}));

function calledName({ syntax }: Expression<unknown>): string | undefined {
  return nameOf(syntax.kind === "call" ? syntax.function : syntax);
}

describe("the standard library", () => {
  const { identifiers } = readSchema().stdlib;
  const current = identifiers.filter(({ deprecated }) => deprecated !== true).map(({ name }) => name);

  test("has each identifier of Alloy that is not deprecated, and no other", () => {
    expect(named.map(({ name }) => name).sort()).toEqual(current.sort());
  });

  test("has no function that the calls here leave out, under the name that the rule gives it", () => {
    const names = Object.entries(library).flatMap(([name, member]) => {
      if (typeof member === "function") return [name];
      return Object.keys(member).map((key) => `${name}.${key}`);
    });
    const expected = current.map((name) => name.split(".").map(propertyName).join("."));
    expect(names.sort()).toEqual(expected.sort());
  });

  test("knows which functions are experimental", () => {
    const experimental = identifiers.filter((one) => one.experimental === true).map(({ name }) => name);
    expect([...experimentalFunctions].sort()).toEqual(experimental.sort());
  });

  test.each(named)("prints $name", ({ expression, text }) => {
    expect(printValue(expression.syntax)).toBe(text);
  });

  test("leaves out what is not given", () => {
    const targets = sys.env("A");
    expect(printValue(array.combineMaps([], [], [targets], true).syntax)).toBe(
      'array.combine_maps([], [], [sys.env("A")], true)',
    );
  });
});

describeWithEngines("Alloy", (engines) => {
  test.each(named)("evaluates $name", async ({ text, value }) => {
    const answer = await engines.evaluate(`a = ${text}`);
    expect(answer).toMatchObject({ ok: true, value: { attributes: [value === undefined ? {} : { value }] } });
    expect(await engines.format(`a = ${text}\n`)).toEqual({ ok: true, value: `a = ${text}\n` });
  });

  test("takes decoded bytes as a string", async () => {
    const { syntax } = string.toUpper(encoding.fromBase64("YQ=="));
    expect(await engines.evaluate(`a = ${printValue(syntax)}`)).toMatchObject({
      value: { attributes: [{ value: "A" }] },
    });
  });
});
