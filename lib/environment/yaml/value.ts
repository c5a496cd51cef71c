import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from "yaml";
import {
  describeKind,
  hasUnseen,
  isRecord,
  type PlainSettings,
  type SettingKey,
  withoutUnseen,
} from "../../schema";
import type { Diagnostic } from "./diagnostic";
import { isMergeKey, keyText, maxDepth, type YamlFile } from "./file";
import { syntaxMistake } from "./syntax";

/** What a document says. */
export interface YamlValue {
  readonly diagnostics: readonly Diagnostic[];
  /** The keys that are set twice, or whose values are left out as they are none. */
  readonly wrong: readonly SettingKey[];
  /** Absent when the document can't be read at all. */
  readonly value?: PlainSettings;
  /** The file may have more settings than are read: it goes on, or a key of its own or a merge is none. @default false */
  readonly isIncomplete?: boolean;
}

/** Mistakes of syntax from which no others follow in what is read: that is read as if they were not there. */
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
  const isIncomplete =
    errors.some(({ code }) => code === "MULTIPLE_DOCS") || structure.some(({ key }) => key.length === 0);
  return { diagnostics, wrong, value, isIncomplete };
}

/** A mistake in the structure of a document, and the key of what has it, or is meant. */
interface StructureMistake {
  readonly diagnostic: Diagnostic;
  readonly key: SettingKey;
}

/**
 * Mistakes that YAML itself allows: duplicate keys, keys that are no text, an alias of nothing or of what it stands in, a
 * merge of what is no map. What has no plain value is taken out of the document, so that the rest has one.
 */
function checkStructure(file: YamlFile): readonly StructureMistake[] {
  const mistakes: StructureMistake[] = [];
  const report = (node: Node, key: SettingKey, message: string, meant = mergedInto(key)) => {
    mistakes.push({ diagnostic: file.diagnosticAt(node.range?.[0] ?? 0, key, message), key: meant });
  };

  /** @returns whether there is a plain value */
  const walk = (node: Node | null, key: SettingKey, parents: readonly Node[]): boolean => {
    const message = node === null ? undefined : mistakeOf(node, parents, file);
    if (node !== null && message !== undefined) {
      report(node, parents.length > maxDepth ? [] : key, message);
      return false;
    }
    if (isMap<Node, Node | null>(node)) {
      walkMap(node, key, [...parents, node]);
    } else if (isSeq<Node | null>(node)) {
      // An item that is taken away would move the others to other keys.
      node.items = node.items.map((item, index) =>
        walk(item, [...key, index], [...parents, node]) ? item : null,
      );
    }
    return true;
  };

  const walkMap = (map: YAMLMap<Node, Node | null>, key: SettingKey, parents: readonly Node[]) => {
    const lines = new Map<string, number>();
    // The key above, where nothing stands below it: what blanks of another kind indent is meant there.
    let open: readonly string[] = [];
    map.items = map.items.filter((pair) => {
      const name = keyText(pair.key);
      if (name === undefined) {
        const wrong = isScalar(pair.key) ? "nothing as a key" : "a list or map as a key, as {{ }} makes one";
        report(pair.key, key, `has ${wrong}; write a name before the colon`);
        return false;
      }
      if (name === "__proto__") {
        // Code that copies maps would set a prototype by it.
        report(
          pair.key,
          [...key, name],
          "is a word of JavaScript, by which nothing can be named here; write another",
        );
        return false;
      }
      if (hasUnseen(name)) {
        report(
          pair.key,
          [...key, name],
          "has a character that is not seen; type it anew, with spaces before it",
          [...key, ...open, withoutUnseen(name)],
        );
        return false;
      }
      open = isScalar(pair.value) && pair.value.value === null ? [name] : [];
      const { line } = file.diagnosticAt(pair.key.range?.[0] ?? 0, [], "");
      const first = lines.get(name);
      if (first !== undefined) {
        report(pair.key, [...key, name], `is set twice, first in line ${first}; remove one of the two`);
      }
      lines.set(name, first ?? line);
      if (isMergeKey(pair.key) && !mergesMaps(pair)) {
        report(pair.key, [...key, name], "merges what is no map; write an alias of a map, such as *common");
        return false;
      }
      const hasValue = walk(pair.value, [...key, name], parents);
      if (isMergeKey(pair.key) && isSeq<Node | null>(pair.value)) {
        // Nothing can't be merged, and these items have no keys that would move.
        pair.value.items = pair.value.items.filter((item) => item !== null);
      }
      return hasValue;
    });
  };

  const mergesMaps = ({ value }: Pair<Node, Node | null>) =>
    (isSeq<Node>(value) ? value.items : [value]).every((node) => {
      const merged = isAlias(node) ? node.resolve(file.document) : node;
      // An alias of nothing is reported as that.
      return isMap(merged) || merged === undefined;
    });

  walk(file.document.contents, [], []);
  return mistakes;
}

/** Where a setting counts: what is merged may be any of a map's settings, so that the map itself is meant. */
function mergedInto(key: SettingKey): SettingKey {
  return key.includes("<<") ? key.slice(0, key.indexOf("<<")) : key;
}

/** Why a node has no plain value. */
function mistakeOf(node: Node, parents: readonly Node[], file: YamlFile): string | undefined {
  if (parents.length > maxDepth) return `is nested deeper than ${maxDepth} levels; write it flatter`;
  if (isAlias(node)) {
    const target = node.resolve(file.document);
    if (target === undefined) {
      return `is an alias of an anchor that isn't above it; write &${node.source} before the value meant`;
    }
    return parents.includes(target) ? "is an alias of what it stands in; write the value" : undefined;
  }
  return isScalar(node) ? scalarMistake(node) : undefined;
}

/** Half of a UTF-16 pair: a quoted string may hold one by `\u`, but no UTF-8 file could hold it again. */
const loneSurrogate = /\p{Surrogate}/u;

function scalarMistake({ value, source, anchor }: Scalar): string | undefined {
  if (value === null && source === "" && anchor !== undefined) {
    return `is an anchor before nothing; write a value behind &${anchor}, or quotes around it`;
  }
  // YAML 1.1, and so kubectl, has octal numbers so; YAML 1.2 has none of them.
  if (typeof value === "number" && /^0\d+$/.test(source ?? "")) {
    const octal = /[89]/.test(source ?? "")
      ? ""
      : `0o${source?.replace(/^0+(?=\d)/, "")} for an octal number, `;
    return `begins with 0, which is read in two ways; write ${octal}${value} for a decimal one, or quotes for a string`;
  }
  if (typeof value === "string" && loneSurrogate.test(value)) {
    return "holds half of a UTF-16 pair; write the whole character";
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    return "is no finite number; write a number, or quotes for a string";
  }
  return undefined;
}
