import { isPlain } from "./bindings";
import { attributeKeys, blockKeys, type Descriptions } from "./descriptions";
import type { AttributeSchema, BlockSchema, BodySchema, Schema } from "./schema";

/** Something that is described: a component, a block or an attribute. */
export interface Described {
  readonly part: keyof Descriptions;
  /** The component, the blocks on the way, and its own name. */
  readonly path: readonly string[];
  /** By what its words are looked up, the most exact first. */
  readonly keys: readonly string[];
}

/** All of a schema that is described, in its order. Blocks that contain their kind are told once. */
export function describedOf(schema: Schema): readonly Described[] {
  const { components, configBlocks, types } = schema;
  const withContent = configBlocks
    .filter(isPlain)
    .filter(({ args: { attributes, blocks } }) => attributes.length + blocks.length > 0);
  return [...components, ...withContent].flatMap(({ name, args }): readonly Described[] => [
    { part: "components", path: [name], keys: [name] },
    ...inBody(args, [name], types),
  ]);
}

/** What there are no words for. */
export function withoutWords(schema: Schema, descriptions: Descriptions): readonly Described[] {
  const missing = describedOf(schema).filter(
    ({ part, keys }) => !keys.some((key) => Object.hasOwn(descriptions[part], key)),
  );
  // Of bodies that stand in several places, the first is told.
  const byKey = new Map<string, Described>();
  for (const one of missing) {
    const key = `${one.part} ${one.keys[0]}`;
    if (!byKey.has(key)) byKey.set(key, one);
  }
  return [...byKey.values()];
}

/** Words that nothing uses, each as its part and its key. */
export function unusedWords(schema: Schema, descriptions: Descriptions): readonly string[] {
  const used = new Set(
    describedOf(schema).flatMap(({ part, keys }) => {
      const key = keys.find((one) => Object.hasOwn(descriptions[part], one));
      return key === undefined ? [] : [`${part}: ${key}`];
    }),
  );
  return Object.entries(descriptions).flatMap(([part, words]) =>
    Object.keys(words)
      .map((key) => `${part}: ${key}`)
      .filter((key) => !used.has(key)),
  );
}

function inBody(
  { go, attributes, blocks }: BodySchema,
  path: readonly string[],
  types: Schema["types"],
  within: readonly string[] = [],
): readonly Described[] {
  return [
    ...attributes.flatMap((attribute) => ofAttribute(attribute, go, path)),
    ...blocks.flatMap((block) => ofBlock(block, go, path, types, within)),
  ];
}

function ofAttribute({ name, type }: AttributeSchema, go: string, path: readonly string[]) {
  const own: Described = { part: "attributes", path: [...path, name], keys: attributeKeys(go, name) };
  const object = type.k === "list" ? type.of : type;
  const fields = object.k === "object" ? object : undefined;
  const inner: readonly Described[] = (fields?.fields ?? []).flatMap((field) =>
    ofAttribute(field, fields?.go ?? "", own.path),
  );
  return [own, ...inner];
}

function ofBlock(
  { name, enum: of, body }: BlockSchema,
  go: string,
  path: readonly string[],
  types: Schema["types"],
  within: readonly string[],
): readonly Described[] {
  if ("config" in body) return [];
  const content = "$ref" in body ? types[body.$ref] : body;
  if (content === undefined || within.includes(content.go)) return [];
  // Blocks of one list, such as stages, are described as the list, and each by itself.
  const list =
    of === undefined
      ? []
      : [{ part: "blocks", path: [...path, of], keys: blockKeys(go, of, undefined) } as const];
  const inside = [...path, name];
  return [
    ...list,
    { part: "blocks", path: inside, keys: blockKeys(go, name, content.go) },
    ...inBody(content, inside, types, [...within, content.go]),
  ];
}
