import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import versions from "../../../imports/chart/versions.json";
import { ChartError } from "./names";

/** Orders semantic versions, the newest first. A pre-release comes after the release that it leads to. */
export function newestFirst(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  const differing = left.numbers.findIndex((number, index) => number !== right.numbers[index]);
  if (differing !== -1) return (right.numbers[differing] ?? 0) - (left.numbers[differing] ?? 0);
  return Number(isPrerelease(a)) - Number(isPrerelease(b)) || (left.rest < right.rest ? 1 : -1);
}

/** Whether a version is a pre-release, such as `1.0.0-rc.1`. */
export function isPrerelease(version: string): boolean {
  return /^[\d.]+-/.test(version);
}

function parts(version: string): { readonly numbers: readonly number[]; readonly rest: string } {
  const [numbers = "", ...rest] = version.split(/(?=[-+])/);
  return { numbers: numbers.split(".").map(Number), rest: rest.join("") };
}

/** One release of a Helm chart. */
export interface ChartRelease {
  readonly name: string;
  readonly version: string;
  /** Where it is published: the URL of a Helm repository, or an `oci://` address up to the chart's name. */
  readonly repository: string;
}

/** A chart and its version, as messages name it. */
export function chartTitle(chart: ChartRelease): string {
  return `${chart.name} ${chart.version}`;
}

/** A release that is known by the bytes of its archive. */
export interface ChartVersion extends ChartRelease {
  /** SHA-256 of the published archive, in hex. */
  readonly digest: string;
  /** @default - none is known */
  readonly images?: ImageDigests | undefined;
}

/** The digests of images, such as `sha256:0123…`, by the images' names with a tag. */
export type ImageDigests = Readonly<Record<string, string>>;

/** What `imports/chart/versions.json` says. */
export interface PinnedVersions {
  readonly name: string;
  readonly repository: string;
  /** The version that environments have unless they name another. */
  readonly version: string;
  /** The digest of every version that may be used. */
  readonly digests: Readonly<Record<string, string>>;
  /** Of the images that these versions run by a tag alone. @default - none is known */
  readonly images?: ImageDigests | undefined;
}

/**
 * A pinned version of Grafana's Alloy chart.
 *
 * @param version @default - the version that environments have unless they name another
 * @param pinned @default - what is committed with this project
 * @throws ChartError when the version is not pinned
 */
export function alloyChart(version?: string, pinned: PinnedVersions = versions): ChartVersion {
  const { name, repository, digests, images } = pinned;
  const wanted = version ?? pinned.version;
  const digest = digests[wanted];
  if (digest === undefined) {
    throw new ChartError(
      `chart ${name} ${wanted} is not pinned; imports/chart/versions.json has ${Object.keys(digests).join(", ")}`,
    );
  }
  return { name, version: wanted, digest, repository, images };
}

/** The part of JSON Schema in which the values of a chart are described. */
export interface ChartSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, ChartSchema>>;
  /** @default true */
  readonly additionalProperties?: boolean | ChartSchema;
  readonly items?: ChartSchema;
  readonly default?: unknown;
  /** @default - nothing is said of it */
  readonly description?: string | undefined;
}

/** The version of the Alloy chart that an environment has unless it names another. */
export const defaultChartVersion: string = versions.version;

/** The versions of the Alloy chart that an environment may name, oldest first. */
export const pinnedChartVersions: readonly string[] = Object.keys(versions.digests);

const folder = join(__dirname, "../../../imports/chart");
const schemas = new Map<string, ChartSchema | undefined>();

/**
 * The values of the Alloy chart in a version, as they are recorded with it.
 *
 * @returns undefined when they are not recorded
 */
export function chartSchema(version = defaultChartVersion): ChartSchema | undefined {
  // Read when the first file has a chart value: most have none.
  if (!schemas.has(version)) {
    const file = join(folder, `${versions.name}-${version}.values.schema.json`);
    schemas.set(version, existsSync(file) ? parse(readFileSync(file, "utf8")) : undefined);
  }
  return schemas.get(version);
}

function parse(text: string): ChartSchema {
  return JSON.parse(text);
}
