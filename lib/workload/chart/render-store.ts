import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Manifest } from "./manifest";
import { type RenderInput, renderKey } from "./render-input";
import { readRecord } from "./render-record";

/** The recorded renders of a folder, each read and parsed once. */
export class RenderStore {
  /** The renders that are committed with this project. */
  static readonly committed = new RenderStore(join(__dirname, "..", "..", "..", "imports", "chart"));

  readonly #renders = new Map<string, readonly Manifest[]>();

  /** @param folder holds a folder for each version of the chart */
  constructor(readonly folder: string) {}

  /** Where the render of an input is recorded, whether it is there or not. */
  fileOf(input: RenderInput): string {
    return this.#fileOf(input, renderKey(input));
  }

  /**
   * The objects that an input renders to.
   *
   * @returns undefined when there is no record of it
   * @throws ChartError when the record was changed by hand
   */
  find(input: RenderInput): readonly Manifest[] | undefined {
    const key = renderKey(input);
    const known = this.#renders.get(key);
    if (known !== undefined) {
      return known;
    }
    const file = this.#fileOf(input, key);
    if (!existsSync(file)) {
      return undefined;
    }
    const name = relative(process.cwd(), file);
    return this.#keep(key, readRecord(readFileSync(file, "utf8"), name));
  }

  /** Holds a render that is not recorded, so that it is made once in this process. */
  hold(input: RenderInput, manifests: readonly Manifest[]): readonly Manifest[] {
    return this.#keep(renderKey(input), manifests);
  }

  #fileOf({ chart }: RenderInput, key: string): string {
    return join(this.folder, `${chart.name}-${chart.version}`, `${key}.json`);
  }

  #keep(key: string, manifests: readonly Manifest[]): readonly Manifest[] {
    this.#renders.set(key, manifests);
    return manifests;
  }
}
