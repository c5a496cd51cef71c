import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { openChart } from "./archive";
import { renderChart } from "./helm";
import { type JsonMap, type Manifest, manifestOf, sortKeys } from "./manifest";
import { ChartError, RefusedValuesError } from "./names";
import { type ChartVersion, chartTitle } from "./pins";

/** Everything that decides what Helm renders. */
export interface RenderInput {
  readonly chart: ChartVersion;
  readonly release: string;
  readonly namespace: string;
  /** What the chart is told of the cluster, such as `1.28.0`. */
  readonly kubernetesVersion: string;
  /** What goes over the chart's own values; null deletes a default, as in Helm. */
  readonly values: JsonMap;
}

/** A render that is not recorded and could not be made. */
export class UnrecordedRenderError extends ChartError {
  override readonly name = "UnrecordedRenderError";
}

/**
 * The objects that a chart renders to: as recorded, or else by helm.
 *
 * @throws UnrecordedRenderError when there is no record, and helm or the chart is missing or fails
 * @throws ChartError when the record was changed by hand
 */
export function findRender(input: RenderInput, store: RenderStore): readonly Manifest[] {
  const recorded = store.find(input);
  if (recorded !== undefined) return recorded;
  try {
    return store.hold(input, renderChart(openChart(input.chart), input));
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    if (error instanceof RefusedValuesError) throw new UnrecordedRenderError(error.message);
    throw new UnrecordedRenderError(
      `no render of chart ${chartTitle(input.chart)} with these values is recorded, and none can be made: ${error.message}; run \`npm run chart:record\` where helm and the chart can be had, and commit imports/chart`,
    );
  }
}

/**
 * The name under which a render is recorded: equal inputs have equal keys.
 *
 * The archive's digest stands for the chart, so the key is the same wherever the chart is read from.
 */
export function renderKey(input: RenderInput): string {
  return keyOf(renderText(input));
}

/** The key of an input with this text. */
function keyOf(renderText: string): string {
  return sha256(renderText).slice(0, 16);
}

/** A text that is the same for equal inputs, and for no others. */
function renderText(input: RenderInput): string {
  const { chart, ...rest } = input;
  const { name, version, digest } = chart;
  return JSON.stringify(sortKeys({ ...rest, chart: { name, version, digest } }));
}

/** The recorded renders of a folder, each read and parsed once. */
export class RenderStore {
  /** The renders that are committed with this project. */
  static readonly committed = new RenderStore(join(__dirname, "../../../imports/chart"));

  /** By what went into them. */
  private readonly renders = new Map<string, readonly Manifest[]>();

  /** @param folder holds a folder for each version of the chart */
  constructor(readonly folder: string) {}

  /** Where the render of an input is recorded, whether it is there or not. */
  fileOf(input: RenderInput): string {
    return this.pathOf(input, renderText(input));
  }

  /**
   * The objects that an input renders to.
   *
   * @returns undefined when there is no record of it
   * @throws ChartError when the record was changed by hand
   */
  find(input: RenderInput): readonly Manifest[] | undefined {
    const text = renderText(input);
    const known = this.renders.get(text);
    if (known !== undefined) return known;
    const file = this.pathOf(input, text);
    if (!existsSync(file)) return undefined;
    const name = relative(process.cwd(), file);
    return this.keep(text, readRecord(readFileSync(file, "utf8"), name));
  }

  /** Holds a render that is not recorded, so that it is made once in this process. */
  hold(input: RenderInput, manifests: readonly Manifest[]): readonly Manifest[] {
    return this.keep(renderText(input), manifests);
  }

  private pathOf({ chart }: RenderInput, text: string): string {
    return join(this.folder, `${chart.name}-${chart.version}`, `${keyOf(text)}.json`);
  }

  private keep(text: string, manifests: readonly Manifest[]): readonly Manifest[] {
    this.renders.set(text, manifests);
    return manifests;
  }
}

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
    chart: chartTitle(chart),
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
