import { App } from "cdk8s";
import { type Environment, type Problem, Problems, SettingError } from "../environment";
import { ManifestPrinter, type Manifests } from "./manifests";
import { nameMistakes } from "./object-names";

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
    const own = [...built, ...namesIn(environment, app)];
    problems.push(...own);
    if (own.length === 0) manifests.set(environment.name, printer.manifestsOf(app));
  }
  if (problems.length > 0) throw new Problems(problems);
  return manifests;
}

/** Names that objects can't have, each where the environment gives it. */
function namesIn({ source }: Environment, app: App): readonly Problem[] {
  return nameMistakes(app).map(({ name, message }) => source.problem(source.find(name) ?? [], message));
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
