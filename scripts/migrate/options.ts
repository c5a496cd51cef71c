import { parseWords, UsageError } from "../../lib/synthesis";

/** What the command line asks for. */
export interface MigrateOptions {
  readonly helmfile: string;
  /** The environments to migrate. Empty: all. */
  readonly names: readonly string[];
  /** The folder of the values files that the helmfile has from elsewhere. */
  readonly values?: string | undefined;
  /** The folder of the environment files. */
  readonly output: string;
  /** Files that are there already are replaced. */
  readonly overwrite: boolean;
}

export const usage = `Reads today's helmfile with its values files, and writes a file for each of its environments.

  npm run migrate -- helmfile.yaml --values FOLDER           all environments
  npm run migrate -- helmfile.yaml ais-qa --values FOLDER    this one alone

Says of each line what becomes of it, if it isn't written as it stands. What is written synthesizes; an environment of
which something isn't known is not written, and what to do is said. What environments have alike goes into _fleet.yaml,
which they extend. Comments go with what they stand above.

Options, behind --:
  --values FOLDER   where the values files are that the helmfile has from elsewhere: they are found by their names
  --output FOLDER   where the environment files go; default: environments
  --overwrite       replaces files that are there already
  --help            says this
`;

/**
 * Reads the command line; see {@link usage}.
 *
 * @returns undefined where the command is to be explained
 * @throws UsageError on anything that isn't understood
 */
export function parseMigrateOptions(args: readonly string[]): MigrateOptions | undefined {
  const { values, positionals } = parseWords("migrate", args, {
    values: { type: "string" },
    output: { type: "string" },
    overwrite: { type: "boolean" },
  });
  if (values.help === true) return undefined;
  const [helmfile, ...names] = positionals;
  if (helmfile === undefined) {
    throw new UsageError("the helmfile is missing; write npm run migrate -- helmfile.yaml --values FOLDER");
  }
  const { output = "environments" } = values;
  if (output === "") throw new UsageError("--output names no folder; write one, such as environments");
  return { helmfile, names, values: values.values, output, overwrite: values.overwrite === true };
}
