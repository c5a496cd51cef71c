import type { ApiObject } from "cdk8s";
import type { IConstruct } from "constructs";
import { cloneMap, type JsonMap } from "../chart";
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

/** What is written beside objects: files of rules. */
export function otherFilesOf(constructs: readonly IConstruct[]): readonly WrittenObject[] {
  const files = constructs.filter((construct) => construct instanceof RuleFile);
  return files.map(({ name, groups }) => ({ file: name, content: cloneMap({ groups }) }));
}

/** How an object is written. */
export function written(object: ApiObject): WrittenObject {
  return { file: fileNameOf(object), content: object.toJson() };
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
