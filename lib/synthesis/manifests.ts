import { ApiObject, type App, Yaml } from "cdk8s";

/** The text of each manifest of an environment, by the name of its file. */
export type Manifests = ReadonlyMap<string, string>;

/**
 * The manifests of an app: a file for each object. Nothing is written.
 *
 * @throws where two objects would have one file.
 */
export function manifestsOf(app: App): Manifests {
  const manifests = new Map<string, string>();
  for (const construct of app.node.findAll()) {
    if (!ApiObject.isApiObject(construct)) continue;
    const name = fileName(construct);
    if (manifests.has(name)) throw new Error(`two objects would be written to ${name}`);
    manifests.set(name, Yaml.stringify(construct.toJson()));
  }
  return manifests;
}

function fileName(object: ApiObject): string {
  return `${object.kind}.${object.metadata.name ?? object.name}.k8s.yaml`;
}
