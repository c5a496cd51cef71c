import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface Options {
  /** The folder of the environment files. @default environments */
  readonly environments: string;
  /** The folder that gets a folder of manifests for each environment. @default dist */
  readonly output: string;
  /** A link to make to the output, where the cdk8s CLI looks for the manifests. @default - none */
  readonly link?: string;
  /** The environments to synthesize. @default - all */
  readonly names?: readonly string[];
}

/** A command line that is not understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * The output that cdk8s.yaml names. The CLI removes it before it runs the app; so that a failed synth leaves the
 * manifests as they were, it is only a link to them.
 */
const cliOutput = join(".cdk8s", "dist");

/**
 * Reads the command line: `[environment...] [--environments folder] [--output folder]`.
 *
 * @throws UsageError on an unknown option, or one without its folder.
 */
export function parseOptions(args: readonly string[], cdk8sOutdir = process.env.CDK8S_OUTDIR): Options {
  const { values, positionals } = parse(args);
  const fromCli = cdk8sOutdir !== undefined && relative(resolve(cliOutput), resolve(cdk8sOutdir)) !== "";
  return {
    environments: values.environments,
    output: values.output ?? (fromCli ? cdk8sOutdir : "dist"),
    ...(cdk8sOutdir !== undefined && !fromCli && { link: cdk8sOutdir }),
    ...(positionals.length > 0 && { names: positionals }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        environments: { type: "string", default: "environments" },
        output: { type: "string" },
      },
    });
  } catch (error) {
    // What parseArgs throws says which option it is.
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}
