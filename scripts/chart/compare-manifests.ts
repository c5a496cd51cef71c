import { copyMap, type Manifest, parseManifests } from "../../lib/chart";
import { compareObjects, type FieldChange } from "./compare-objects";

/** An object that is new, gone, or changed in some fields. */
export interface ObjectChange {
  /** Its kind and name, and its namespace if it has one. */
  readonly object: string;
  readonly change: "added" | "removed" | "changed";
  /** Of a changed object; empty for the others. */
  readonly fields: readonly FieldChange[];
}

/**
 * How the objects of an environment change.
 *
 * @param before YAML texts
 * @param after YAML texts
 */
export function compareManifests(before: Iterable<string>, after: Iterable<string>): readonly ObjectChange[] {
  const [old, present] = [byName(before), byName(after)];
  return [...new Set([...old.keys(), ...present.keys()])]
    .sort()
    .flatMap((object): readonly ObjectChange[] => {
      const [was, is] = [old.get(object), present.get(object)];
      if (was === undefined) return [{ object, change: "added", fields: [] }];
      if (is === undefined) return [{ object, change: "removed", fields: [] }];
      const fields = compareObjects(copyMap(was.content), copyMap(is.content));
      return fields.length === 0 ? [] : [{ object, change: "changed", fields }];
    });
}

function byName(texts: Iterable<string>): ReadonlyMap<string, Manifest> {
  const manifests = [...texts].flatMap((text) => parseManifests(text, "manifests"));
  return new Map(manifests.map((manifest) => [title(manifest), manifest]));
}

function title({ kind, name, namespace }: Manifest): string {
  return `${kind} ${name}${namespace === undefined ? "" : ` in ${namespace}`}`;
}
