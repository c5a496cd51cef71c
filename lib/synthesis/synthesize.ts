import { App } from "cdk8s";
import { type Environment, type Problem, Problems } from "../environment";
import { SettingError } from "../schema";
import { ManifestPrinter, type Manifests, objectsOf } from "./manifests";
import { type NameMistake, nameMistakes, objectMistakes } from "./objects";

/**
 * Builds an app for each environment and gives its manifests. One app for all would take quadratic time: cdk8s
 * resolves the whole app for each of its charts.
 *
 * @param build adds an environment's constructs to its app
 * @param found mistakes that reading the environments found: they are told together with those that building finds
 * @throws Problems with every mistake of every environment; nothing has been written then.
 */
export function synthesize(
  environments: readonly Environment[],
  build: (app: App, environment: Environment) => void,
  found: readonly Problem[] = [],
): ReadonlyMap<string, Manifests> {
  const problems = [...found];
  const manifests = new Map<string, Manifests>();
  const printer = new ManifestPrinter();
  for (const environment of environments) {
    const app = new App();
    const built = problemsIn(environment, () => {
      build(app, environment);
      return app.node
        .findAll()
        .flatMap(({ node }) => node.validate().map((message) => `${node.path}: ${message}`));
    });
    const own: Problem[] = [...built, ...problemsOf(environment, nameMistakes(app))];
    // Of half an environment nothing more can be said.
    const objects = own.length === 0 ? objectsOf(app) : [];
    own.push(...problemsOf(environment, objectMistakes(objects.map(({ content }) => content))));
    problems.push(...own);
    if (own.length === 0) manifests.set(environment.name, printer.print(objects));
  }
  if (problems.length > 0) throw new Problems(problems);
  return manifests;
}

/** Mistakes of objects, each where the environment gives what is wrong. */
function problemsOf({ source }: Environment, mistakes: readonly NameMistake[]): readonly Problem[] {
  return mistakes.map(({ name, message }) => source.problem(source.find(name) ?? [], message));
}

/** What building finds: mistakes that it throws as errors about settings, and those that validation reports. */
function problemsIn({ source }: Environment, build: () => readonly string[]): readonly Problem[] {
  try {
    return build().map((message) => source.problem([], message));
  } catch (error) {
    const errors = error instanceof AggregateError ? error.errors : [error];
    return errors.map((one) => {
      if (one instanceof SettingError) return source.problem(one.key, one.message);
      throw error;
    });
  }
}
