import { ApiObject, type App } from "cdk8s";
import { type ScalarTag, stringify } from "yaml";
import { copyMap, type JsonMap } from "../chart";
import { RuleFile } from "../monitoring";
import { fileNameOf } from "./objects";

/**
 * The text of an object, as those who read manifests read it: kubectl and Helm by `sigs.k8s.io/yaml`, which is Go's
 * YAML of version 2, Kustomize and Flux by its version 3. Neither is YAML 1.1 or 1.2 to the letter, so what one of
 * them takes for anything but a text stands in quotes. Every other text stands as a person would write it.
 */
export function yamlOf(content: unknown): string {
  return stringify(content, {
    keepUndefined: true,
    lineWidth: 0,
    version: "1.1",
    customTags: (tags) => [quotedText, ...tags],
  });
}

/** What Go's YAML doesn't take inside of a text, or takes for the end of a line. A text of several lines has some. */
const escaped = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/gu;

const misreadByGo = new RegExp(
  [
    // Those of \p{Cc} but tab and line feed, named: with a lookahead it takes four times as long.
    "[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\p{Cs}\\u2028\\u2029\\ufeff\\ufffe\\uffff]",
    // Go finds the indentation of a text by its first line that is not blank, and takes no tab for a blank.
    "^[\\n ]*(?:\\t|$)",
    // A number to Go alone: octal as in 0o17, and with _ between any digits.
    "^[-+]?(?:0[oO][0-7_]+|0[bB][01_]+|0[xX][\\da-fA-F_]+|(?:\\.[\\d_]+|[\\d_]+\\.?[\\d_]*)(?:[eE][-+]?[\\d_]+)?)$",
    // A key of this name merges what stands behind it.
    "^<<$",
  ].join("|"),
  "u",
);

/** A text on one line, in quotes. Its `test` lets it stand before the tag of merge keys, which has one. */
const quotedText: ScalarTag = {
  tag: "tag:yaml.org,2002:str",
  default: true,
  test: misreadByGo,
  identify: (value) => typeof value === "string" && misreadByGo.test(value),
  resolve: (text) => text,
  stringify: ({ value }) => JSON.stringify(value).replace(escaped, escapeCharacter),
};

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

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
      manifests.set(file, this.text(content));
    }
    return manifests;
  }

  private text(content: JsonMap): string {
    const json = JSON.stringify(content);
    const text = this.texts.get(json) ?? yamlOf(content);
    this.texts.delete(json);
    this.texts.set(json, text);
    const [oldest] = this.texts.keys();
    if (this.texts.size > keptTexts && oldest !== undefined) this.texts.delete(oldest);
    return text;
  }
}
