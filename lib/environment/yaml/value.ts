import { describeKind, isRecord } from "../../schema";
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
    const { offset, message } = syntaxMistake(file.text, syntax);
    return { diagnostics: [file.diagnosticAt(offset, [], message)] };
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
      `must be a map of settings, is ${describeKind(value)}; write each as \`name: value\`, container_runtime first`,
    );
  }
  return { diagnostics, value };
}
