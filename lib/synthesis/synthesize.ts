import { App } from "cdk8s";
import { type Diagnostic, DiagnosticsError, type Environment } from "../environment";
import { SettingError } from "../schema";
import { ManifestPrinter, type Manifests, objectsOf } from "./manifests";
import { type NameMistake, nameMistakes, objectMistakes } from "./objects";

/**
 * Builds an app for each environment and gives its manifests. One app for all would take quadratic time: cdk8s
 * resolves the whole app for each of its charts.
 *
 * @param build adds an environment's constructs to its app
 * @param found mistakes that reading the environments found: they are told together with those that building finds
 * @throws DiagnosticsError with every mistake of every environment; nothing has been written then.
 */
export function synthesize(
  environments: readonly Environment[],
  build: (app: App, environment: Environment) => void,
  found: readonly Diagnostic[] = [],
): ReadonlyMap<string, Manifests> {
  const diagnostics = [...found];
  const manifests = new Map<string, Manifests>();
  const printer = new ManifestPrinter();
  for (const environment of environments) {
    const app = new App();
    const built = diagnosticsIn(environment, () => {
      build(app, environment);
      return app.node
        .findAll()
        .flatMap(({ node }) => node.validate().map((message) => `${node.path}: ${message}`));
    });
    const own: Diagnostic[] = [...built, ...diagnosticsOf(environment, nameMistakes(app))];
    // Of half an environment nothing more can be said.
    const objects = own.length === 0 ? objectsOf(app) : [];
    own.push(...diagnosticsOf(environment, objectMistakes(objects.map(({ content }) => content))));
    diagnostics.push(...own);
    if (own.length === 0) manifests.set(environment.name, printer.print(objects));
  }
  if (diagnostics.length > 0) throw new DiagnosticsError(diagnostics);
  return manifests;
}

/** Mistakes of objects, each where the environment gives what is wrong. */
function diagnosticsOf({ source }: Environment, mistakes: readonly NameMistake[]): readonly Diagnostic[] {
  return mistakes.map(({ name, message }) => source.diagnostic(source.find(name) ?? [], message));
}

/** What building finds: mistakes that it throws as errors about settings, and those that validation reports. */
function diagnosticsIn({ source }: Environment, build: () => readonly string[]): readonly Diagnostic[] {
  try {
    return build().map((message) => source.diagnostic([], message));
  } catch (error) {
    const errors = error instanceof AggregateError ? error.errors : [error];
    return errors.map((one) => {
      if (one instanceof SettingError) return source.diagnostic(one.key, one.message);
      throw error;
    });
  }
}
