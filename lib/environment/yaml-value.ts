import { describeKind, isRecord } from "./kind";
import type { Problem } from "./problem";
import type { EnvironmentSource } from "./source";
import { checkStructure } from "./structure";

/** What a document says. */
export interface YamlValue {
  readonly problems: readonly Problem[];
  /** Absent when the document can't be read at all. */
  readonly value?: Readonly<Record<string, unknown>>;
}

/** The document as plain values, in which aliases are resolved and merge keys merged. */
export function yamlValue(source: EnvironmentSource): YamlValue {
  const { document } = source;
  const refuse = (message: string): YamlValue => ({ problems: [source.problem([], message)] });

  // What is wrong with the syntax first has other errors follow from it.
  const [syntax] = [...document.errors, ...document.warnings];
  if (syntax) {
    return { problems: [source.problemAt(syntax.pos[0], [], syntaxMessage(syntax.code, syntax.message))] };
  }
  const { problems, readable } = checkStructure(source);
  if (!readable) {
    return { problems };
  }
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
  if (value === null) {
    return refuse("is empty; write its settings, at least container_runtime and local.endpoint");
  }
  if (!isRecord(value)) {
    return refuse(
      `must be a map of settings, is ${describeKind(value)}; write container_runtime and the others`,
    );
  }
  return { problems, value };
}

function syntaxMessage(code: string, message: string): string {
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
