import { statSync } from "node:fs";
import { ChartError } from "../workload-error";
import type { ChartVersion } from "./chart-version";

/** Where a chart is read from. */
export interface ChartSource {
  readonly kind: "repository" | "oci" | "folder" | "archive";
  /** A URL or a path, as the kind has it. */
  readonly location: string;
}

/**
 * Where to read a chart from.
 *
 * @param text the URL of a Helm repository, an `oci://` address up to the chart's name, the path of a folder or
 * of a `.tgz` archive. @default - the chart's own repository
 * @throws ChartError when it is none of these
 */
export function chartSource(chart: ChartVersion, text = ""): ChartSource {
  if (text === "") {
    return { kind: "repository", location: chart.repository };
  }
  if (text.startsWith("oci://")) {
    return { kind: "oci", location: text };
  }
  if (/^https?:\/\//.test(text)) {
    return { kind: "repository", location: text };
  }
  const status = statSync(text, { throwIfNoEntry: false });
  if (status === undefined) {
    throw new ChartError(
      `no chart at ${text}; give the URL of a Helm repository, an oci:// address, or the path of a chart's folder or archive`,
    );
  }
  return { kind: status.isDirectory() ? "folder" : "archive", location: text };
}
