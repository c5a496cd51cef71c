import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  alloyChart,
  type ChartVersion,
  newestFirst,
  type PinnedVersions,
  type RenderInput,
  type RenderStore,
} from "../../lib/chart";

/** The versions that are pinned beside the renders of a store. */
export function readPins({ folder }: RenderStore): PinnedVersions {
  return parse(readFileSync(file(folder), "utf8"));
}

/** Writes them, oldest first. */
export function writePins({ folder }: RenderStore, pins: PinnedVersions): void {
  const digests = Object.entries(pins.digests).sort(([a], [b]) => newestFirst(b, a));
  const sorted = { ...pins, digests: Object.fromEntries(digests) };
  writeFileSync(file(folder), `${JSON.stringify(sorted, null, 2)}\n`);
}

/** All pinned versions. */
export function pinnedCharts(pins: PinnedVersions): readonly ChartVersion[] {
  return Object.keys(pins.digests).map((version) => alloyChart(version, pins));
}

/** The pins without the versions that no render uses. The version that environments have by default stays. */
export function usedPins(pins: PinnedVersions, inputs: readonly RenderInput[]): PinnedVersions {
  const used = new Set([pins.version, ...inputs.map(({ chart }) => chart.version)]);
  const digests = Object.entries(pins.digests).filter(([version]) => used.has(version));
  return { ...pins, digests: Object.fromEntries(digests) };
}

function file(folder: string): string {
  return join(folder, "versions.json");
}

function parse(text: string): PinnedVersions {
  return JSON.parse(text);
}
