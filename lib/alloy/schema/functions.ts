import { type Format, formatOf } from "./format";

/** A function of Alloy's standard library. */
export interface FunctionDefinition {
  readonly name: string;
  readonly params: readonly Format[];
  /** The last parameter may come any number of times, and not at all. */
  readonly isVariadic: boolean;
  readonly returns: Format;
  /** How many of the parameters may be left out. */
  readonly optional: number;
  /** What to write instead. @default - it is not deprecated */
  readonly now?: string;
  /** An agent runs it only at the stability level `experimental`. */
  readonly isExperimental: boolean;
}

/** Each function as `name(params) returns`; of `...` there may be any number, and what ends in `?` may be left out. */
const signatures = `
array.combine_maps([{any}] [{any}] [string] bool?) [{string}]
array.concat([any]...) [any]
array.group_by([{any}] string bool) [any]
coalesce(any...) any
convert.nonsensitive(secret) string
encoding.from_URLbase64(string) string
encoding.from_base64(string) string
encoding.from_json(string) any
encoding.from_yaml(string) any
encoding.to_URLbase64(string) string
encoding.to_base64(string) string
encoding.to_json(any) string
encoding.url_decode(string) string
encoding.url_encode(string) string
file.path_join(string...) string
json_path(string string) [any]
string.format(string any...) string
string.join([string] string) string
string.replace(string string string) string
string.split(string string) [string]
string.to_lower(string) string
string.to_upper(string) string
string.trim(string string) string
string.trim_prefix(string string) string
string.trim_space(string) string
string.trim_suffix(string string) string
sys.env(string) string
`;

/** The functions that an agent runs only at the stability level `experimental`. */
export const experimentalFunctions: ReadonlySet<string> = new Set(["array.combine_maps", "array.group_by"]);

/** What older configs call functions. */
const formerNames: Readonly<Record<string, string>> = {
  base64_decode: "encoding.from_base64",
  concat: "array.concat",
  env: "sys.env",
  format: "string.format",
  join: "string.join",
  json_decode: "encoding.from_json",
  nonsensitive: "convert.nonsensitive",
  replace: "string.replace",
  split: "string.split",
  to_lower: "string.to_lower",
  to_upper: "string.to_upper",
  trim: "string.trim",
  trim_prefix: "string.trim_prefix",
  trim_space: "string.trim_space",
  trim_suffix: "string.trim_suffix",
  yaml_decode: "encoding.from_yaml",
};

/** The functions by their names, those that are deprecated too. */
export const functions: ReadonlyMap<string, FunctionDefinition> = allFunctions();

/** What Alloy knows of itself and its machine. */
export const constantNames = ["constants.arch", "constants.hostname", "constants.os", "constants.version"];

function allFunctions(): ReadonlyMap<string, FunctionDefinition> {
  const current = new Map(
    signatures
      .trim()
      .split("\n")
      .map((line) => {
        const definition = functionOf(line);
        return [definition.name, definition];
      }),
  );
  const former = Object.entries(formerNames).flatMap(([name, now]): [string, FunctionDefinition][] => {
    const definition = current.get(now);
    return definition === undefined ? [] : [[name, { ...definition, name, now }]];
  });
  return new Map([...current, ...former]);
}

function functionOf(line: string): FunctionDefinition {
  const [, name = "", params = "", returns = ""] = /^(\S+?)\((.*)\) (\S+)$/.exec(line) ?? [];
  const texts = params.split(" ");
  return {
    name,
    params: texts.map((text) => formatOf(text.replace(/\.\.\.$|\?$/, ""))),
    isVariadic: params.endsWith("..."),
    optional: texts.filter((text) => text.endsWith("?")).length,
    returns: formatOf(returns),
    isExperimental: experimentalFunctions.has(name),
  };
}
