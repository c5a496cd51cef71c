import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Manifest } from "./manifest";
import { keyOf, type RenderInput, renderText } from "./render-input";
import { readRecord } from "./render-record";

/** The recorded renders of a folder, each read and parsed once. */
export class RenderStore {
  /** The renders that are committed with this project. */
  static readonly committed = new RenderStore(join(__dirname, "..", "..", "..", "imports", "chart"));

  /** By what went into them. */
  readonly #renders = new Map<string, readonly Manifest[]>();

  /** @param folder holds a folder for each version of the chart */
  constructor(readonly folder: string) {}

  /** Where the render of an input is recorded, whether it is there or not. */
  fileOf(input: RenderInput): string {
    return this.#fileOf(input, renderText(input));
  }

  /**
   * The objects that an input renders to.
   *
   * @returns undefined when there is no record of it
   * @throws ChartError when the record was changed by hand
   */
  find(input: RenderInput): readonly Manifest[] | undefined {
    const text = renderText(input);
    const known = this.#renders.get(text);
    if (known !== undefined) {
      return known;
    }
    const file = this.#fileOf(input, text);
    if (!existsSync(file)) {
      return undefined;
    }
    const name = relative(process.cwd(), file);
    return this.#keep(text, readRecord(readFileSync(file, "utf8"), name));
  }

  /** Holds a render that is not recorded, so that it is made once in this process. */
  hold(input: RenderInput, manifests: readonly Manifest[]): readonly Manifest[] {
    return this.#keep(renderText(input), manifests);
  }

  #fileOf({ chart }: RenderInput, text: string): string {
    return join(this.folder, `${chart.name}-${chart.version}`, `${keyOf(text)}.json`);
  }

  #keep(text: string, manifests: readonly Manifest[]): readonly Manifest[] {
    this.#renders.set(text, manifests);
    return manifests;
  }
}
