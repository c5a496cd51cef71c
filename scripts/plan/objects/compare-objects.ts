import { canonicalJson, isJsonMap, type Json, type JsonMap } from "../../../lib/chart";

/** A field of an object that is new, gone, or of another value. */
export interface FieldChange {
  /** Such as `spec.template.spec.containers[alloy].image`. */
  readonly path: string;
  /** Absent: the field is new. */
  readonly before?: Json | undefined;
  /** Absent: the field is gone. */
  readonly after?: Json | undefined;
}

/** What tells the items of a list apart, where they are maps: the mounts of one volume differ by their paths alone. */
const identities = ["mountPath", "name"];

/**
 * The fields in which two objects differ; a part that one of them lacks is one change.
 *
 * Items of a list are matched by what names them, so that one more container is not a change of every other. Items
 * without names are new or gone.
 */
export function compareObjects(before: JsonMap, after: JsonMap): readonly FieldChange[] {
  return compareMaps("", before, after);
}

function compareMaps(path: string, before: JsonMap, after: JsonMap): readonly FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const entryOf = (map: JsonMap, key: string) => (Object.hasOwn(map, key) ? map[key] : undefined);
  return keys.flatMap((key) =>
    compareValues(`${path}${step(key, path === "")}`, entryOf(before, key), entryOf(after, key)),
  );
}

function compareValues(
  path: string,
  before: Json | undefined,
  after: Json | undefined,
): readonly FieldChange[] {
  if (before === undefined || after === undefined) return [{ path, before, after }];
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (isJsonMap(before) && isJsonMap(after)) return compareMaps(path, before, after);
  return Array.isArray(before) && Array.isArray(after)
    ? compareLists(path, before, after)
    : [{ path, before, after }];
}

function compareLists(path: string, before: readonly Json[], after: readonly Json[]): readonly FieldChange[] {
  const changes = compareNamed(path, before, after) ?? [
    ...without(before, after).map((item) => ({ path: `${path}[]`, before: item })),
    ...without(after, before).map((item) => ({ path: `${path}[]`, after: item })),
  ];
  // The same items in another order: for arguments and variables the order can matter.
  return changes.length === 0 ? [{ path, before: [...before], after: [...after] }] : changes;
}

/** @returns undefined where the items of one list have no names of their own */
function compareNamed(
  path: string,
  before: readonly Json[],
  after: readonly Json[],
): readonly FieldChange[] | undefined {
  const identity = identities.find((key) => areNamedBy(key, before) && areNamedBy(key, after));
  if (identity === undefined) return undefined;
  const byName = (items: readonly Json[]) => new Map(items.map((item) => [nameOf(item, identity), item]));
  const [old, present] = [byName(before), byName(after)];
  return [...new Set([...old.keys(), ...present.keys()])].flatMap((name) =>
    compareValues(`${path}[${name}]`, old.get(name), present.get(name)),
  );
}

function areNamedBy(key: string, items: readonly Json[]): boolean {
  const names = items.map((item) => nameOf(item, key));
  return !names.includes(undefined) && new Set(names).size === items.length;
}

function nameOf(item: Json, key: string): string | undefined {
  const name = isJsonMap(item) ? item[key] : undefined;
  return typeof name === "string" ? name : undefined;
}

/** The items that a list has more often than another, as many times as it has them more often. */
function without(items: readonly Json[], others: readonly Json[]): readonly Json[] {
  const left = others.map(canonicalJson);
  return items.filter((item) => {
    const place = left.indexOf(canonicalJson(item));
    if (place === -1) return true;
    left.splice(place, 1);
    return false;
  });
}

function step(key: string, isFirst: boolean): string {
  if (!/^[A-Za-z_]\w*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return isFirst ? key : `.${key}`;
}
