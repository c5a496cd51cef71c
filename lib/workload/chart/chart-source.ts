import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { ChartError } from "../workload-error";
import type { ChartRelease } from "./chart-version";

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
  if (location.startsWith("oci://")) {
    return { kind: "oci", location: ociAddress(chart, location) };
  }
  if (/^https?:\/\//.test(location)) {
    return { kind: "repository", location };
  }
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
  if (existsSync(join(folder, "Chart.yaml"))) {
    return { kind: "folder", location: folder };
  }
  if (existsSync(`${one}.tgz`)) {
    return { kind: "archive", location: `${one}.tgz` };
  }
  return { kind: "folder", location: existsSync(one) ? one : folder };
}
