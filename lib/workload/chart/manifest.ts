import { parseAllDocuments, type ScalarTag, type Tags } from "yaml";
import { ChartError } from "../workload-error";
import { copyMap, isJsonMap, type Json, type JsonMap } from "./json";

/** A Kubernetes object, as a chart renders it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Absent where the chart names none. */
  readonly namespace?: string;
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
function kubernetesTags(tags: Tags): Tags {
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
  const metadata = isJsonMap(content.metadata) ? content.metadata : {};
  const { apiVersion, kind } = content;
  const { name, namespace } = metadata;
  if (!isText(apiVersion) || !isText(kind) || !isText(name)) {
    throw noObject(content, origin);
  }
  return { apiVersion, kind, name, content, ...(isText(namespace) ? { namespace } : {}) };
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
