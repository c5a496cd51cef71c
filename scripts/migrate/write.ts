import { Document, isMap as isYamlMap, type Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { isList, isMap, type Value } from "./value";

/**
 * The text of a file of settings, with the comments of the lines that they come from.
 *
 * @param head comments that stand above all, apart from each other
 */
export function textOf(root: Value, head: readonly string[] = []): string {
  const document = new Document();
  const contents = nodeOf(root);
  if (isYamlMap(contents)) spaceOut(contents);
  document.contents = contents;
  const above = head.map((comment) => comment.replaceAll(/^/gm, "#"));
  return `${[...above, document.toString({ lineWidth: 0 }).trimEnd()].join("\n\n")}\n`;
}

function nodeOf({ content }: Value): YAMLMap | YAMLSeq | Scalar {
  if (isMap(content)) {
    const map = new YAMLMap();
    for (const [name, value] of content) {
      const key = new Scalar(name);
      if (value.comment !== undefined) key.commentBefore = value.comment;
      map.add({ key, value: nodeOf(value) } as Pair);
    }
    return map;
  }
  if (isList(content)) {
    const list = new YAMLSeq();
    for (const item of content) {
      const node = nodeOf(item);
      if (item.comment !== undefined && !isYamlMap(node)) node.commentBefore = item.comment;
      list.add(node);
    }
    return list;
  }
  return new Scalar(content);
}

/** Sections stand apart from each other. */
function spaceOut(map: YAMLMap): void {
  map.items.forEach(({ key, value }, index) => {
    const before = map.items[index - 1]?.value;
    const isSection = (one: unknown) => one instanceof YAMLMap || one instanceof YAMLSeq;
    if (index > 0 && key instanceof Scalar && (isSection(value) || isSection(before))) key.spaceBefore = true;
  });
}
