import { parseArgs } from "node:util";
import { ChartError } from "../../lib/workload/workload-error";

/** What the command lines of `chart:record` and `chart:verify` say. */
export interface ChartOptions {
  /** A repository's URL, an OCI address, a folder or an archive. @default - see ChartLibrary */
  readonly chart?: string;
  /** The folders of the environment files. @default - `environments` alone */
  readonly environments: readonly string[];
}

/**
 * Reads a command line: `[--chart place] [--environments folder]…`.
 *
 * @throws ChartError on anything else
 */
export function parseChartOptions(args: readonly string[]): ChartOptions {
  const { chart, environments } = parse(args);
  return { environments, ...(chart === undefined ? {} : { chart }) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        chart: { type: "string" },
        environments: { type: "string", multiple: true, default: ["environments"] },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ChartError(`${error.message}; write [--chart place] [--environments folder]…`);
  }
}
