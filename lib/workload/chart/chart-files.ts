import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isMap, parseDocument } from "yaml";
import { readTarArchive } from "./tar-archive";

/** The text files of a chart, by their path in it, such as `templates/service.yaml`. */
export type ChartFiles = ReadonlyMap<string, string>;

/** Reads a chart's files from its folder; none from a folder that is no chart's, however much it holds. */
export function readChartFolder(folder: string): ChartFiles {
  if (!existsSync(join(folder, "Chart.yaml"))) {
    return new Map();
  }
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return new Map(files.map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path), "utf8")]));
}

/** Reads a chart's files from its archive, which holds them in one folder; none from what is no archive. */
export function readChartArchive(archive: Buffer): ChartFiles {
  const files = [...readTarArchive(archive)];
  return new Map(files.map(([path, text]) => [path.slice(path.indexOf("/") + 1), text]));
}

/** The name and version in a chart's `Chart.yaml`, such as `alloy 1.11.1`. */
export function titleOf(files: ChartFiles): string | undefined {
  const text = files.get("Chart.yaml");
  const about = text === undefined ? null : parseDocument(text).contents;
  return isMap(about) ? `${about.get("name")} ${about.get("version")}` : undefined;
}
