import type { ApiObject } from "cdk8s";
import type { IConstruct } from "constructs";
import type { JsonMap } from "../chart";
import { RuleFile } from "../monitoring";
import { fileNameOf } from "./objects";
import { yamlOf } from "./yaml";

/** The text of each manifest of an environment, by the name of its file. */
export type Manifests = ReadonlyMap<string, string>;

/** A file as it is written. */
export interface WrittenFile {
  readonly name: string;
  /** What JSON can say. */
  readonly content: object;
}

/** An object as it is written. */
export interface WrittenObject extends WrittenFile {
  readonly content: JsonMap;
}

/** What is written beside objects: files of rules. */
export function otherFilesOf(constructs: readonly IConstruct[]): readonly WrittenFile[] {
  const files = constructs.filter((construct) => construct instanceof RuleFile);
  return files.map(({ name, groups }) => ({ name, content: { groups } }));
}

/** How an object is written. */
export function written(object: ApiObject): WrittenObject {
  return { name: fileNameOf(object), content: object.toJson() };
}

/**
 * The texts of files. Nothing is written.
 *
 * @throws where two objects would have one file.
 */
export function manifestsOf(files: readonly WrittenFile[]): Manifests {
  const manifests = new Map<string, string>();
  for (const { name, content } of files) {
    if (manifests.has(name)) throw new Error(`two objects would be written to ${name}`);
    manifests.set(name, yamlOf(content));
  }
  return manifests;
}
