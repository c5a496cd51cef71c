import { syntaxOf } from "./resolve";
import {
  type AnyValue,
  type BoolArg,
  Expression,
  type Given,
  type ListOf,
  type MapOf,
  type Secret,
  type StringArg,
  type Target,
} from "./schema/types";

type TargetList = ListOf<MapOf<StringArg, string>, Target>;

/** What {@link array.groupBy} makes of the maps that have one value under the key. */
export type Group<K extends string> = { readonly [key in K]: string } & { readonly items: readonly Target[] };

/** Functions on lists. */
export const array = {
  /** The items of all lists in one. */
  concat: <T>(...lists: readonly (readonly Given<T>[] | Expression<readonly T[]>)[]) =>
    call<readonly T[]>("array.concat", ...lists),
  /**
   * Joins the maps of two lists that have the same values under all of `keys`; where both have another key, the
   * right one's value stands. Experimental.
   *
   * @param keepUnmatched keeps the left maps that match none. Default false.
   */
  combineMaps: (
    left: TargetList,
    right: TargetList,
    keys: ListOf<StringArg, string>,
    keepUnmatched?: BoolArg,
  ) =>
    call<readonly Target[]>(
      "array.combine_maps",
      ...[left, right, keys, keepUnmatched].filter((arg) => arg !== undefined),
    ),
  /**
   * Groups maps by their value under a key. Experimental.
   *
   * @param dropMissing drops the maps without the key; else they are a group of their own, under the empty string
   */
  groupBy: <K extends string>(maps: TargetList, key: K, dropMissing: BoolArg) =>
    call<readonly Group<K>[]>("array.group_by", maps, key, dropMissing),
};

/** The first value that is not null, an empty string, list or map; the last if all are. */
export function coalesce<T>(...values: readonly (T | Expression<T>)[]): Expression<T> {
  return call("coalesce", ...values);
}

/** What Alloy knows of itself and its machine. */
export const constants = {
  /** Such as `amd64`. */
  arch: constant<string>("constants.arch"),
  hostname: constant<string>("constants.hostname"),
  /** Such as `linux`. */
  os: constant<string>("constants.os"),
  /** Empty in a binary that was built without it. */
  version: constant<string>("constants.version"),
};

/** Changes of type. */
export const convert = {
  /** Makes a string of a secret, which Alloy then shows. The one way out of a secret. */
  nonsensitive: (secret: Expression<Secret | string>) => call<string>("convert.nonsensitive", secret),
};

/** Text to values and back. What can't be decoded is an error when Alloy runs. */
export const encoding = {
  /** Of RFC 4648's base64. */
  fromBase64: (text: StringArg) => call<string>("encoding.from_base64", text),
  /** Of RFC 4648's base64url. */
  fromURLbase64: (text: StringArg) => call<string>("encoding.from_URLbase64", text),
  /** What JSON text holds. `T` is the caller's word for it. */
  fromJson: <T>(text: StringArg) => call<T>("encoding.from_json", text),
  /** What YAML text holds. `T` is the caller's word for it. */
  fromYaml: <T>(text: StringArg) => call<T>("encoding.from_yaml", text),
  toBase64: (text: StringArg) => call<string>("encoding.to_base64", text),
  toURLbase64: (text: StringArg) => call<string>("encoding.to_URLbase64", text),
  toJson: (value: AnyValue) => call<string>("encoding.to_json", value),
  /** Of RFC 3986's percent encoding. */
  urlDecode: (text: StringArg) => call<string>("encoding.url_decode", text),
  urlEncode: (text: StringArg) => call<string>("encoding.url_encode", text),
};

/** Functions on files' names. */
export const file = {
  /** Joins parts with the separator of the agent's operating system. */
  pathJoin: (...parts: readonly StringArg[]) => call<string>("file.path_join", ...parts),
};

/** What a JSONPath selects in JSON text; an empty list if nothing is there. */
export function jsonPath<T>(json: StringArg, path: StringArg): Expression<readonly T[]> {
  return call("json_path", json, path);
}

/** Functions on strings. */
export const string = {
  /** Puts values in the places of `%s`, `%d`, `%q` and so on. */
  format: (template: StringArg, ...values: readonly AnyValue[]) =>
    call<string>("string.format", template, ...values),
  join: (parts: ListOf<StringArg, string>, separator: StringArg) =>
    call<string>("string.join", parts, separator),
  /** Replaces each `old`. */
  replace: (text: StringArg, old: StringArg, by: StringArg) => call<string>("string.replace", text, old, by),
  split: (text: StringArg, separator: StringArg) => call<readonly string[]>("string.split", text, separator),
  toLower: (text: StringArg) => call<string>("string.to_lower", text),
  toUpper: (text: StringArg) => call<string>("string.to_upper", text),
  /** Without any of these characters at its ends. */
  trim: (text: StringArg, characters: StringArg) => call<string>("string.trim", text, characters),
  trimPrefix: (text: StringArg, prefix: StringArg) => call<string>("string.trim_prefix", text, prefix),
  trimSpace: (text: StringArg) => call<string>("string.trim_space", text),
  trimSuffix: (text: StringArg, suffix: StringArg) => call<string>("string.trim_suffix", text, suffix),
};

/** The process. */
export const sys = {
  /** An environment variable; the empty string while it is unset. */
  env: (name: StringArg) => call<string>("sys.env", name),
};

function call<T>(name: string, ...args: readonly unknown[]): Expression<T> {
  return new Expression({ kind: "call", function: { kind: "identifier", name }, args: args.map(syntaxOf) });
}

function constant<T>(name: string): Expression<T> {
  return new Expression({ kind: "identifier", name });
}
