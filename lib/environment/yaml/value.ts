import { describeKind, isRecord } from "../../schema";
import type { Diagnostic } from "./diagnostic";
import type { YamlFile } from "./file";
import { checkStructure } from "./structure";

/**
 * A map without what is there but unset: keys with nothing after them, and the empty strings that values
 * files have for what isn't used.
 */
export function withoutUnset(map: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const set = Object.entries(map).filter(([, value]) => value !== null && value !== "");
  return Object.fromEntries(set.map(([key, value]) => [key, inside(value)]));
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return isRecord(value) ? withoutUnset(value) : value;
}

/** Sections whose keys are names that an operator chooses, with settings below each. */
const namedSections = ["destinations", "secrets"] as const;

/**
 * A file's settings in which a name with nothing below it has no settings, so that those that it needs are missed.
 * Any other key with nothing after it is unset.
 */
export function withNames(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const named = namedSections.flatMap((section) => {
    const names = settings[section];
    if (!isRecord(names)) return [];
    return [[section, Object.fromEntries(Object.entries(names).map(([name, value]) => [name, value ?? {}]))]];
  });
  return { ...settings, ...Object.fromEntries(named) };
}

/** What a document says. */
export interface YamlValue {
  readonly diagnostics: readonly Diagnostic[];
  /** Absent when the document can't be read at all. */
  readonly value?: Readonly<Record<string, unknown>>;
}

/**
 * The document as plain values, in which aliases are resolved and merge keys merged.
 *
 * @param least what to write where nothing stands in the file
 */
export function yamlValue(file: YamlFile, least: string): YamlValue {
  const { document } = file;
  const refuse = (message: string): YamlValue => ({ diagnostics: [file.diagnostic(message)] });

  // What is wrong with the syntax first has other errors follow from it.
  const [syntax] = [...document.errors, ...document.warnings];
  if (syntax) {
    return {
      diagnostics: [file.diagnosticAt(syntax.pos[0], [], syntaxMessage(syntax.code, syntax.message))],
    };
  }
  const { diagnostics, readable } = checkStructure(file);
  if (!readable) return { diagnostics };
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) {
      // The parser's guard against aliases that multiply.
      return refuse("has too many aliases; write the values");
    }
    throw error;
  }
  if (value === null) return refuse(`is empty; write ${least}`);
  if (!isRecord(value)) {
    return refuse(
      `must be a map of settings, is ${describeKind(value)}; write container_runtime and the others`,
    );
  }
  return { diagnostics, value };
}

/** A mistake of the syntax, in our words. */
export function syntaxMessage(code: string, message: string): string {
  switch (code) {
    case "MULTIPLE_DOCS":
      return "begins a second document; write a file for each environment";
    case "TAB_AS_INDENT":
      return "is indented by a tab; use spaces";
    case "RESOURCE_EXHAUSTION":
      return "is nested too deeply; write it flatter";
    case "TAG_RESOLVE_FAILED":
      return "has a tag, which means nothing here; write the value without it";
    default:
      return `is no YAML: ${message}; mend the syntax here`;
  }
}
