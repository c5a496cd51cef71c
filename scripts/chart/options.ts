import { parseArgs } from "node:util";
import { ChartError } from "../../lib/chart";
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

const usage = "[--chart place] [--environments folder]…";
const upgradeUsage = `npm run chart:upgrade -- VERSION [environment]… [--digest SHA-256] ${usage}`;

/** What is said of the mistakes that `parseArgs` finds. Its own messages have advice that doesn't fit these commands. */
const mistakes: Readonly<Record<string, RegExp>> = {
  "there is no option": /^Unknown option '([^']+)'/,
  "nothing is taken but options, and not": /^Unexpected argument '(.+)'\./,
  "a value is missing after": /^Option '(--\w+)\b.*' argument (?:missing|is ambiguous)/,
};

/**
 * Reads the command line of `chart:record` and `chart:verify`: `[--chart place] [--environments folder]…`.
 *
 * @param command which of the two, for the message
 * @throws ChartError on anything else
 */
export function parseChartOptions(command: string, args: readonly string[]): ChartOptions {
  const { values } = withUsage(`npm run ${command} -- ${usage}`, () =>
    parseArgs({ args: [...args], options: common }),
  );
  return chosen(values);
}

/**
 * Reads the command line of `chart:upgrade`: as for the others, after `VERSION [environment]… [--digest SHA-256]`.
 *
 * @throws ChartError on anything else
 */
export function parseUpgradeOptions(args: readonly string[]): UpgradeOptions {
  const { values, positionals } = withUsage(upgradeUsage, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...common, digest: { type: "string" } },
    }),
  );
  const [version, ...names] = positionals;
  if (version === undefined || !/^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(version)) {
    const wrong =
      version === undefined ? "the version is missing" : `${version} is no version, such as 1.11.1`;
    throw new ChartError(`${wrong}; write ${upgradeUsage}`);
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

function withUsage<T>(usage: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const message = String(error).replace(/^TypeError( \[ERR_PARSE_ARGS_\w+\])?: /, "");
    const known = Object.entries(mistakes).flatMap(([what, pattern]) => {
      const [, word] = pattern.exec(message) ?? [];
      return word === undefined ? [] : [`${what} ${word}`];
    });
    throw new ChartError(`${known[0] ?? message}; write ${usage}`);
  }
}
