import { existsSync, readFileSync } from "node:fs";
import {
  type ChartSchema,
  type ChartVersion,
  chartTitle,
  type PinnedVersions,
  type RenderInput,
  type RenderStore,
} from "../../lib/chart";
import type { Environment } from "../../lib/environment";
import type { EnvironmentChange } from "../plan/environment-change";
import { groupsOf } from "../plan/report/groups";
import { plainText, textOf } from "../plan/report/text";
import type { ChartLibrary } from "./chart-library";
import { checkNewValues, compareVersions } from "./compare-versions";
import { pinImages } from "./image-digests";
import { locateRenderErrors, neededRenders } from "./needed-renders";
import { pinnedCharts, readPins, usedPins, writePins } from "./pins";
import { dropUnused, type NewFile, newSchemas, writeFiles } from "./record-renders";
import { asOneError, type NewRender, renderMissing } from "./render-missing";
import { type UpgradePlan, type UpgradeRequest, type UpgradeStep, upgradePlan } from "./upgrade-plan";
import { valuesSchemaFile, valuesSchemaText } from "./values-schema-file";
import { withChartVersion } from "./write-chart-version";

/**
 * Moves environments to another version of the chart: pins the version, writes it into the files of the environments that
 * the request names, records what they render to, and removes what no environment needs any more.
 *
 * Everything is built with both versions before anything is written.
 *
 * @param digestOf see `pinImages`
 * @returns what changes in each environment, in words
 * @throws DiagnosticsError when the chart fails with an environment's values, or this project's changes don't fit the version
 * @throws ChartError when helm or the chart cannot be had, the chart is not the one with the digest, or it takes other values
 */
export async function upgradeChart(
  request: UpgradeRequest,
  environments: readonly Environment[],
  store: RenderStore,
  charts: ChartLibrary,
  digestOf?: Parameters<typeof pinImages>[3],
): Promise<string> {
  const plan = upgradePlan(request, environments, readPins(store), charts.location);
  const moved = plan.steps.filter(({ before, after }) => before.version !== after.version);
  checkNewValues(moved, schemaOf(plan.chart, store, charts));
  const renders = await newRenders(plan, store, charts);
  const inputs = inputsAfter(plan);
  const { pins, notices } = await pinImages(usedPins(plan.pins, inputs), inputs, store, digestOf);
  const changes = compareVersions(
    plan.steps.map((step) => ({ ...step, after: { ...step.after, images: pins.images } })),
    store,
  );
  const environmentFiles = request.names.length === 0 ? [] : moved.map(environmentFile);
  write(
    pins,
    inputs,
    [...renders.map((render) => recordOf(render, store)), ...environmentFiles],
    store,
    charts,
  );
  return [
    title(plan),
    ...plan.steps.flatMap((step) => keepsOwnVersion(step, request.names)),
    ...notices,
    "",
    ...(moved.length === 0 && changes.length === 0
      ? ["every environment has it already"]
      : changesIn(changes)),
  ].join("\n");
}

/** What has to be rendered for all environments afterwards. */
function inputsAfter({ steps }: UpgradePlan): readonly RenderInput[] {
  const uses = steps.map(({ environment, after }) => ({ environment, chart: after }));
  return neededRenders(uses).map(({ input }) => input);
}

function recordOf({ input, text }: NewRender, store: RenderStore): NewFile {
  return { file: store.fileOf(input), text };
}

function changesIn(changes: readonly EnvironmentChange[]): readonly string[] {
  return changes.length === 0 ? ["nothing changes"] : [textOf(groupsOf(changes), plainText).trimEnd()];
}

/** Renders what is not recorded yet, for both versions, and keeps it in the store's memory: nothing is written yet. */
async function newRenders(
  { steps }: UpgradePlan,
  store: RenderStore,
  charts: ChartLibrary,
): Promise<readonly NewRender[]> {
  const needed = steps.flatMap(({ environment, before, after }) =>
    neededRenders([...new Set([before, after])].map((chart) => ({ environment, chart }))),
  );
  const inputs = needed.map(({ input }) => input);
  const { renders, errors } = await renderMissing(inputs, store, charts);
  if (errors.length > 0) throw locateRenderErrors(asOneError(errors), needed);
  for (const { input, manifests } of renders) store.hold(input, manifests);
  return renders;
}

function write(
  pins: PinnedVersions,
  inputs: readonly RenderInput[],
  files: readonly NewFile[],
  store: RenderStore,
  charts: ChartLibrary,
): void {
  const pinned = pinnedCharts(pins);
  writeFiles([...files, ...newSchemas(pinned, store, charts)]);
  writePins(store, pins);
  dropUnused(inputs, store, pinned);
}

function environmentFile({ environment: { source }, after }: UpgradeStep): NewFile {
  const { file } = source;
  return { file, text: withChartVersion(readFileSync(file, "utf8"), after.version, file) };
}

function title({ chart }: UpgradePlan): string {
  return `chart ${chartTitle(chart)}, SHA-256 ${chart.digest}`;
}

/** Says why an environment is not in the summary: it names its version itself. */
function keepsOwnVersion({ environment }: UpgradeStep, names: readonly string[]): readonly string[] {
  const { name, chartVersion, source } = environment;
  if (chartVersion === undefined || names.length > 0) return [];
  const { file, line, column } = source.diagnostic(["chart_version"], "");
  return [`${name} stays at ${chartVersion}, which ${file}:${line}:${column} names`];
}

/** The schema of a version's values: the recorded one if there is one, else from the chart. */
function schemaOf(chart: ChartVersion, store: RenderStore, charts: ChartLibrary): ChartSchema {
  const file = valuesSchemaFile(store.folder, chart);
  return parseSchema(existsSync(file) ? readFileSync(file, "utf8") : valuesSchemaText(charts.open(chart)));
}

function parseSchema(text: string): ChartSchema {
  return JSON.parse(text);
}
