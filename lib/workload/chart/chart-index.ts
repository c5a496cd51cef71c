import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isSeq, parseDocument } from "yaml";
import { inCache } from "./chart-cache";
import { runHelm } from "./helm";
import { newestFirst } from "./version-order";

/** A version of a chart, as the index of a repository has it. */
export interface IndexedVersion {
  readonly version: string;
  /** SHA-256 of its archive, in hex. Not every repository says it. */
  readonly digest?: string;
}

/**
 * The versions of a chart in a Helm repository, newest first; none when it has no chart of that name.
 *
 * @throws HelmFailure when the repository cannot be reached or is none
 * @throws ChartError when there is no helm, or nothing can be written to the cache
 */
export function indexedVersions(name: string, repository: string): readonly IndexedVersion[] {
  return inCache((folder) => {
    // Helm fetches it, for it knows the machine's proxies and certificates.
    const own = ["--repository-config", join(folder, "repositories.yaml"), "--repository-cache", folder];
    runHelm(["repo", "add", "index", repository, ...own]);
    return versionsIn(readFileSync(join(folder, "index-index.yaml"), "utf8"), name);
  });
}

function versionsIn(index: string, name: string): readonly IndexedVersion[] {
  const entries = parseDocument(index).getIn(["entries", name]);
  return (isSeq(entries) ? entries.items : [])
    .flatMap((entry) => {
      const version = isMap(entry) ? entry.get("version") : undefined;
      const digest = isMap(entry) ? entry.get("digest") : undefined;
      if (version === undefined) return [];
      return [{ version: String(version), ...(typeof digest === "string" && { digest }) }];
    })
    .sort((a, b) => newestFirst(a.version, b.version));
}
