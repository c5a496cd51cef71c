import { isMap, isScalar, parseDocument, type Scalar } from "yaml";
import { ChartError } from "../../lib/chart";

const key = "chart_version";

/**
 * The text of an environment file, with the version of the chart set; everything else stays as it is.
 *
 * @param file named in messages
 * @throws ChartError where the file is written in a way that can't be changed here
 */
export function withChartVersion(text: string, version: string, file: string): string {
  const changed = replaced(text, version) ?? appended(text, version);
  if (!says(changed, version)) {
    throw new ChartError(
      `${file}: cannot be changed here; write ${key}: ${version} into it, and repeat this`,
    );
  }
  return changed;
}

/** @returns undefined where the key is not there */
function replaced(text: string, version: string): string | undefined {
  const { contents } = parseDocument(text);
  const pair = isMap(contents) ? contents.items.find(({ key: name }) => String(name) === key) : undefined;
  if (!isScalar(pair?.key) || !isScalar(pair.value)) return undefined;
  const [start, end] = rangeOf(pair.value);
  if (start < end) return `${text.slice(0, start)}${version}${text.slice(end)}`;
  // The key has no value, but maybe a comment.
  const colon = text.indexOf(":", rangeOf(pair.key)[1]) + 1;
  return `${text.slice(0, colon)} ${version}${text.slice(colon)}`;
}

function rangeOf(node: Scalar): readonly [start: number, end: number] {
  const [start = 0, end = 0] = node.range ?? [];
  return [start, end];
}

function appended(text: string, version: string): string {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const separator = text === "" || text.endsWith("\n") ? "" : lineEnd;
  return `${text}${separator}${lineEnd}${key}: ${version}${lineEnd}`;
}

function says(text: string, version: string): boolean {
  const document = parseDocument(text);
  return document.errors.length === 0 && document.get(key) === version;
}
