import { ApiObject, type App } from "cdk8s";
import { copyMap, type JsonMap } from "../chart";
import { RuleFile } from "../monitoring";
import { fileNameOf } from "./objects";
import { yamlOf } from "./yaml";

/** The text of each manifest of an environment, by the name of its file. */
export type Manifests = ReadonlyMap<string, string>;

/** An object as it is written. */
export interface WrittenObject {
  /** The name of its file. */
  readonly file: string;
  readonly content: JsonMap;
}

/** What an app writes beside its objects: files of rules. */
export function otherFilesOf(app: App): readonly WrittenObject[] {
  const files = app.node.findAll().filter((construct) => construct instanceof RuleFile);
  return files.map(({ name, groups }) => ({ file: name, content: copyMap({ groups }) }));
}

/** The objects of an app, in its order. */
export function objectsOf(app: App): readonly WrittenObject[] {
  const objects = app.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  return objects.map((object) => ({ file: fileNameOf(object), content: object.toJson() }));
}

/**
 * The manifests of objects: a file for each. Nothing is written.
 *
 * @throws where two objects would have one file.
 */
export function manifestsOf(objects: readonly WrittenObject[]): Manifests {
  const manifests = new Map<string, string>();
  for (const { file, content } of objects) {
    if (manifests.has(file)) throw new Error(`two objects would be written to ${file}`);
    manifests.set(file, yamlOf(content));
  }
  return manifests;
}
