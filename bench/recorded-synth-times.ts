import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { alloyRenderInput, findRender, formatRecord, RenderStore } from "../lib/chart";
import { loadEnvironments } from "../lib/environment";
import { chartUses, neededRenders } from "../scripts/chart/needed-renders";
import { readPins } from "../scripts/chart/pins";
import { writeFiles } from "../scripts/chart/record-renders";
import { typescript } from "./app";
import { fleet } from "./fleet";
import { medians } from "./measure";
import { print } from "./print";
import { temporaryFolder } from "./temporary-folder";

const size = 100;

/** What an environment more costs where each has chart values of its own, and so a recorded render of its own. */
export function printRecordedSynthTimes(): void {
  const script = [...typescript, "bench/recorded-synth.ts"];
  const { one, all } = medians(5, {
    one: [...script, ...recordedFleet(1)],
    all: [...script, ...recordedFleet(size)],
  });
  const each = (all.milliseconds - one.milliseconds) / (size - 1);
  print("an environment more, with chart values of its own", `${each.toFixed(2)} ms`, "10 ms");
}

/** A folder of environments, one of what is recorded for them, and one for their manifests. */
function recordedFleet(size: number): readonly string[] {
  const { environments, output } = fleet(size);
  for (const file of readdirSync(environments)) {
    appendFileSync(join(environments, file), `image:\n  tag: ${file}\n`);
  }
  const { committed } = RenderStore;
  const store = new RenderStore(temporaryFolder("records"));
  // Reading a render takes as long whatever is in it, so that none has to be made.
  const manifests = findRender(alloyRenderInput(), committed);
  const needed = neededRenders(chartUses(loadEnvironments(environments), readPins(committed)));
  writeFiles(
    needed.map(({ input }) => ({
      file: store.fileOf(input),
      text: formatRecord(input, { source: "folder", helm: "none" }, manifests),
    })),
  );
  return [environments, store.folder, output];
}
