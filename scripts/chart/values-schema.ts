import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";

/** The part of JSON Schema that chart values need. */
export interface ValueSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly additionalProperties?: boolean;
  /** The chart's default; of a map or a list, only where that is empty. */
  readonly default?: unknown;
}

/** The schema of a whole values file. */
export interface ValuesSchema extends ValueSchema {
  readonly $schema: string;
  readonly title: string;
}

/** Structures of Kubernetes: the few keys that a chart sets in them by default are not all that they may hold. */
const kubernetesStructures = new Set(["resources", "securityContext", "podSecurityContext"]);

/**
 * Types and known keys of a chart's values, as JSON Schema.
 *
 * A map that has keys by default takes only these. A map that is empty by default takes any, and so do Kubernetes'
 * structures; lists take any items, and a key without a value anything. Of the chart's text only scalar defaults are copied.
 *
 * @param title what the schema is of
 * @param values the text of the chart's values.yaml
 * @param templates the chart's templates; a key that they read below a known map is known too
 */
export function valuesSchema(title: string, values: string, templates: readonly string[]): ValuesSchema {
  const root = parseDocument(values).contents;
  if (!isMap<unknown, Node | null>(root)) throw new Error(`${title}: values.yaml is not a map`);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title,
    ...mapSchema(root, [], keysRead(templates)),
  };
}

/** Schema of a map that takes its known keys only. */
function mapSchema(
  map: YAMLMap<unknown, Node | null>,
  path: readonly string[],
  read: ReadonlySet<string>,
): ValueSchema {
  const properties = new Map<string, ValueSchema>();
  for (const pair of map.items) {
    const key = keyOf(pair);
    properties.set(key, valueSchema(key, pair.value, [...path, key], read));
  }
  for (const key of path.length === 0 ? [] : keysBelow(path, read)) {
    if (!properties.has(key)) properties.set(key, {});
  }
  return { type: "object", properties: Object.fromEntries(properties), additionalProperties: false };
}

function valueSchema(
  key: string,
  value: Node | null,
  path: readonly string[],
  read: ReadonlySet<string>,
): ValueSchema {
  if (isMap<unknown, Node | null>(value)) {
    const free = value.items.length === 0 || kubernetesStructures.has(key);
    if (!free) return mapSchema(value, path, read);
    return { type: ["object", "null"], default: value.items.length === 0 ? {} : undefined };
  }
  if (isSeq(value)) return { type: ["array", "null"], default: value.items.length === 0 ? [] : undefined };
  // What goes under a key without a value, only its comment in the chart says.
  if (!isScalar(value) || (value.type === "PLAIN" && value.source === "")) return {};
  return { type: scalarTypes(value.value), default: value.value };
}

/** Helm deletes a default that a values file sets to null, so each leaf may be null. */
function scalarTypes(value: unknown): readonly string[] {
  switch (typeof value) {
    case "string":
      return ["string", "null"];
    case "boolean":
      return ["boolean", "null"];
    case "number":
      return [Number.isInteger(value) ? "integer" : "number", "null"];
    default:
      return ["string", "number", "boolean", "null"];
  }
}

function keyOf(pair: Pair<unknown, Node | null>): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

/** The value paths that templates name, such as `ingress.ingressClassName`. */
function keysRead(templates: readonly string[]): ReadonlySet<string> {
  const references = templates.flatMap((template) => [...template.matchAll(/\.Values\.([\w.]+)/g)]);
  return new Set(references.map((reference) => reference[1] ?? ""));
}

/** The keys right below a path that templates read, sorted. */
function keysBelow(path: readonly string[], read: ReadonlySet<string>): readonly string[] {
  const prefix = `${path.join(".")}.`;
  const below = [...read].filter((key) => key.startsWith(prefix));
  return [...new Set(below.map((key) => key.slice(prefix.length).split(".")[0] ?? ""))]
    .filter(Boolean)
    .sort();
}
