import { compareManifests, objectsIn } from "../../../scripts/plan/objects/compare-manifests";

/** How the objects of some YAML texts change. */
export function compare(before: readonly string[], after: readonly string[]) {
  const objects = (texts: readonly string[]) => objectsIn(texts.map((text) => ["manifests", text]));
  return compareManifests(objects(before), objects(after));
}
