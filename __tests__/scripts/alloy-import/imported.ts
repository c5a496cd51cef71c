import { join } from "node:path";
import { transformSync } from "@swc/core";
import { definitions } from "../../../imports/alloy/definitions";
import { AlloyConfig, type BodySyntax, parse, print, withoutPlaces } from "../../../lib/alloy";
import { type ImportedConfig, importConfig } from "../../../scripts/alloy-import/source";

const root = join(__dirname, "../../..");

/** A text as a program. */
export function imported(text: string): ImportedConfig {
  return importConfig(parse(text), definitions, { file: "config.alloy", project: "." });
}

/** What a program of a config prints. */
export function printedBy(source: string): string {
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: "typescript" }, target: "es2023" },
    module: { type: "commonjs" },
  });
  const exported: { config?: unknown } = {};
  const load = (name: string): unknown => require(name.startsWith(".") ? join(root, name) : name);
  const run = new Function("exports", "require", "module", code);
  run(exported, Object.assign(load, { main: undefined }), {});
  if (!(exported.config instanceof AlloyConfig)) throw new Error("the program exports no config");
  return exported.config.toString();
}

/** The comments of a text, in no order. */
export function commentsOf(text: string): readonly string[] {
  return parse(text)
    .comments.map((comment) => comment.text.trim())
    .sort();
}

/**
 * A text as a program prints it that says the same: without comments and empty lines, lists and maps by their width, and in
 * a body attributes before blocks, blocks of one name together. An argument says nothing of what is so anyway.
 */
export function asProgram(text: string): string {
  return print({ body: bare(parse(text).body, true), comments: [] });
}

function bare({ attributes, blocks }: BodySyntax, holdsComponents: boolean): BodySyntax {
  const inner = blocks.map(({ name, label, body }) => ({
    name,
    ...(label !== undefined && { label }),
    body: bare(name === "argument" ? argument(body) : body, name === "declare" || name === "template"),
  }));
  return {
    attributes: attributes.map(({ name, value }) => ({ name, value: withoutPlaces(value) })),
    // `stage.json` and `stage.labels` are one list.
    blocks: holdsComponents ? inner : grouped(inner, ({ name }) => name.split(".")[0] ?? ""),
  };
}

function argument({ attributes }: BodySyntax): BodySyntax {
  const said = attributes.filter(
    ({ name, value }) => name !== "optional" || value.kind !== "literal" || value.value === true,
  );
  return { attributes: said.toSorted((one, other) => (one.name < other.name ? -1 : 1)), blocks: [] };
}

/** Items with those of one key one after the other. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const keys = [...new Set(items.map(keyOf))];
  return keys.flatMap((key) => items.filter((item) => keyOf(item) === key));
}
