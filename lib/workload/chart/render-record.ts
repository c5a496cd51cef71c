import { createHash } from "node:crypto";
import { ChartError } from "../workload-error";
import { canonicalJson } from "./json";
import type { RenderInput } from "./render-input";

/** What made a render, besides its input. */
export interface RenderOrigin {
  /** Where the chart was read from: `repository`, `oci`, `folder` or `archive`. */
  readonly source: string;
  /** The version of helm. */
  readonly helm: string;
}

const checksumLine = /^# sha256: ([0-9a-f]{64})\n/;

/** The text of a recorded render: Helm's output below a comment that says what made it. */
export function formatRecord(input: RenderInput, origin: RenderOrigin, manifests: string): string {
  const { chart, release, namespace, kubernetesVersion, values } = input;
  const content = [
    "# Written by `npm run chart:record`, never by hand: the checksum above covers all that follows.",
    `# chart: ${chart.name} ${chart.version}`,
    `# archive: sha256:${chart.digest}`,
    `# read from: ${origin.source}`,
    `# helm: ${origin.helm}`,
    `# release: ${release}`,
    `# namespace: ${namespace}`,
    `# Kubernetes: ${kubernetesVersion}`,
    `# values: ${canonicalJson(values)}`,
    manifests.trim(),
    "",
  ].join("\n");
  return `# sha256: ${sha256(content)}\n${content}`;
}

/**
 * The manifests of a recorded render.
 *
 * @param file named in messages
 * @throws ChartError when the text is not what was recorded
 */
export function readRecord(text: string, file: string): string {
  const checksum = checksumLine.exec(text);
  const content = text.slice(checksum?.[0].length);
  if (checksum === null || sha256(content) !== checksum[1]) {
    throw new ChartError(
      `${file}: changed since it was recorded; \`npm run chart:record\` renders it anew, and what is to differ from the chart belongs in lib/workload or in the environment's chart values`,
    );
  }
  return content;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
