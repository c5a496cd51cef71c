import { type Places, parseWords, placeOptions, placesOf } from "../../lib/synthesis";

/** What the command line asks for. */
export interface PlanOptions extends Places {
  /** A folder of manifests, or a commit of git that has them at the output's place. @default HEAD */
  readonly against: string;
  /** The plan is Markdown, for a forge. @default false */
  readonly markdown: boolean;
  /** The command is explained, and does nothing. @default false */
  readonly help: boolean;
}

export const planUsage = `Says what a change does to each environment, for who reviews it. Nothing is written.

  npm run plan                              what synthesizes now, against the manifests of the last commit
  npm run plan -- ais-qa sjc112             these alone; environments/ais-qa.yaml means ais-qa too
  npm run plan -- --against origin/main     against those of another branch, tag or commit
  npm run plan -- --against ../old/dist     against those of a folder

Options, behind --:
  --against REF|FOLDER    what to compare with; default: HEAD. A folder that is there is a folder
  --markdown              writes Markdown, for a merge request
  --environments FOLDER   where the environment files are; default: environments
  --output FOLDER         where their manifests are; default: dist, and needed with --environments
  --help                  says this

Exit code: 0 where nothing changes, 1 where something does, 2 in trouble.
`;

/**
 * Reads the command line; see {@link planUsage}.
 *
 * @throws UsageError on an unknown option, one without its value, or a folder that can't be the output
 */
export function parsePlanOptions(args: readonly string[]): PlanOptions {
  const { values, positionals } = parseWords("plan", args, {
    ...placeOptions,
    against: { type: "string" },
    markdown: { type: "boolean" },
  });
  const { against = "HEAD", markdown = false, help = false } = values;
  return { ...placesOf(values, positionals), against, markdown, help };
}
