import { loadEnvironments } from "../../lib/environment";
import type { RenderInput } from "../../lib/workload/chart/render-input";
import { alloyRenderInput } from "../../lib/workload/chart-values";

/** What the environments of some folders have to be rendered for. */
export function neededRenders(folders: readonly string[]): readonly RenderInput[] {
  return folders
    .flatMap((folder) => loadEnvironments(folder))
    .map(({ chartValues }) => alloyRenderInput({ chartValues }));
}
