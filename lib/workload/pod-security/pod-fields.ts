import { isJsonMap, type JsonMap } from "../chart/json";

/** A pod as it stands in a manifest: what is left out, or of another kind, is as if it were not there. */
export interface PodTemplate {
  readonly spec: JsonMap;
  readonly annotations: JsonMap;
  readonly labels?: JsonMap;
}

/** A container of a pod, or the pod itself where it has settings of the same names. */
export interface Part {
  /** Such as `container alloy`. */
  readonly name: string;
  readonly fields: JsonMap;
  readonly securityContext: JsonMap;
}

/** The map of a key. */
export function mapAt(map: JsonMap, key: string): JsonMap {
  const value = map[key];
  return isJsonMap(value) ? value : {};
}

/** The maps in the list of a key. */
export function mapsAt(map: JsonMap, key: string): readonly JsonMap[] {
  const value = map[key];
  return Array.isArray(value) ? value.filter(isJsonMap) : [];
}

/** The texts in the list of a key. */
export function textsAt(map: JsonMap, key: string): readonly string[] {
  const value = map[key];
  return Array.isArray(value) ? value.map(String) : [];
}

/** The containers of all kinds. */
export function containersOf({ spec }: PodTemplate): readonly Part[] {
  return ["initContainers", "containers", "ephemeralContainers"].flatMap((key) =>
    mapsAt(spec, key).map((fields) => part(`container ${fields.name}`, fields)),
  );
}

/** The pod, whose security context holds for the containers that say nothing of their own. */
export function podOf({ spec }: PodTemplate): Part {
  return part("the pod", spec);
}

function part(name: string, fields: JsonMap): Part {
  return { name, fields, securityContext: mapAt(fields, "securityContext") };
}
