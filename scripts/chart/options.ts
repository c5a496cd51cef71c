import { ChartError } from "../../lib/chart";
import { parseOptionsAlone, parseWords } from "../../lib/synthesis";
import type { UpgradeRequest } from "./upgrade-plan";

/** What the command lines of the chart's scripts say. */
export interface ChartOptions {
  /** A repository's URL, an OCI address, a folder or an archive. @default - see ChartLibrary */
  readonly chart?: string | undefined;
  /** The folders of the environment files. @default - `environments` alone */
  readonly environments: readonly string[];
}

/** What the command line of `chart:upgrade` says. */
export interface UpgradeOptions extends ChartOptions, UpgradeRequest {}

const common = {
  chart: { type: "string" },
  environments: { type: "string", multiple: true },
} as const;

const commonUsage = `  --chart PLACE           where the chart is: a repository's URL, an OCI address, a folder or an archive; default: where
                          it is published
  --environments FOLDER   where environment files are, as often as there are such folders; default: environments
  --help                  says this
`;

const usages = {
  "chart:record": `Records the renders of the chart that environments need, in imports/chart. Takes helm.

  npm run chart:record

Options, behind --:
${commonUsage}`,
  "chart:verify": `Says which records in imports/chart are not what the chart renders to. Takes helm; nothing is written.

  npm run chart:verify

Options, behind --:
${commonUsage}`,
  "chart:upgrade": `Has environments take another version of the chart, and says what that changes. Takes helm.

  npm run chart:upgrade -- 1.11.1            all environments that name no version of their own
  npm run chart:upgrade -- 1.11.1 ais-qa     these alone, by chart_version in their files

Options, behind --:
  --digest SHA-256        of the chart's archive; default: what its repository says
${commonUsage}`,
} as const;

/**
 * Reads the command line of `chart:record` and `chart:verify`: `[--chart place] [--environments folder]…`.
 *
 * @param command which of the two
 * @returns what to say, where the command is to be explained
 * @throws UsageError on anything else
 */
export function parseChartOptions(
  command: "chart:record" | "chart:verify",
  args: readonly string[],
): ChartOptions | string {
  const { help, ...values } = parseOptionsAlone(command, args, common);
  return help ? usages[command] : chosen(values);
}

/**
 * Reads the command line of `chart:upgrade`: as for the others, after `VERSION [environment]… [--digest SHA-256]`.
 *
 * @returns what to say, where the command is to be explained
 * @throws UsageError on an unknown option, and ChartError on what is no version or digest
 */
export function parseUpgradeOptions(args: readonly string[]): UpgradeOptions | string {
  const { values, positionals } = parseWords("chart:upgrade", args, {
    ...common,
    digest: { type: "string" },
  });
  if (values.help) return usages["chart:upgrade"];
  const [version, ...names] = positionals;
  if (version === undefined || !/^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(version)) {
    const wrong =
      version === undefined ? "the version is missing" : `${version} is no version, such as 1.11.1`;
    throw new ChartError(`${wrong}; write npm run chart:upgrade -- VERSION, and the names of environments`);
  }
  const digest = values.digest?.replace(/^sha256:/, "").toLowerCase();
  if (digest !== undefined && !/^[0-9a-f]{64}$/.test(digest)) {
    throw new ChartError(`${digest} is no SHA-256; write 64 hex digits after --digest`);
  }
  return { ...chosen(values), version, names, digest };
}

function chosen(values: {
  readonly chart?: string | undefined;
  readonly environments?: string[];
}): ChartOptions {
  const { chart, environments = ["environments"] } = values;
  return { environments, chart };
}
