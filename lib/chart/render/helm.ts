import { execFile, spawnSync } from "node:child_process";
import { canonicalJson } from "./manifest";
import { ChartError, RefusedValuesError } from "./names";
import { type ChartRelease, isPrerelease } from "./pins";
import { chartTitle, type RenderInput } from "./renders";
import { type ChartSource, indexedVersions, shownLocation } from "./source";

/** What to do about a place that doesn't have the chart that is wanted. */
export const elsewhere = "name another place, a folder or an archive in the environment variable ALLOY_CHART";

/** What to tell of a download that failed. */
export function noDownload(chart: ChartRelease, source: ChartSource, error: unknown): unknown {
  if (!(error instanceof HelmFailure)) return error;
  if (/version .* not found|: not found$/m.test(error.message)) return noSuchVersion(chart, source);
  // The last part of a chain of causes is the one that the operator can do something about.
  const cause = error.message
    .split(": ")
    .slice(-2)
    .join(": ")
    .replace(source.location, shownLocation(source));
  return new ChartError(
    `cannot get chart ${chartTitle(chart)} from ${shownLocation(source)}: ${cause}; ${elsewhere}`,
  );
}

/** What to tell of a version that a place has not: those that it has. */
export function noSuchVersion(chart: ChartRelease, source: ChartSource): ChartError {
  return new ChartError(`${shownLocation(source)} has no chart ${chartTitle(chart)}${newest(chart, source)}`);
}

/** What to tell of a chart that does not render. */
export function noRender(input: RenderInput, error: unknown): unknown {
  if (!(error instanceof HelmFailure)) return error;
  return new RefusedValuesError(
    `chart ${chartTitle(input.chart)} refuses its values: ${error.message}; its values: ${canonicalJson(input.values)}`,
  );
}

/** The newest versions that a place does have, to name one of them instead. */
function newest(chart: ChartRelease, source: ChartSource): string {
  try {
    const versions = source.kind === "oci" ? newestAt(source) : newestIn(chart, source);
    return versions.length === 0
      ? ", nor any other of that name"
      : `; its newest ${versions.length === 1 ? "is" : "are"} ${versions.join(", ")}`;
  } catch {
    return "";
  }
}

function newestIn({ name }: ChartRelease, source: ChartSource): readonly string[] {
  const versions = indexedVersions(name, source.location).map(({ version }) => version);
  const releases = versions.filter((version) => !isPrerelease(version));
  return (releases.length === 0 ? versions : releases).slice(0, 3);
}

/** A registry has no index; asked for no version, helm shows the newest. */
function newestAt({ location }: ChartSource): readonly string[] {
  const about = runHelm(["show", "chart", location]);
  return [...about.matchAll(/^version: (.*)$/gm)].map(([, version = ""]) => version);
}

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

/** Like {@link runHelm}, beside others. */
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
