import { ApiObject, type App } from "cdk8s";
import { fileNameOf } from "./object-names";
import { yamlOf } from "./yaml";

/** The text of each manifest of an environment, by the name of its file. */
export type Manifests = ReadonlyMap<string, string>;

/** How many texts are kept: more than the objects of some environments in a row, less than would take memory. */
const keptTexts = 100;

/** Prints objects as YAML, which costs more than to make them. Environments share most of theirs: texts are kept. */
export class ManifestPrinter {
  /** Texts by what they are of, in JSON; the one that was used last is the last. */
  private readonly texts = new Map<string, string>();

  /**
   * The manifests of an app: a file for each object. Nothing is written.
   *
   * @throws where two objects would have one file.
   */
  manifestsOf(app: App): Manifests {
    const manifests = new Map<string, string>();
    for (const construct of app.node.findAll()) {
      if (!ApiObject.isApiObject(construct)) continue;
      const name = fileNameOf(construct);
      if (manifests.has(name)) throw new Error(`two objects would be written to ${name}`);
      manifests.set(name, this.print(construct.toJson()));
    }
    return manifests;
  }

  private print(content: unknown): string {
    const json = JSON.stringify(content);
    const text = this.texts.get(json) ?? yamlOf(content);
    this.texts.delete(json);
    this.texts.set(json, text);
    const [oldest] = this.texts.keys();
    if (this.texts.size > keptTexts && oldest !== undefined) this.texts.delete(oldest);
    return text;
  }
}
