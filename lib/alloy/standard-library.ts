import { Expression } from "./expression";
import { syntaxOf } from "./resolve";
import type { Syntax } from "./syntax";
import type { AnyValue, ListOf, MapOf, Secret, StringArg, StringMap, Target } from "./types";

function call<T>(name: string, ...args: readonly unknown[]): Expression<T> {
  return new Expression<T>({ kind: "call", function: name, args: args.map(syntaxOf) });
}

function constant<T>(name: string): Expression<T> {
  return new Expression<T>({ kind: "identifier", name });
}

/** Functions on lists. */
export const array = {
  /** The items of all lists in one. */
  concat: <T>(...lists: readonly (readonly (T | Expression<T>)[] | Expression<readonly T[]>)[]) =>
    call<readonly T[]>("array.concat", ...lists),
  /** Joins the maps of two lists whose values under `keys` are the same. Experimental. */
  combineMaps: (left: TargetList, right: TargetList, keys: ListOf<StringArg, string>) =>
    call<readonly Target[]>("array.combine_maps", left, right, keys),
  /** Groups maps by the value under a key. Experimental. */
  groupBy: (maps: TargetList, key: StringArg, dropMissing: boolean) =>
    call<readonly StringMap<unknown>[]>("array.group_by", maps, key, dropMissing),
};

type TargetList = ListOf<MapOf<StringArg, string>, Target>;

/** What Alloy knows of itself and its machine. */
export const constants = {
  arch: constant<string>("constants.arch"),
  hostname: constant<string>("constants.hostname"),
  os: constant<string>("constants.os"),
  version: constant<string>("constants.version"),
};

/** Changes of type. */
export const convert = {
  /** Makes a string of a secret, which Alloy then shows. The one way out of a secret. */
  nonsensitive: (secret: Expression<Secret | string>) => call<string>("convert.nonsensitive", secret),
};

/** Text to values and back. */
export const encoding = {
  fromBase64: (text: StringArg) => call<string>("encoding.from_base64", text),
  fromUrlBase64: (text: StringArg) => call<string>("encoding.from_URLbase64", text),
  /** What JSON text holds. `T` is the caller's word for it. */
  fromJson: <T>(text: StringArg) => call<T>("encoding.from_json", text),
  /** What YAML text holds. `T` is the caller's word for it. */
  fromYaml: <T>(text: StringArg) => call<T>("encoding.from_yaml", text),
  toBase64: (text: StringArg) => call<string>("encoding.to_base64", text),
  toUrlBase64: (text: StringArg) => call<string>("encoding.to_URLbase64", text),
  toJson: (value: AnyValue) => call<string>("encoding.to_json", value),
  urlDecode: (text: StringArg) => call<string>("encoding.url_decode", text),
  urlEncode: (text: StringArg) => call<string>("encoding.url_encode", text),
};

/** Functions on files' names. */
export const file = {
  pathJoin: (...parts: readonly StringArg[]) => call<string>("file.path_join", ...parts),
};

/** Functions on strings. */
export const string = {
  /** Go's `fmt.Sprintf`. */
  format: (template: StringArg, ...values: readonly AnyValue[]) =>
    call<string>("string.format", template, ...values),
  join: (parts: ListOf<StringArg, string>, separator: StringArg) =>
    call<string>("string.join", parts, separator),
  replace: (text: StringArg, old: StringArg, by: StringArg) => call<string>("string.replace", text, old, by),
  split: (text: StringArg, separator: StringArg) => call<readonly string[]>("string.split", text, separator),
  toLower: (text: StringArg) => call<string>("string.to_lower", text),
  toUpper: (text: StringArg) => call<string>("string.to_upper", text),
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

/** The first value that is not empty. */
export function coalesce<T extends AnyValue>(...values: readonly (T | Expression<T>)[]): Expression<T> {
  return call<T>("coalesce", ...values);
}

/** What a JSONPath selects in JSON text. */
export function jsonPath<T>(json: StringArg, path: StringArg): Expression<readonly T[]> {
  return call<readonly T[]>("json_path", json, path);
}

/** Strings one after the other. */
export function concatStrings(...parts: readonly StringArg[]): Expression<string> {
  return new Expression<string>({ kind: "concatenation", parts: parts.map(syntaxOf) });
}

/** A map's value under a key. */
export function entry<T>(map: Expression<StringMap<T>>, key: StringArg): Expression<T> {
  return index<T>(map, syntaxOf(key));
}

/** A list's item, from 0 on. */
export function item<T>(list: Expression<readonly T[]>, position: number): Expression<T> {
  return index<T>(list, { kind: "literal", value: position });
}

function index<T>(of: Expression<unknown>, key: Syntax): Expression<T> {
  return new Expression<T>({ kind: "index", of: of.syntax, key });
}
