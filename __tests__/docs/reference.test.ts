import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import history from "../../imports/alloy/versions.json";
import * as library from "../../lib/alloy";
import { propertyName } from "../../lib/alloy";
import { isPlain } from "../../scripts/generate-alloy/bindings";
import {
  type AttributeSchema,
  type BodySchema,
  readSchema,
  type TypeSchema,
} from "../../scripts/generate-alloy/schema";
import { linksOf, reaches } from "./links";
import { referencePages } from "./pages";
import { cellsOf, namesIn, type ReferenceSection, type Row, sectionsOf } from "./reference-sections";

const folder = "docs/reference";
const schema = readSchema();
const pages = referencePages();
const all = [...schema.components, ...schema.configBlocks.filter(isPlain)];
const sections = new Map(pages.map(({ path, text }) => [path, sectionsOf(text)]));

/** The section that a link of a page leads to. */
function target(page: string, link: string) {
  const [path = "", anchor = ""] = link.split("#");
  const file = path === "" ? page : join(dirname(page), path);
  return { page: file, section: sections.get(file)?.get(anchor) };
}

/** What the reference doesn't tell of a body: that follows its blocks by their links. */
function untold(
  body: BodySchema,
  page: string,
  told: readonly (ReferenceSection | undefined)[],
  emits: readonly string[],
  way: string,
  known = new Set<string>(),
): readonly string[] {
  const rows = told.flatMap((section) => section?.rows ?? []);
  const rowOf = (name: string) => rows.find((row) => namesIn(row).includes(name));
  const isOutput = body.go === "component/otelcol.ConsumerArguments";
  const attributes = body.attributes.filter(({ name }) => !isOutput || emits.includes(name));
  const objects = attributes.flatMap(({ name, type }) => {
    const of = type.k === "list" ? type.of : type;
    return of.k === "object" ? [{ name, body: { go: of.go, attributes: of.fields, blocks: [] } }] : [];
  });
  const blocks = body.blocks.map(({ name, body: own }) => {
    const inner = "$ref" in own ? schema.types[own.$ref] : own;
    if (inner === undefined || "config" in inner) throw new Error(`${name} is no plain block`);
    return { name, body: inner };
  });
  const plain = attributes.filter(({ name }) => !objects.some((one) => one.name === name));
  const shownText = told.map((section) => section?.text ?? "").join("\n");
  return [
    ...plain.flatMap((attribute) => {
      const row = rowOf(attribute.name);
      return row === undefined
        ? [`${way}/${attribute.name}`]
        : missingIn(row, attribute, shownText, `${way}/${attribute.name}`);
    }),
    ...[...objects, ...blocks].flatMap(({ name, body: inner }) => {
      const row = rowOf(name);
      const [, link = ""] = /\]\(([^)]+)\)/.exec(row?.[0] ?? "") ?? [];
      const { page: at, section } = target(page, link);
      if (section === undefined || (row?.[2] ?? "") === "") return [`${way}/${name}`];
      const place = `${at} ${section.title} ${inner.go}`;
      if (known.has(place)) return [];
      return untold(inner, at, [section], emits, `${way}/${name}`, new Set([...known, place]));
    }),
  ];
}

/** What a row doesn't tell of an attribute. */
function missingIn(row: Row, { name, optional, type, ...rest }: AttributeSchema, text: string, way: string) {
  const [, kind = "", words = ""] = row;
  // A number that JavaScript can't hold is a string in the schema.
  const isLarge = type.k === "number" && typeof rest.default === "string";
  const value = isLarge ? String(rest.default) : JSON.stringify(rest.default);
  const isShared = text.includes("is the component's.");
  const shown = `${kind}${words}${text}`.replaceAll(/[\s\\]|&#(\d+);/g, (_, digits: string | undefined) =>
    digits === undefined ? "" : String.fromCodePoint(Number(digits)).trim(),
  );
  const facts: readonly (readonly [string, boolean])[] = [
    ["property", namesIn(row)[0] === propertyName(name)],
    ["type", /^[a-zA-Z]/.test(kind)],
    ["description", /^\S.*\.$/.test(words)],
    ["required", optional !== kind.endsWith("required")],
    [
      "default",
      !optional || value === undefined || isShared || shown.includes(value.replaceAll(/[\s\\]/g, "")),
    ],
    ["words", wordsIn(type).every((word) => words.includes(JSON.stringify(word)))],
    ["unit", rest.unit === undefined || new RegExp(`\\b${rest.unit}\\b`, "i").test(words)],
  ];
  return facts.filter(([, holds]) => !holds).map(([fact]) => `${way}: ${fact}`);
}

function wordsIn(type: TypeSchema): readonly string[] {
  if (type.k === "list" || type.k === "map") return wordsIn(type.of);
  return type.k === "string" ? (type.enum ?? []) : [];
}

