import { ApiObject, App } from "cdk8s";
import type { IConstruct } from "constructs";
import type { JsonMap } from "../chart";
import {
  type Diagnostic,
  DiagnosticsError,
  type Draft,
  type Environment,
  type ReadEnvironments,
} from "../environment";
import { RuleFile } from "../monitoring";
import { SettingError } from "../schema";
import { fileNameOf, type NameMistake, nameMistakes, objectMistakes } from "./objects";
import { yamlOf } from "./yaml";

/** Adds an environment's constructs to its app. */
export type Build = (app: App, environment: Environment) => void;

/** The text of each manifest of an environment, by the name of its file. */
export type Manifests = ReadonlyMap<string, string>;

/** The manifests of environments, and what is wrong with them. */
export interface Synthesized {
  /** Those of the environments that have no mistake. */
  readonly manifests: ReadonlyMap<string, Manifests>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Builds an app for each environment and gives its manifests.
 *
 * @param read what else reading found: mistakes, and what is right of the files that have some, which is built too. All
 * is told together
 * @throws DiagnosticsError with every mistake of every environment; nothing has been written then.
 */
export function synthesize(
  environments: readonly Environment[],
  build: Build,
  read: Pick<ReadEnvironments, "diagnostics" | "drafts"> = { diagnostics: [], drafts: [] },
): ReadonlyMap<string, Manifests> {
  const { manifests, diagnostics } = synthesizeRight({ ...read, environments }, build);
  if (diagnostics.length > 0) throw new DiagnosticsError(diagnostics);
  return manifests;
}

/**
 * Does what {@link synthesize} does, and gives what is wrong beside what is right. One app for all environments would take
 * quadratic time: cdk8s resolves the whole app for each of its charts.
 */
export function synthesizeRight(read: ReadEnvironments, build: Build): Synthesized {
  const diagnostics = [...read.diagnostics];
  const manifests = new Map<string, Manifests>();
  for (const environment of read.environments) {
    const { files, mistakes } = built(environment, build);
    diagnostics.push(...mistakes.map((mistake) => environment.source.errorOf(mistake)));
    if (mistakes.length === 0) manifests.set(environment.name, manifestsOf(files));
  }
  for (const draft of read.drafts) diagnostics.push(...diagnosticsIn(draft, build));
  return { manifests, diagnostics };
}

/** What building finds of what is right of a file. The file's own mistakes are told whatever comes of that. */
function diagnosticsIn(draft: Draft, build: Build): readonly Diagnostic[] {
  try {
    const { mistakes } = built(draft.environment, build);
    return mistakes.flatMap((mistake) => draft.diagnostic(mistake) ?? []);
  } catch {
    return [];
  }
}

/** The objects of an environment and its other files, and what is wrong. */
interface Built {
  readonly files: readonly WrittenFile[];
  readonly mistakes: readonly SettingError[];
}

/** Builds all that can be, and looks at all that is there. */
function built(environment: Environment, build: Build): Built {
  const app = new App();
  const thrown = settingErrorsOf(() => build(app, environment));
  const constructs = app.node.findAll();
  const invalid = constructs.flatMap(({ node }) =>
    node.validate().map((message) => `${node.path}: ${message}`),
  );
  const apiObjects = constructs.filter((construct) => ApiObject.isApiObject(construct));
  const misnamed = apiObjects.flatMap(nameMistakes);
  // An object without a name has no manifest.
  const objects = misnamed.length === 0 ? apiObjects.map(written) : [];
  const wrong = [...misnamed, ...objectMistakes(objects.map(({ content }) => content))];
  return {
    files: [...objects, ...otherFilesOf(constructs)],
    mistakes: [
      ...thrown,
      ...invalid.map((message) => new SettingError([], message)),
      ...wrong.map((mistake) => placed(mistake, environment)),
    ],
  };
}

/** A mistake of an object, where the environment gives what is wrong. */
function placed({ name, message }: NameMistake, { source }: Environment): SettingError {
  return new SettingError(source.find(name) ?? [], message);
}

/** What building throws about settings. */
function settingErrorsOf(work: () => void): readonly SettingError[] {
  try {
    work();
    return [];
  } catch (error) {
    const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
    return errors.map((one) => {
      if (one instanceof SettingError) return one;
      throw error;
    });
  }
}

/** A file as it is written. */
interface WrittenFile<Content extends object = object> {
  readonly name: string;
  /** What JSON can say. */
  readonly content: Content;
}

/** What is written beside objects: files of rules. */
function otherFilesOf(constructs: readonly IConstruct[]): readonly WrittenFile[] {
  const files = constructs.filter((construct) => construct instanceof RuleFile);
  return files.map(({ name, groups }) => ({ name, content: { groups } }));
}

/** How an object is written. */
function written(object: ApiObject): WrittenFile<JsonMap> {
  return { name: fileNameOf(object), content: object.toJson() };
}

/**
 * The texts of files. Nothing is written.
 *
 * @throws where two objects would have one file.
 */
function manifestsOf(files: readonly WrittenFile[]): Manifests {
  const manifests = new Map<string, string>();
  for (const { name, content } of files) {
    if (manifests.has(name)) throw new Error(`two objects would be written to ${name}`);
    manifests.set(name, yamlOf(content));
  }
  return manifests;
}
