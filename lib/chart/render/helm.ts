import { execFile, spawnSync } from "node:child_process";
import { canonicalJson, isJsonMap, type Manifest, parseManifests } from "./manifest";
import { ChartError, RefusedValuesError } from "./names";
import { chartTitle } from "./pins";
import type { RenderInput } from "./renders";

/** Helm ran and failed; the message is what it said. */
export class HelmFailure extends Error {
  override readonly name: string = "HelmFailure";
}

/** A chart's output can be long; Node's own limit is 1 MiB. */
const maxBuffer = 256 * 1024 * 1024;

/**
 * Runs helm and waits for it.
 *
 * The command is `helm`, or what the environment variable `HELM` names. Works with Helm 3 and Helm 4.
 *
 * @param input goes to its standard input
 * @returns what it prints
 * @throws HelmFailure when it fails
 * @throws ChartError when there is no helm
 */
export function runHelm(args: readonly string[], input = ""): string {
  const run = spawnSync(helmCommand(), args, { input, encoding: "utf8", maxBuffer });
  // Helm may fail before it has read everything, which is an error too; how it ended says why.
  if (run.error !== undefined && run.status === null) throw notStarted(run.error);
  if (run.status !== 0) throw new HelmFailure(saidBy(run.stderr));
  return run.stdout;
}

/** Like {@link runHelm}, without waiting: several may run at once. */
export function startHelm(args: readonly string[], input = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(helmCommand(), args, { encoding: "utf8", maxBuffer }, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
      } else {
        reject(typeof error.code === "number" ? new HelmFailure(saidBy(stderr)) : notStarted(error));
      }
    });
    // Helm may fail before it has read everything; how it ended says why.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}

/** The version of helm, such as `v4.3`. */
export function helmVersion(): string {
  return runHelm(["version", "--template", "{{.Version}}"]).trim();
}

function helmCommand(): string {
  return process.env.HELM || "helm";
}

function notStarted(error: { readonly code?: unknown; readonly message: string }): ChartError {
  return new ChartError(
    error.code === "ENOENT"
      ? `there is no command ${helmCommand()}; install Helm 3 or 4 (https://helm.sh/docs/intro/install/), or name it in the environment variable HELM`
      : `cannot run ${helmCommand()}: ${error.message}`,
  );
}

/** Helm's own words, without its prefix, warnings and hints for debugging. */
function saidBy(stderr: string): string {
  const start = stderr.search(/^Error: /m);
  const message = start === -1 ? stderr : stderr.slice(start + "Error: ".length);
  return message.replace(/\n+Use --debug flag[^\n]*/, "").trim();
}

/** A chart's folder or archive. */
interface ChartPath {
  readonly path: string;
}

/**
 * Renders a chart, without its hooks and tests.
 *
 * @throws RefusedValuesError when the chart does not render with the values
 * @throws ChartError when there is no helm
 */
export function renderChart(chart: ChartPath, input: RenderInput): readonly Manifest[] {
  try {
    return readRender(runHelm(templateArguments(chart, input), JSON.stringify(input.values)), input);
  } catch (error) {
    throw noRender(input, error);
  }
}

/** Like {@link renderChart}, without waiting: several may run at once. */
export async function startRender(chart: ChartPath, input: RenderInput): Promise<readonly Manifest[]> {
  try {
    return readRender(await startHelm(templateArguments(chart, input), JSON.stringify(input.values)), input);
  } catch (error) {
    throw noRender(input, error);
  }
}

function templateArguments({ path }: ChartPath, input: RenderInput): readonly string[] {
  const { crds } = input.values;
  return [
    "template",
    input.release,
    path,
    ...["--namespace", input.namespace],
    ...["--kube-version", input.kubernetesVersion],
    ...["--values", "-"],
    "--no-hooks",
    "--skip-tests",
    // Helm leaves a chart's custom resource definitions out unless it is asked for them.
    ...(isJsonMap(crds) && crds.create === true ? ["--include-crds"] : []),
  ];
}

/**
 * The objects of Helm's output.
 *
 * @throws RefusedValuesError when it holds anything else: that comes of values which the chart writes out unseen
 */
export function readRender(text: string, { chart }: RenderInput): readonly Manifest[] {
  try {
    return parseManifests(text, `chart ${chartTitle(chart)} with these values`);
  } catch (error) {
    throw error instanceof ChartError ? new RefusedValuesError(error.message) : error;
  }
}

/** The error for a chart that does not render: helm's own becomes a {@link RefusedValuesError}, any other stays. */
export function noRender(input: RenderInput, error: unknown): unknown {
  if (!(error instanceof HelmFailure)) return error;
  return new RefusedValuesError(
    `chart ${chartTitle(input.chart)} refuses its values: ${error.message}; its values: ${canonicalJson(input.values)}`,
  );
}
