import { ApiObject, type App } from "cdk8s";
import type { JsonMap } from "../workload/chart/json";
import { fileNameOf } from "./object-names";
import { yamlOf } from "./yaml";

/** The text of each manifest of an environment, by the name of its file. */
export type Manifests = ReadonlyMap<string, string>;

/** An object as it is written. */
export interface WrittenObject {
  /** The name of its file. */
  readonly file: string;
  readonly content: JsonMap;
}

/** The objects of an app, in its order. */
export function objectsOf(app: App): readonly WrittenObject[] {
  const objects = app.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  return objects.map((object) => ({ file: fileNameOf(object), content: object.toJson() }));
}

/** How many texts are kept: more than the objects of some environments in a row, less than would take memory. */
const keptTexts = 100;

/** Prints objects as YAML, which costs more than to make them. Environments share most of theirs: texts are kept. */
export class ManifestPrinter {
  /** Texts by what they are of, in JSON; the one that was used last is the last. */
  private readonly texts = new Map<string, string>();

  /**
   * The manifests of an app's objects: a file for each. Nothing is written.
   *
   * @throws where two objects would have one file.
   */
  print(objects: readonly WrittenObject[]): Manifests {
    const manifests = new Map<string, string>();
    for (const { file, content } of objects) {
      if (manifests.has(file)) throw new Error(`two objects would be written to ${file}`);
      manifests.set(file, this.#text(content));
    }
    return manifests;
  }

  #text(content: JsonMap): string {
    const json = JSON.stringify(content);
    const text = this.texts.get(json) ?? yamlOf(content);
    this.texts.delete(json);
    this.texts.set(json, text);
    const [oldest] = this.texts.keys();
    if (this.texts.size > keptTexts && oldest !== undefined) this.texts.delete(oldest);
    return text;
  }
}
