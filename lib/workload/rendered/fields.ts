import { isJsonMap, type Json, type JsonMap } from "../chart/json";
import { WorkloadError } from "../workload-error";

/**
 * A map of a rendered object, read with care: a chart may come to render another shape, and a change that no
 * longer fits it must fail and not go missing.
 */
export class Fields {
  /**
   * @param map is changed in place
   * @param where names the map in messages
   */
  constructor(
    readonly map: JsonMap,
    readonly where: string,
  ) {}

  /** The map at a path. */
  fields(...path: readonly string[]): Fields {
    let map = this.map;
    for (const key of path) {
      const value = map[key];
      if (!isJsonMap(value)) {
        throw this.#missing("map", path.join("."));
      }
      map = value;
    }
    return new Fields(map, this.where);
  }

  /** The list of a key. */
  list(key: string): Json[] {
    const value = this.map[key];
    if (!Array.isArray(value)) {
      throw this.#missing("list", key);
    }
    return value;
  }

  /** The maps in the list of a key. */
  maps(key: string): readonly JsonMap[] {
    return this.list(key).filter(isJsonMap);
  }

  /** The text of a key. */
  text(key: string): string {
    const value = this.map[key];
    if (typeof value !== "string") {
      throw this.#missing("text", key);
    }
    return value;
  }

  #missing(what: string, key: string): WorkloadError {
    return new WorkloadError(
      `${this.where} has no ${what} at ${key}: what lib/workload changes there no longer fits what the chart renders`,
    );
  }
}
