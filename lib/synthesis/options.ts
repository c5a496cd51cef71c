import { realpathSync } from "node:fs";
import { dirname, join, normalize, parse as parsePath, relative, resolve } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { nearest } from "../alloy";

/** Which environments a command is about, and where their manifests are. */
export interface Places {
  /** The folder of the environment files. @default environments */
  readonly environments: string;
  /** The folder that has a folder of manifests for each environment. @default dist */
  readonly output: string;
  /** The environments that are meant. @default - all */
  readonly names?: readonly string[] | undefined;
}

/** What the command line asks for. */
export interface Options extends Places {
  /** A link to make to the output, where the cdk8s CLI looks for the manifests. @default - none */
  readonly link?: string | undefined;
  /** The output is compared with what synthesizes, and nothing is written. @default false */
  readonly check?: boolean | undefined;
  /** The command is explained, and does nothing. @default false */
  readonly help?: boolean | undefined;
}

/** A command line that is not understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const usage = `Writes the manifests of environments: a folder for each.

  npm run synth                        all environments
  npm run synth -- ais-qa sjc112       these alone; environments/ais-qa.yaml means ais-qa too
  npm run synth -- --check             writes nothing, and fails where the output is not what synthesizes

Options, behind --:
  --environments FOLDER   where the environment files are; default: environments
  --output FOLDER         where the manifests go; default: dist, and needed with --environments
  --check                 writes nothing: says which files are not what synthesizes, and which manifests nothing generates
  --help                  says this
`;

/**
 * The output that cdk8s.yaml names. The CLI removes it before it runs the app; so that a failed synth leaves the
 * manifests as they were, it is only a link to them.
 */
const cliOutput = join(".cdk8s", "dist");

/**
 * Reads the command line; see {@link usage}.
 *
 * @throws UsageError on an unknown option, one without its folder, or a folder that can't be the output.
 */
export function parseOptions(args: readonly string[], cdk8sOutdir = process.env.CDK8S_OUTDIR): Options {
  const { values, positionals } = parseWords("synth", args, { ...placeOptions, check: { type: "boolean" } });
  const { check, help } = values;
  const fromCli = cdk8sOutdir !== undefined && relative(resolve(cliOutput), resolve(cdk8sOutdir)) !== "";
  return {
    ...placesOf(fromCli ? { output: cdk8sOutdir, ...values } : values, positionals),
    link: fromCli ? undefined : cdk8sOutdir,
    check,
    help,
  };
}

/** The options of every command with {@link Places}. */
export const placeOptions = {
  environments: { type: "string" },
  output: { type: "string" },
} as const;

/**
 * The places that a command line names.
 *
 * @param positionals names of environments
 * @throws UsageError on environments elsewhere without an output, or a folder that can't be the output.
 */
export function placesOf(
  values: { readonly environments?: string | undefined; readonly output?: string | undefined },
  positionals: readonly string[],
): Places {
  const { environments = "environments", output = "dist" } = values;
  if (values.environments !== undefined && values.output === undefined) {
    throw new UsageError(
      "--environments without --output: the manifests of other environments would take the place of those in dist; write --output too",
    );
  }
  refuseOutput(output, environments);
  return {
    environments,
    output,
    names:
      positionals.length === 0 ? undefined : positionals.map((name) => environmentName(name, environments)),
  };
}

/** `environments/ais-qa.yaml`, as a shell completes it, and `ais-qa.yaml` mean ais-qa. */
export function environmentName(text: string, environments: string): string {
  const folder = dirname(text);
  const isFile = /\.ya?ml$/.test(text) && (folder === "." || normalize(folder) === normalize(environments));
  return isFile ? parsePath(text).name : text;
}

/** Folders that hold other things, and whose names are most likely a mistake. */
function refuseOutput(output: string, environments: string): void {
  const refused: readonly (readonly [path: string, what: string])[] = [
    [".", "the project's own folder"],
    [environments, "the folder of the environments"],
    [parsePath(resolve(output)).root, "the root of the file system"],
  ];
  if (output === "") throw new UsageError("--output names no folder; write one, such as dist");
  const [, what] = refused.find(([path]) => realPath(path) === realPath(output)) ?? [];
  if (what !== undefined) {
    throw new UsageError(`--output ${output} is ${what}; name a folder for manifests alone, such as dist`);
  }
}

/** Where a path leads, through links; of what isn't there, where it would be. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** The options that a command takes, by their names. */
type OptionTypes = NonNullable<ParseArgsConfig["options"]>;

/** The option of every command. */
const helpOption = { help: { type: "boolean", short: "h" } } as const;

/**
 * The words of a command line. Every command takes `--help`, and explains itself then.
 *
 * @param script its name in package.json
 * @param own the options that the command has besides
 * @throws UsageError on an unknown option, one without its value, or one that npm has taken for its own
 */
export function parseWords<Words extends OptionTypes>(
  script: string,
  args: readonly string[],
  own: Words,
  environment: NodeJS.ProcessEnv = process.env,
) {
  const options = { ...own, ...helpOption };
  const mistake = takenByNpm(script, options, environment) ?? optionMistake(script, args, options);
  if (mistake !== undefined) throw new UsageError(mistake);
  return parseArgs({ args: [...args], allowPositionals: true, options });
}

/**
 * The options of a command that takes nothing else.
 *
 * @throws UsageError on anything else; see {@link parseWords}
 */
export function parseOptionsAlone<Words extends OptionTypes>(
  script: string,
  args: readonly string[],
  options: Words,
) {
  const { values, positionals } = parseWords(script, args, options);
  const [first] = positionals;
  if (first !== undefined) {
    throw new UsageError(`nothing is taken but options, and not ${first}; see npm run ${script} -- --help`);
  }
  return values;
}

/** Without `--` before it, npm takes an option for its own, warns at most, and starts the script without it. */
function takenByNpm(
  script: string,
  options: OptionTypes,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  if (environment.npm_lifecycle_event !== script) return undefined;
  // npm has a setting `git` itself.
  const taken = Object.keys(options).find(
    (name) => name !== "git" && environment[`npm_config_${name}`] !== undefined,
  );
  return taken && `--${taken} stands before --, where npm takes it; write npm run ${script} -- --${taken}`;
}

/** What is wrong with the first option that is wrong. */
function optionMistake(script: string, args: readonly string[], options: OptionTypes): string | undefined {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    const type = Object.hasOwn(options, name) ? options[name]?.type : undefined;
    if (type === undefined) {
      const meant = nearest(name, Object.keys(options));
      const instead = meant === undefined ? `see npm run ${script} -- --help` : `write --${meant}`;
      return `there is no option ${rawName}; ${instead}`;
    }
    if (type === "boolean" && value !== undefined) return `${rawName} takes no value; write ${rawName}`;
    if (type === "string" && (value === undefined || (!inlineValue && /^-./.test(value)))) {
      return `a value is missing after ${rawName}; write one, and ${rawName}=VALUE where it begins with -`;
    }
  }
  return undefined;
}
