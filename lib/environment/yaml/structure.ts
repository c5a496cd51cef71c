import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import { hasUnseen, type SettingKey } from "../../schema";
import type { Diagnostic } from "./diagnostic";
import { isMergeKey, keyText, type YamlFile } from "./file";

/** More levels than any settings file has, and few enough for every recursion over them. */
const maxDepth = 100;

/** Half of a UTF-16 pair: a quoted string may hold one by `\u`, but no UTF-8 file could hold it again. */
const loneSurrogate = /\p{Surrogate}/u;

/** What is wrong with the structure of a document that is YAML. */
export interface StructureDiagnostics {
  readonly diagnostics: readonly Diagnostic[];
  /** False when the document has no plain value, so that nothing more can be said about it. */
  readonly readable: boolean;
}

/**
 * Mistakes that YAML itself allows: duplicate keys, keys that are no text, an alias of nothing or of what it
 * stands in, a merge of what is no map.
 */
export function checkStructure(file: YamlFile): StructureDiagnostics {
  const diagnostics: Diagnostic[] = [];
  let readable = true;
  const report = (node: Node, key: SettingKey, message: string) => {
    diagnostics.push(file.diagnosticAt(node.range?.[0] ?? 0, key, message));
  };
  const refuse: typeof report = (...diagnostic) => {
    report(...diagnostic);
    readable = false;
  };

  const walk = (node: Node | null, key: SettingKey, parents: readonly Node[]) => {
    if (parents.length > maxDepth && node !== null) {
      refuse(node, [], `is nested deeper than ${maxDepth} levels; write it flatter`);
    } else if (isMap<Node, Node | null>(node)) {
      walkMap(node, key, [...parents, node]);
    } else if (isSeq<Node>(node)) {
      node.items.forEach((item, index) => {
        walk(item, [...key, index], [...parents, node]);
      });
    } else if (isAlias(node)) {
      const target = node.resolve(file.document);
      if (target === undefined) {
        refuse(
          node,
          key,
          `is an alias of an anchor that isn't above it; write &${node.source} before the value meant`,
        );
      } else if (parents.includes(target)) {
        refuse(node, key, "is an alias of what it stands in; write the value");
      }
    } else if (isScalar(node)) {
      const message = scalarMistake(node.value);
      if (message !== undefined) refuse(node, key, message);
    }
  };

  const walkMap = (map: YAMLMap<Node, Node | null>, key: SettingKey, parents: readonly Node[]) => {
    const lines = new Map<string, number>();
    for (const pair of map.items) {
      const name = keyText(pair.key);
      if (name === undefined) {
        const wrong = isScalar(pair.key) ? "nothing as a key" : "a list or map as a key, as {{ }} makes one";
        refuse(pair.key, key, `has ${wrong}; write a name before the colon`);
        continue;
      }
      if (name === "__proto__") {
        // Code that copies maps would set a prototype by it.
        refuse(
          pair.key,
          [...key, name],
          "is a word of JavaScript, by which nothing can be named here; write another",
        );
        continue;
      }
      if (hasUnseen(name)) {
        refuse(
          pair.key,
          [...key, name],
          "has a character that is not seen; type it anew, with spaces before it",
        );
        continue;
      }
      const { line } = file.diagnosticAt(pair.key.range?.[0] ?? 0, [], "");
      const first = lines.get(name);
      if (first !== undefined) {
        report(pair.key, [...key, name], `is set twice, first in line ${first}; remove one of the two`);
      }
      lines.set(name, first ?? line);
      if (isMergeKey(pair.key) && !mergesMaps(pair)) {
        refuse(pair.key, [...key, name], "merges what is no map; write an alias of a map, such as *common");
      }
      walk(pair.value, [...key, name], parents);
    }
  };

  const mergesMaps = ({ value }: Pair<Node, Node | null>) =>
    (isSeq<Node>(value) ? value.items : [value]).every((node) => {
      const merged = isAlias(node) ? node.resolve(file.document) : node;
      // An alias of nothing is reported as that.
      return isMap(merged) || merged === undefined;
    });

  walk(file.document.contents, [], []);
  return { diagnostics, readable };
}

function scalarMistake(value: unknown): string | undefined {
  if (typeof value === "string" && loneSurrogate.test(value)) {
    return "holds half of a UTF-16 pair; write the whole character";
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    return "is no finite number; write a number, or quotes for a string";
  }
  return undefined;
}
