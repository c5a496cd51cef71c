import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { isMap, isSeq, parseDocument } from "yaml";
import { HelmFailure, runHelm } from "./helm";
import { ChartError } from "./names";
import { type ChartRelease, chartTitle, isPrerelease, newestFirst } from "./pins";

/** A version of a chart, as the index of a repository has it. */
export interface IndexedVersion {
  readonly version: string;
  /** SHA-256 of its archive, in hex. Not every repository says it. */
  readonly digest?: string | undefined;
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
      return [{ version: String(version), digest: typeof digest === "string" ? digest : undefined }];
    })
    .sort((a, b) => newestFirst(a.version, b.version));
}

/** What has been downloaded is kept here, outside the project: `$XDG_CACHE_HOME/aistore-alloy/charts`. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "aistore-alloy", "charts");
}

/**
 * Works in a new folder below the cache, which is removed afterwards.
 *
 * @throws ChartError when nothing can be written there
 */
export function inCache<T>(work: (folder: string) => T): T {
  const folder = newFolder();
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function newFolder(): string {
  const cache = cacheFolder();
  try {
    mkdirSync(cache, { recursive: true });
    return mkdtempSync(join(cache, "part-"));
  } catch (error) {
    const cause = String(error).replace(/^Error: /, "");
    throw new ChartError(
      `cannot keep charts in ${cache}: ${cause}; name a folder that can be written in the environment variable XDG_CACHE_HOME`,
    );
  }
}

/** Where a chart is read from. */
export interface ChartSource {
  readonly kind: "repository" | "oci" | "folder" | "archive";
  /** A URL or a path, as the kind has it. */
  readonly location: string;
}

/**
 * Where to read a chart from.
 *
 * @param text the URL of a Helm repository, an `oci://` address up to the chart's name or to what is before it, the
 * path of a chart's folder or `.tgz` archive, or of a folder that has several as `<name>-<version>` and
 * `<name>-<version>.tgz`.
 * @default - where the chart is published
 * @throws ChartError when it is none of these
 */
export function chartSource(chart: ChartRelease, text = ""): ChartSource {
  const location = text === "" ? chart.repository : text;
  if (location.startsWith("oci://")) return { kind: "oci", location: ociAddress(chart, location) };
  if (/^https?:\/\//.test(location)) return { kind: "repository", location };
  const status = statSync(location, { throwIfNoEntry: false });
  if (status === undefined) {
    throw new ChartError(
      `no chart at ${location}; give the URL of a Helm repository, an oci:// address, or the path of a chart's folder or archive`,
    );
  }
  return status.isDirectory() ? inFolder(chart, location) : { kind: "archive", location };
}

/** A place as it may be shown: a password in a URL is for helm alone. */
export function shownLocation({ location }: ChartSource): string {
  return shown(location);
}

function shown(location: string): string {
  return location.replace(/(?<=^\w+:\/\/)[^/@]*@/, "");
}

/** An address up to the chart's name, which in a registry is the last part of every chart's address. */
function ociAddress({ name }: ChartRelease, text: string): string {
  const address = text.replace(/\/+$/, "");
  if (/[:@][^/]*$/.test(address.slice("oci://".length).replace(/^[^/]*/, ""))) {
    throw new ChartError(
      `${shown(text)} names a version, which is pinned in imports/chart/versions.json; write the address up to the chart's name`,
    );
  }
  return address.endsWith(`/${name}`) ? address : `${address}/${name}`;
}

/** The folder is the chart, or has it among others. */
function inFolder({ name, version }: ChartRelease, folder: string): ChartSource {
  const one = join(folder, `${name}-${version}`);
  if (existsSync(join(folder, "Chart.yaml"))) return { kind: "folder", location: folder };
  if (existsSync(`${one}.tgz`)) return { kind: "archive", location: `${one}.tgz` };
  return { kind: "folder", location: existsSync(one) ? one : folder };
}

/** What to do about a place that doesn't have the chart that is wanted. */
export const elsewhere = "name another place, a folder or an archive in the environment variable ALLOY_CHART";

/** The error for a download that failed: helm's own becomes a {@link ChartError}, any other stays. */
export function noDownload(chart: ChartRelease, source: ChartSource, error: unknown): unknown {
  if (!(error instanceof HelmFailure)) return error;
  if (/version .* not found|: not found$/m.test(error.message)) return noSuchVersion(chart, source);
  // The last part of a chain of causes is the one that the operator can do something about.
  const cause = error.message
    .split(": ")
    .slice(-2)
    .join(": ")
    .replace(source.location, shownLocation(source));
  return new ChartError(
    `cannot get chart ${chartTitle(chart)} from ${shownLocation(source)}: ${cause}; ${elsewhere}`,
  );
}

/** The error for a version that a place doesn't have; it names the newest that it has. */
export function noSuchVersion(chart: ChartRelease, source: ChartSource): ChartError {
  return new ChartError(`${shownLocation(source)} has no chart ${chartTitle(chart)}${newest(chart, source)}`);
}

/** The newest versions that a place does have, to name one of them instead. */
function newest(chart: ChartRelease, source: ChartSource): string {
  try {
    const versions = source.kind === "oci" ? newestAt(source) : newestIn(chart, source);
    return versions.length === 0
      ? ", nor any other of that name"
      : `; its newest ${versions.length === 1 ? "is" : "are"} ${versions.join(", ")}`;
  } catch {
    return "";
  }
}

function newestIn({ name }: ChartRelease, source: ChartSource): readonly string[] {
  const versions = indexedVersions(name, source.location).map(({ version }) => version);
  const releases = versions.filter((version) => !isPrerelease(version));
  return (releases.length === 0 ? versions : releases).slice(0, 3);
}

/** A registry has no index; asked for no version, helm shows the newest. */
function newestAt({ location }: ChartSource): readonly string[] {
  const about = runHelm(["show", "chart", location]);
  return [...about.matchAll(/^version: (.*)$/gm)].map(([, version = ""]) => version);
}
