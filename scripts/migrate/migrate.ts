import { UsageError } from "../../lib/synthesis";
import { TodaysFiles } from "./files";
import { environmentsOf, readEnvironmentOf } from "./helmfile";
import type { MigrateOptions } from "./options";
import { type Files, filesOf, type Migrated, problemsTogether } from "./output";
import { MigrationReport } from "./report";
import { translate } from "./translate";

/** What becomes of a helmfile. */
export interface Migration {
  /** The environments that are written. */
  readonly migrated: readonly Migrated[];
  readonly files: Files;
  readonly report: MigrationReport;
}

/**
 * Makes environment files of today's helmfile. Nothing is written.
 *
 * @throws UsageError where an environment is asked for that there isn't
 */
export function migrate(options: MigrateOptions): Migration {
  const report = new MigrationReport();
  return { ...together(translateAll(options, report), options, report), report };
}

/** The environments that are asked for, each as far as it is known. */
function translateAll(options: MigrateOptions, report: MigrationReport): readonly Migrated[] {
  const { helmfile, values, names } = options;
  // Templates of the releases are filled in for each environment.
  const silent = { ...report.of(""), tell: () => undefined };
  const all = environmentsOf(new TodaysFiles(helmfile, values, silent), silent);
  const known = all.map(([name]) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0 && all.length > 0) {
    throw new UsageError(
      `${unknown.join(", ")}: no environment of ${helmfile}, which has ${known.join(", ")}`,
    );
  }
  const taken = new Set<string>();
  return all
    .filter(([name]) => names.length === 0 || names.includes(name))
    .flatMap(([name, value]) => {
      const said = report.of(name);
      const files = new TodaysFiles(helmfile, values, said, (file) => report.read(name, file));
      const environment = readEnvironmentOf(name, value, files, said);
      if (environment === undefined || report.isRefused(name)) return [];
      const draft = translate(environment, said);
      if (taken.has(draft.name)) {
        const message = `has the name ${draft.name} as another environment; rename it in the helmfile`;
        said.refuse(environment.place, ["environments", name], message);
      }
      taken.add(draft.name);
      return report.isRefused(name) ? [] : [{ environment, draft }];
    });
}

/** Those that synthesize beside each other, and their files. */
function together(
  all: readonly Migrated[],
  options: MigrateOptions,
  report: MigrationReport,
): Pick<Migration, "migrated" | "files"> {
  const files = filesOf(all);
  const problems = problemsTogether(files, options.output);
  const right: Migrated[] = [];
  for (const one of all) {
    const { draft, environment } = one;
    const problem = problems.get(draft.name);
    if (problem === undefined) {
      right.push(one);
      continue;
    }
    const { place } = draft.at(draft.keyOf(problem.key) ?? []) ?? draft.root;
    report.of(environment.name).refuse(place, problem.key, problem.message);
  }
  return right.length < all.length ? together(right, options, report) : { migrated: all, files };
}
