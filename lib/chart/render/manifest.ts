import { parseAllDocuments, type ScalarTag, type Tags } from "yaml";
import { ChartError } from "./names";

/** A JSON value that can be changed in place. */
export type Json = null | boolean | number | string | Json[] | JsonMap;

/** A map of JSON values that can be changed in place. */
export interface JsonMap {
  [key: string]: Json;
}

/** Whether a JSON value is a map. */
export function isJsonMap(value: Json | undefined): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A deep copy of a value, which must be JSON. Keys without a value are left out.
 *
 * Not `structuredClone`: its maps come from another realm under jest, and cdk8s tells a map by its constructor.
 *
 * @throws TypeError on anything that JSON cannot say
 */
export function copyJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  if (typeof value === "object" && !(value instanceof Date)) return copyMap(value);
  throw new TypeError(`${String(value)} is not JSON`);
}

/** A deep copy of a map of JSON values. Keys without a value are left out. */
export function copyMap(value: object): JsonMap {
  const entries: [string, Json][] = [];
  for (const [key, entry] of Object.entries(value)) {
    if (entry !== undefined) entries.push([key, copyJson(entry)]);
  }
  return Object.fromEntries(entries);
}

/** A deep copy of what is JSON already, several times as quick as {@link copyMap}. */
export function cloneMap(map: object): JsonMap {
  return JSON.parse(JSON.stringify(map));
}

/** The value at a path of keys; undefined where there is none. */
export function jsonAt(map: JsonMap, [first = "", ...rest]: readonly string[]): Json | undefined {
  const value = map[first];
  if (rest.length === 0) return value;
  return isJsonMap(value) ? jsonAt(value, rest) : undefined;
}

/** The map of a key; an empty one where there is none. */
export function mapAt(map: JsonMap, key: string): JsonMap {
  const value = map[key];
  return isJsonMap(value) ? value : {};
}

/** The maps in the list of a key; none where there is no list. */
export function mapsAt(map: JsonMap, key: string): readonly JsonMap[] {
  const value = map[key];
  return Array.isArray(value) ? value.filter(isJsonMap) : [];
}

/** The texts in the list of a key; none where there is no list. */
export function textsAt(map: JsonMap, key: string): readonly string[] {
  const value = map[key];
  return Array.isArray(value) ? value.map(String) : [];
}

/** JSON text that is the same for equal values: keys are sorted, nothing is indented. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(copyJson(value)));
}

/** A copy with the keys of all maps in the alphabet's order. */
export function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isJsonMap(value)) return value;
  const entries = Object.entries(value).map(([key, entry]): [string, Json] => [key, sortKeys(entry)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A Kubernetes object, as a chart renders it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Absent where the chart names none. */
  readonly namespace?: string | undefined;
  /** The whole object. */
  readonly content: Readonly<JsonMap>;
}

/**
 * The objects of Helm's output, in its order.
 *
 * @param origin names the text in messages
 * @throws ChartError on text that is no YAML and on documents that are no Kubernetes objects
 */
export function parseManifests(text: string, origin: string): readonly Manifest[] {
  const documents = parseAllDocuments(text, { version: "1.1", customTags: kubernetesTags });
  const manifests: Manifest[] = [];
  for (const document of documents) {
    const [error] = document.errors ?? [];
    if (error !== undefined) {
      // Its other lines quote the text, which may hold a Secret.
      throw new ChartError(`${origin}: ${error.message.split(/:?\n/)[0]}`);
    }
    const content: unknown = document.toJS();
    if (content !== null) {
      const isMap = typeof content === "object" && !Array.isArray(content);
      if (!isMap) throw noObject(content, origin);
      manifests.push(manifestOf(copyMap(content), origin));
    }
  }
  return manifests;
}

/**
 * Kubernetes reads YAML 1.1, in which 0644 is octal, but takes neither timestamps nor base-60 numbers; nor a dot for a
 * number, as YAML 1.1 does. And 0o644 is octal to it, as in YAML 1.2.
 */
export function kubernetesTags(tags: Tags): Tags {
  return [
    ...kubernetesScalars,
    ...tags.filter(
      (tag) =>
        typeof tag === "string" || (tag.tag !== "tag:yaml.org,2002:timestamp" && tag.format !== "TIME"),
    ),
  ];
}

const kubernetesScalars: readonly ScalarTag[] = [
  { tag: "tag:yaml.org,2002:str", default: true, test: /^[-+]?\.$/, resolve: (text) => text },
  {
    tag: "tag:yaml.org,2002:int",
    default: true,
    test: /^[-+]?0o[0-7]+$/,
    resolve: (text) => Number.parseInt(text.replace("0o", ""), 8),
  },
];

/**
 * A map that is a Kubernetes object.
 *
 * @param content is not copied
 * @param origin names it in messages
 * @throws ChartError on any other map
 */
export function manifestOf(content: JsonMap, origin: string): Manifest {
  const metadata = mapAt(content, "metadata");
  const { apiVersion, kind } = content;
  const { name, namespace } = metadata;
  if (!isText(apiVersion) || !isText(kind) || !isText(name)) throw noObject(content, origin);
  return { apiVersion, kind, name, content, namespace: isText(namespace) ? namespace : undefined };
}

function noObject(value: unknown, origin: string): ChartError {
  return new ChartError(
    `${origin}: not a Kubernetes object with apiVersion, kind and a name: ${describe(value)}`,
  );
}

/** What stands there, without its values: they may be a Secret's. */
function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value !== "object" || value === null) return `a ${typeof value}`;
  const { kind } = copyMap(value);
  return `${isText(kind) ? `a ${kind}` : "a map"} with ${Object.keys(value).join(", ") || "nothing in it"}`;
}

function isText(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}
