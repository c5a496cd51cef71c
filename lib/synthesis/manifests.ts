import { ApiObject, type App, Yaml } from "cdk8s";

/** The text of each manifest of an environment, by the name of its file. */
export type Manifests = ReadonlyMap<string, string>;

/** Prints objects as YAML. Environments share most of theirs, and printing is what costs most: each text is kept. */
export class ManifestPrinter {
  private readonly last = new Map<string, { readonly json: string; readonly text: string }>();

  /**
   * The manifests of an app: a file for each object. Nothing is written.
   *
   * @throws where two objects would have one file.
   */
  manifestsOf(app: App): Manifests {
    const manifests = new Map<string, string>();
    for (const construct of app.node.findAll()) {
      if (!ApiObject.isApiObject(construct)) continue;
      const name = fileName(construct);
      if (manifests.has(name)) throw new Error(`two objects would be written to ${name}`);
      manifests.set(name, this.print(name, construct.toJson()));
    }
    return manifests;
  }

  /** The last text for each file is enough: what environments share is the same from one to the next. */
  private print(name: string, content: unknown): string {
    const json = JSON.stringify(content);
    const last = this.last.get(name);
    if (last?.json === json) return last.text;
    const text = Yaml.stringify(content);
    this.last.set(name, { json, text });
    return text;
  }
}

function fileName(object: ApiObject): string {
  return `${object.kind}.${object.metadata.name ?? object.name}.k8s.yaml`;
}
