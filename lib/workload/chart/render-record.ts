import { createHash } from "node:crypto";
import { ChartError } from "../workload-error";
import { type JsonMap, sortKeys } from "./json";
import { type Manifest, manifestOf } from "./manifest";
import type { RenderInput } from "./render-input";

/** What made a render, besides its input. */
export interface RenderOrigin {
  /** Where the chart was read from: `repository`, `oci`, `folder` or `archive`. */
  readonly source: string;
  /** The version of helm. */
  readonly helm: string;
}

const firstLines = /^\{\n {2}"sha256": "([0-9a-f]{64})",\n/;

/**
 * The text of a recorded render: what made it, and the objects.
 *
 * JSON, for it is read at every synth: reading YAML takes a hundred times as long.
 */
export function formatRecord(input: RenderInput, origin: RenderOrigin, objects: readonly Manifest[]): string {
  const { chart, release, namespace, kubernetesVersion, values } = input;
  const record = {
    about: "Written by npm run chart:record, never by hand: the checksum is of all that follows it.",
    chart: `${chart.name} ${chart.version}`,
    archive: `sha256:${chart.digest}`,
    readFrom: origin.source,
    helm: origin.helm,
    release,
    namespace,
    kubernetes: kubernetesVersion,
    values: sortKeys(values),
    objects: objects.map(({ content }) => content),
  };
  const content = `${JSON.stringify(record, null, 2).slice("{\n".length)}\n`;
  return `{\n  "sha256": "${sha256(content)}",\n${content}`;
}

/**
 * The objects of a recorded render.
 *
 * @param file named in messages
 * @throws ChartError when the text is not what was recorded
 */
export function readRecord(text: string, file: string): readonly Manifest[] {
  const [start = "", checksum] = firstLines.exec(text) ?? [];
  if (checksum === undefined || sha256(text.slice(start.length)) !== checksum) {
    throw new ChartError(
      `${file}: changed since it was recorded; \`npm run chart:record\` renders it anew, and what is to differ from the chart belongs in lib/workload or in the environment's chart values`,
    );
  }
  return parse(text).objects.map((object) => manifestOf(object, file));
}

function parse(text: string): { readonly objects: readonly JsonMap[] } {
  return JSON.parse(text);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
