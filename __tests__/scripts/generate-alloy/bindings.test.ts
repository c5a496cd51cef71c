import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { bindings } from "../../../scripts/generate-alloy/bindings";
import { namedComponents, needNames } from "../../../scripts/generate-alloy/needs";
import { ruleNames } from "../../../scripts/generate-alloy/rules";
import {
  bindingsFolder,
  dataText,
  readDescriptions,
  readSchema,
} from "../../../scripts/generate-alloy/schema";

const schema = readSchema();
const files = bindings(schema, readDescriptions());

describe("the bindings", () => {
  const committed = readdirSync(bindingsFolder).filter((name) => name.endsWith(".ts"));

  test("are all there, and nothing else", () => {
    expect([...files.keys()].sort()).toEqual(committed.sort());
  });

  test.each(committed)("are what the schema says: %s", (name) => {
    expect(readFileSync(join(bindingsFolder, name), "utf8")).toBe(files.get(name));
  });

  const data = readdirSync(bindingsFolder).filter((name) => name.endsWith(".json"));

  test.each(data)("come from data in lines that can be reviewed: %s", (name) => {
    const text = readFileSync(join(bindingsFolder, name), "utf8");
    expect(text).toBe(dataText(JSON.parse(text)));
    // Outside of strings: a value that is wide, and yet not broken.
    const lines = text.split("\n").map((line) => line.trim());
    expect(
      lines.filter((line) => line.length > 162 && /,./.test(line.replace(/"([^"\\]|\\.)*"/g, ""))),
    ).toEqual([]);
  });

  test("come from data that reads as before, whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.object({ values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)] }),
        (value) => {
          expect(JSON.parse(dataText(value))).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });

  test("come from data without a number that JavaScript can't hold, which would come out as another", () => {
    expect(() => dataText({ default: JSON.parse("9223372036854775807") })).toThrow(
      "9223372036854776000 is not exact: write it as a string",
    );
    expect(dataText({ default: Number.MAX_SAFE_INTEGER })).toBe('{ "default": 9007199254740991 }\n');
    expect(files.get("otelcol.processor.ts")).toContain(
      " A whole number. @default 9223372036854775807 @see ",
    );
  });

  test("bring each rule and each need that there is, and name no component that there is not", () => {
    const used = new Set(
      [...files.values()].flatMap((file) => file.replace(/^import .*$/gm, "").match(/\b\w+(?:Rule|Need)\b/g)),
    );
    expect([...ruleNames, ...needNames].filter((name) => !used.has(name))).toEqual([]);
    const known = new Set(schema.components.map(({ name }) => name));
    expect(namedComponents.filter((name) => !known.has(name))).toEqual([]);
  });

  test("have each name once, over all files", () => {
    const names = [...files.values()].flatMap((file) =>
      [...file.matchAll(/^export (?:class|interface|type|const) (\w+)/gm)].map(([, name]) => name),
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("load nothing but the library and the bodies that several namespaces share", () => {
    const modules = [...files].flatMap(([name, file]) =>
      name === "definitions.ts"
        ? []
        : [...file.matchAll(/^import (?!type ).* from "(.*)";$/gm)].map(([, module]) => module),
    );
    expect(new Set(modules)).toEqual(
      new Set([
        "../../lib/alloy/schema/body",
        "../../lib/alloy/schema/definition",
        "../../lib/alloy/schema/languages",
        "../../lib/alloy/needs",
        "../../lib/alloy/rules",
        "../../lib/alloy/component",
        "./blocks",
      ]),
    );
  });
});
