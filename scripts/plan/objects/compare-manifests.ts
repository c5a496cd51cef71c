import { parseDocument } from "yaml";
import { copyMap, type Manifest, parseManifests } from "../../../lib/chart";
import { compareObjects, type FieldChange } from "./compare-objects";

/** An object that is new, gone, or changed in some fields. */
export interface ObjectChange {
  /** Its kind and name, and its namespace if it has one. */
  readonly object: string;
  readonly change: "added" | "removed" | "changed";
  /** Of a changed object; empty for the others. */
  readonly fields: readonly FieldChange[];
}

/** Objects by what tells them apart: kind, namespace and name. */
export type Objects = ReadonlyMap<string, Manifest>;

/** How the objects of an environment change. */
export function compareManifests(before: Objects, after: Objects): readonly ObjectChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .flatMap((object): readonly ObjectChange[] => {
      const [was, is] = [before.get(object), after.get(object)];
      if (was === undefined) return [{ object, change: "added", fields: [] }];
      if (is === undefined) return [{ object, change: "removed", fields: [] }];
      const fields = compareObjects(was.content, is.content);
      return fields.length === 0 ? [] : [{ object, change: "changed", fields }];
    });
}

/**
 * The objects in the texts of manifests, each with where it comes from.
 *
 * @throws ChartError where one is no manifest
 */
export function objectsIn(texts: Iterable<readonly [origin: string, text: string]>): Objects {
  const manifests = [...texts].flatMap(([origin, text]) => parseManifests(text, origin));
  return new Map(manifests.map((manifest) => [titleOf(manifest), manifest]));
}

/** The kind of what is no object, but a file beside them. */
export const fileKind = "File";

/** A file that is no manifest, such as one of Prometheus' rules, as an object: so it is compared like one. */
export function fileObject(name: string, text: string): Manifest {
  const content: unknown = parseDocument(text).toJS();
  const isMap = typeof content === "object" && content !== null && !Array.isArray(content);
  return { apiVersion: "", kind: fileKind, name, content: isMap ? copyMap(content) : { text } };
}

/** Kind and name, and the namespace if there is one. */
export function titleOf({ kind, name, namespace }: Manifest): string {
  return `${kind} ${name}${namespace === undefined ? "" : ` in ${namespace}`}`;
}
