import { attributeDefinition, defaultOf } from "../generate-alloy/attributes";
import type {
  AttributeSchema,
  BlockSchema,
  BodySchema,
  ComponentSchema,
  Schema,
} from "../generate-alloy/schema";

/** How a component, or a block that configures Alloy itself, changes. */
export interface ComponentChange {
  readonly name: string;
  readonly state: "new" | "gone" | "changed";
  /** What changes, a line each, in the order of the schema. */
  readonly lines: readonly string[];
}

/** How what a version of Alloy has differs from what another has. */
export function differences(before: Schema, after: Schema): readonly ComponentChange[] {
  const [old, present] = [partsOf(before), partsOf(after)];
  const names = [...new Set([...old.keys(), ...present.keys()])].sort();
  return names.flatMap((name): readonly ComponentChange[] => {
    const [was, is] = [old.get(name), present.get(name)];
    if (was === undefined) return [{ name, state: "new", lines: [is?.get("")?.text ?? ""] }];
    if (is === undefined) return [{ name, state: "gone", lines: [] }];
    const lines = linesOf(was, is);
    return lines.length === 0 ? [] : [{ name, state: "changed", lines }];
  });
}

/** What there is to say of a component, by the place in it; of the component itself under the empty place. */
type Parts = ReadonlyMap<string, Part>;

interface Part {
  /** What it takes. */
  readonly text: string;
  readonly default?: string | undefined;
}

function partsOf({ components, configBlocks, types }: Schema): ReadonlyMap<string, Parts> {
  return new Map(
    [...components, ...configBlocks].map((one) => [
      one.name,
      new Map([
        ["", { text: stateOf(one) }],
        ...exportsOf(one),
        ...("config" in one.args ? [] : partsOfBody(one.args, "", types, [])),
      ]),
    ]),
  );
}

function stateOf({ stability }: { readonly stability: string }): string {
  return stability.replace("-", " ");
}

function exportsOf(component: object): readonly (readonly [string, Part])[] {
  const { exports = [], accepts, emits }: Partial<ComponentSchema> = component;
  const signals = [
    ["signals that it takes", accepts],
    ["signals that it gives", emits],
  ] as const;
  return [
    ...exports.map(
      ({ name, type }) => [`export ${name}`, { text: typeText({ name, type, optional: true }) }] as const,
    ),
    ...signals.flatMap(([name, list]) =>
      list === undefined ? [] : [[name, { text: list.join(", ") }] as const],
    ),
  ];
}

function partsOfBody(
  { attributes, blocks }: BodySchema,
  path: string,
  types: Schema["types"],
  within: readonly string[],
): readonly (readonly [string, Part])[] {
  return [
    ...attributes.flatMap((attribute) => partsOfAttribute(attribute, path)),
    ...blocks.flatMap((block) => partsOfBlock(block, path, types, within)),
  ];
}

function partsOfAttribute(attribute: AttributeSchema, path: string): readonly (readonly [string, Part])[] {
  const { name, type, optional } = attribute;
  const object = type.k === "list" ? type.of : type;
  const fields = object.k === "object" ? object.fields : [];
  const text = `${typeText(attribute)}, ${optional ? "may be left out" : "must be written"}`;
  return [
    [`${path}${name}`, { text, default: defaultOf(attribute) }],
    ...fields.flatMap((field) => partsOfAttribute(field, `${path}${name}.`)),
  ];
}

function partsOfBlock(
  block: BlockSchema,
  path: string,
  types: Schema["types"],
  within: readonly string[],
): readonly (readonly [string, Part])[] {
  const { name, optional, repeated, body } = block;
  // Stages within a stage are those of the outer list: they are told once.
  if (block.enum !== undefined && within.includes(block.enum)) return [];
  const text = `${repeated === true ? "blocks" : "a block"}, ${optional ? "may be left out" : "must be written"}`;
  const own = [`${path}${name}`, { text }] as const;
  if ("config" in body) return [own];
  const inside = block.enum === undefined ? within : [...within, block.enum];
  const content = "$ref" in body ? types[body.$ref] : body;
  return content === undefined ? [own] : [own, ...partsOfBody(content, `${path}${name}.`, types, inside)];
}

/** What an attribute takes, as the bindings write it. */
function typeText(attribute: AttributeSchema): string {
  const definition = attributeDefinition({ ...attribute, optional: true });
  return definition === attribute.name ? "any value" : definition.slice(attribute.name.length + 1);
}

function linesOf(was: Parts, is: Parts): readonly string[] {
  const gone = [...was.keys()].filter(
    (path) => !is.has(path) && !isIn(path, (outer) => was.has(outer) && !is.has(outer)),
  );
  const added = [...is].filter(
    ([path]) => !was.has(path) && !isIn(path, (outer) => is.has(outer) && !was.has(outer)),
  );
  return [
    ...gone.map((path) => `- ${path}`),
    ...added.map(
      ([path, part]) =>
        `+ ${path}: ${part.text}${part.default === undefined ? "" : `, default ${part.default}`}`,
    ),
    ...[...is].flatMap(([path, part]) => {
      const old = was.get(path);
      if (old === undefined) return [];
      const texts =
        old.text === part.text ? [] : [`~ ${path}: ${old.text} → ${part.text}`.replace("~ : ", "~ ")];
      const values =
        old.default === part.default
          ? []
          : [`~ ${path}: default ${old.default ?? "none"} → ${part.default ?? "none"}`];
      return [...texts, ...values];
    }),
  ];
}

/** Whether a part is in another that matches: what comes or goes with a block is not told by itself. */
function isIn(path: string, matches: (outer: string) => boolean): boolean {
  return [...path.matchAll(/\./g)].some(({ index }) => matches(path.slice(0, index)));
}
