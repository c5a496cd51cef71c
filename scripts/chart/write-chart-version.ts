import { isMap, isScalar, parseDocument } from "yaml";
import { ChartError } from "../../lib/workload/workload-error";

const key = "chart_version";

/**
 * The text of an environment file, with the version of the chart set; everything else stays as it is.
 *
 * @param file named in messages
 * @throws ChartError when the file is written in a way that this doesn't know to change
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
  const value = isMap(contents) ? contents.get(key, true) : undefined;
  if (!isScalar(value) || value.range === null || value.range === undefined) {
    return undefined;
  }
  const [start, end] = value.range;
  return `${text.slice(0, start)}${start === end ? ` ${version}` : version}${text.slice(end)}`;
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
