import { describeKind, isRecord, type PlainSettings, type SettingKey } from "../../schema";
import type { Diagnostic } from "./diagnostic";
import type { YamlFile } from "./file";
import { checkStructure } from "./structure";
import { syntaxMistake } from "./syntax";

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
  /** The keys that are set twice, or whose values are left out as they are none. */
  readonly wrong: readonly SettingKey[];
  /** Absent when the document can't be read at all. */
  readonly value?: PlainSettings;
}

/** Mistakes of syntax from which no others follow: the rest is read as if they were not there. */
const harmless: readonly string[] = ["MULTIPLE_DOCS", "TAG_RESOLVE_FAILED"];

/**
 * The document as plain values, in which aliases are resolved and merge keys merged.
 *
 * @param least what to write where nothing stands in the file
 */
export function yamlValue(file: YamlFile, least: string): YamlValue {
  const { document } = file;
  const errors = [...document.errors, ...document.warnings];
  const fatal = errors.find(({ code }) => !harmless.includes(code));
  const syntax = (fatal ? [fatal] : errors).map((error) => {
    const { offset, message } = syntaxMistake(file.text, error);
    return file.diagnosticAt(offset, [], message);
  });
  if (fatal) return { diagnostics: syntax, wrong: [] };

  const structure = checkStructure(file);
  const diagnostics = [...syntax, ...structure.map(({ diagnostic }) => diagnostic)];
  const wrong = structure.map(({ key }) => key).filter((key) => key.length > 0);
  const refuse = (message: string): YamlValue => ({
    // What is left out may have been all that there was, or what others are aliases of.
    diagnostics: diagnostics.length > 0 ? diagnostics : [file.diagnostic(message)],
    wrong,
  });
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
      `must be a map of settings, is ${describeKind(value)}; write each as \`name: value\`, container_runtime first`,
    );
  }
  return { diagnostics, wrong, value };
}