describe("the reference", () => {
  test("has a page for each component and each block that configures Alloy", () => {
    const names = all.map(({ name }) => `${folder}/${name}.md`);
    const others = ["README", "blocks", "functions", "library", "types"].map(
      (name) => `${folder}/${name}.md`,
    );
    expect(pages.map(({ path }) => path).toSorted()).toEqual([...names, ...others].toSorted());
  });

  test.each(all.map((one) => [one.name, one] as const))("tells all of %s", (name, described) => {
    const page = `${folder}/${name}.md`;
    const own = sections.get(page);
    const emits = "emits" in described ? (described.emits ?? []) : [];
    const exports = "exports" in described ? described.exports : [];
    expect(untold(described.args, page, [own?.get("arguments"), own?.get("blocks")], emits, name)).toEqual(
      [],
    );
    const rows = own?.get("exports")?.rows ?? [];
    expect(
      exports.filter((one) => !rows.some((row) => namesIn(row).includes(one.name) && row[1] !== "")),
    ).toEqual([]);
    expect(own?.get("example")?.text).toMatch(/^```alloy$/m);
    expect(sections.get(`${folder}/README.md`)?.size).toBeGreaterThan(20);
  });

  test("names interfaces that the bindings have", () => {
    const bindings = readdirSync("imports/alloy")
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join("imports/alloy", name), "utf8"))
      .join("\n");
    const interfaces = new Set(
      [...bindings.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name),
    );
    const named = pages.flatMap(({ path, text }) =>
      [...text.matchAll(path.endsWith("blocks.md") ? /^## (\w+)$/gm : /^`(\w+)`(?: ·|$)/gm)].map(
        ([, name]) => name,
      ),
    );
    expect(named.length).toBeGreaterThan(500);
    expect(named.filter((name) => !interfaces.has(name))).toEqual([]);
  });

  test("misses what a page does not tell", () => {
    const [first] = schema.components;
    const page = `${folder}/${first?.name}.md`;
    const body = {
      ...first?.args,
      go: "a",
      blocks: [],
      attributes: [{ name: "no_such", optional: true, type: { k: "bool" as const } }],
    };
    expect(untold(body, page, [sections.get(page)?.get("arguments")], [], "a")).toEqual(["a/no_such"]);
  });

  test("tells what each version brought to a component", () => {
    const names = new Set(all.map(({ name }) => name));
    const told = Object.entries(history.since).flatMap(([version, facts]) =>
      facts.flatMap((fact) => {
        const [, name = "", path = ""] = /^([\w.]+)(?:: (.*?)(?: left out)?)?$/.exec(fact) ?? [];
        if (!names.has(name)) return [];
        const text = sections.get(`${folder}/${name}.md`)?.get("versions")?.text ?? "";
        const line = text.split("\n").find((one) => one.startsWith(`- **${version}** brought`)) ?? "";
        return [{ fact, isTold: line.includes(`\`${path === "" ? name : path.replaceAll("/", " > ")}\``) }];
      }),
    );
    expect(told.length).toBeGreaterThan(300);
    expect(told.filter(({ isTold }) => !isTold)).toEqual([]);
  });

  test("lists each component in its index", () => {
    const index = readFileSync(`${folder}/README.md`, "utf8");
    expect(
      all.filter(({ name }) => !index.includes(`[\`${name}\`](${name}.md)`)).map(({ name }) => name),
    ).toEqual([]);
  });

  test("has links that reach something", () => {
    const dead = pages.flatMap((page) =>
      linksOf(page)
        .filter((link) => !reaches(page.path, link))
        .map((link) => [page.path, link]),
    );
    expect(dead).toEqual([]);
    expect(reaches(`${folder}/README.md`, "blocks.md#commonconfigtlsconfig")).toBe(true);
    expect(reaches(`${folder}/README.md`, "blocks.md#commonconfigtls")).toBe(false);
  });

  test("has every function and constant of Alloy's standard library", () => {
    const text = readFileSync(`${folder}/functions.md`, "utf8");
    const missing = schema.stdlib.identifiers.filter(
      ({ name, kind }) => !new RegExp(`\`${name}[(\`]`).test(text) && kind === "function",
    );
    expect(missing).toEqual([]);
  });

  test("has every value that the library exports", () => {
    const headings = new Set(
      ["library", "functions"].flatMap((name) =>
        [...(sections.get(`${folder}/${name}.md`)?.values() ?? [])].map(({ title }) => title),
      ),
    );
    expect(Object.keys(library).filter((name) => !headings.has(name))).toEqual([]);
    const types = [...readFileSync("lib/alloy/index.ts", "utf8").matchAll(/\btype (\w+)[,;} ]/g)].map(
      ([, name = ""]) => name,
    );
    expect(types.filter((name) => !headings.has(name))).toEqual([]);
  });
});

describe("the Markdown of the reference", () => {
  test("has tables of as many cells as columns", () => {
    const uneven = pages.flatMap(({ path, text }) => {
      const lines = text.split("\n");
      return lines
        .filter((line, index) => {
          const before = lines[index - 1] ?? "";
          return (
            line.startsWith("|") && before.startsWith("|") && cellsOf(line).length !== cellsOf(before).length
          );
        })
        .map((line) => `${path}: ${line}`);
    });
    expect(uneven).toEqual([]);
  });

  test("holds no HTML but line breaks, code and its first comment", () => {
    const prose = pages.map(
      ({ path, text }) =>
        [path, text.replaceAll(/^```.*?^```$/gms, "").replaceAll(/`[^`\n]*`/g, "")] as const,
    );
    const found = prose.flatMap(([path, text]) =>
      (text.match(/<[^>]*>?/g) ?? [])
        .filter((tag) => !/^<(?:br\/|\/?code|!-- Generated from .* -->?)/.test(tag))
        .map((tag) => `${path}: ${tag}`),
    );
    expect(found).toEqual([]);
  });

  test("is told by what it is generated from", () => {
    expect(
      pages.filter(({ text }) => !/^<!-- Generated from .* by npm run generate:reference/m.test(text)),
    ).toEqual([]);
    expect(existsSync(folder)).toBe(true);
  });
});
