import { readdirSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import { nearest } from "../alloy";
import { alternatives, dnsLabel, hasValue, Report } from "../schema";
import { Bases } from "./bases";
import { Draft, draftOf } from "./draft";
import { check, checkEnvironment, clusterAtRemote, type RemoteSender, sharedLabels } from "./rules";
import { type Environment, toEnvironment } from "./settings/environment";
import { compareText, type Diagnostic, DiagnosticsError, fileDiagnostic } from "./yaml/diagnostic";
import { readText, reason } from "./yaml/file";

/** A file of an environments' folder. */
export interface EnvironmentFile {
  /** The environment's name. */
  readonly name: string;
  /** The path as the operator would write it. */
  readonly file: string;
}

/**
 * The files of a folder that look like environments, by name. Hidden ones are an editor's, and those that begin with `_`
 * are there for others to extend.
 *
 * @throws DiagnosticsError when there are none
 */
export function environmentFiles(folder: string): readonly EnvironmentFile[] {
  const refuse = (message: string) => new DiagnosticsError([fileDiagnostic(shownPath(folder), message)]);
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch (error) {
    throw refuse(`cannot be read: ${reason(error)}; name a folder of environment files`);
  }
  const files = entries
    .filter((entry) => /^[^._].*\.ya?ml$/i.test(entry))
    .sort(compareText)
    .map((entry) => ({ name: entry.replace(/\.[^.]*$/, ""), file: shownPath(join(folder, entry)) }));
  if (files.length === 0) throw refuse("holds no environment; write one, such as default.yaml");
  return files;
}

/** What is wrong with the file's name. */
function nameDiagnostic({ name, file }: EnvironmentFile): Diagnostic | undefined {
  if (!file.endsWith(".yaml")) {
    return fileDiagnostic(
      file,
      `is not read, since its name doesn't end in .yaml; rename it to ${name}.yaml`,
    );
  }
  if (name === "constructor") {
    return fileDiagnostic(file, "is a word of JavaScript, by which no environment can be named; rename it");
  }
  if (dnsLabel.test(name)) return undefined;
  const better = nearestName(name);
  return fileDiagnostic(
    file,
    `names a folder of manifests, and may hold at most 63 lower-case letters, digits and "-"; rename it${better === undefined ? "" : ` to ${better}.yaml`}`,
  );
}

/** The name of an environment that is most like a text which is none. */
export function nearestName(text: string): string | undefined {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-|-$/g, "");
  return dnsLabel.test(name) ? name : undefined;
}

/** Relative to the current directory when it is below it. */
export function shownPath(path: string): string {
  const fromHere = relative("", path);
  const below = fromHere !== "" && !/^\.\.([/\\]|$)/.test(fromHere) && !isAbsolute(fromHere);
  return below ? fromHere : path;
}

/** What files of a folder hold. */
export interface ReadEnvironments {
  /** Those that have no mistake of their own. */
  readonly environments: readonly Environment[];
  /** What is right of the others. */
  readonly drafts: readonly Draft[];
  /** Every mistake of every file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What files of a folder hold, each read by itself. */
export interface ReadFiles extends ReadEnvironments {
  /** The labels that must differ from those of the folder's other files. */
  readonly senders: readonly RemoteSender[];
}

/**
 * Reads the environments of a folder: its files `<name>.yaml`, in the order of the files' names by code unit.
 *
 * With names only those environments are returned, and only their mistakes reported. The others are read all
 * the same, since each needs a label of its own among all of them.
 *
 * @param names @default - all
 * @throws DiagnosticsError when the folder can't be read
 */
export function readEnvironments(folder: string, names: readonly string[] = []): ReadEnvironments {
  const files = environmentFiles(folder);
  const wanted = new Set(names.length > 0 ? names : files.map(({ name }) => name));
  const bases = new Bases(folder);
  const read = (isMeant: (file: EnvironmentFile) => boolean) =>
    readFiles(folder, files.filter(isMeant), bases);
  const { environments, drafts, diagnostics, senders } = read(({ name }) => wanted.has(name));
  const others = read(({ name }) => !wanted.has(name));
  return {
    environments,
    drafts,
    diagnostics: [
      ...unknownNames(folder, wanted, files),
      ...diagnostics,
      ...sharedLabels(senders, others.senders),
    ],
  };
}

/** Reads files of a folder, each by itself: the rule across files, {@link sharedLabels}, is left to do. */
export function readFiles(
  folder: string,
  files: readonly EnvironmentFile[],
  bases = new Bases(folder),
): ReadFiles {
  const results = files.map((file) => readFile(file, bases));
  return {
    environments: results.flatMap(({ environment }) => environment ?? []),
    drafts: results.flatMap(({ draft }) => draft ?? []),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
    senders: results.flatMap(({ sender }) => sender ?? []),
  };
}

/**
 * Reads the environments of a folder, as {@link readEnvironments} does, where none may have a mistake.
 *
 * @param names @default - all
 * @throws DiagnosticsError with every mistake of every file
 */
export function loadEnvironments(folder: string, names?: readonly string[]): readonly Environment[] {
  const { environments, diagnostics } = readEnvironments(folder, names);
  if (diagnostics.length > 0) throw new DiagnosticsError(diagnostics);
  return environments;
}

/** An environment, or what is wrong with its file. */
interface EnvironmentResult {
  /** Absent when there are diagnostics. */
  readonly environment?: Environment | undefined;
  /** What is right of a file with diagnostics. Absent where too little is. */
  readonly draft?: Draft | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Present when the environment sends to a remote, whatever else is wrong with it. */
  readonly sender?: RemoteSender | undefined;
}

/**
 * Reads the settings of one environment.
 *
 * @param file as it is shown to the operator
 * @param bases reads what the file extends
 */
export function readEnvironment(
  name: string,
  file: string,
  text: string,
  bases = new Bases(dirname(file)),
): EnvironmentResult {
  const { source, value, diagnostics, isIncomplete, wrong, idle, alloyFiles } = bases.layers(file, text);
  if (value === undefined) return { diagnostics };
  const { settings, set, chartValues, report } = check(value, new Report(wrong), isIncomplete);
  if (isIncomplete) {
    // What is missing here may be said there.
    const own = report.mistakes.filter(({ key }) => hasValue(set, key));
    return {
      diagnostics: [...diagnostics, ...own.map(({ key, message }) => source.diagnostic(key, message))],
    };
  }
  for (const { key, message } of idle) if (!report.has(key)) report.add(key, message);
  const isRight = settings !== undefined && diagnostics.length + report.mistakes.length === 0;
  const environment = isRight ? toEnvironment(name, source, settings, chartValues, alloyFiles) : undefined;
  if (environment !== undefined) checkEnvironment(environment, set, report);
  const draft =
    environment === undefined
      ? draftOf(name, source, value, alloyFiles, report)
      : new Draft(environment, value, [], report.wrongKeys);
  const cluster = clusterAtRemote(set, report);
  const mistakes = report.mistakes.map(({ key, message }) => source.diagnostic(key, message));
  // A label that both have of a file that they extend is to be written in their own.
  const sender =
    cluster === undefined ? undefined : { cluster, label: source.ownDiagnostic(["remote", "label"], "") };
  source.release();
  return {
    diagnostics: [...diagnostics, ...mistakes],
    sender,
    ...(environment !== undefined && mistakes.length === 0 ? { environment } : { draft }),
  };
}

function readFile(file: EnvironmentFile, bases: Bases): EnvironmentResult {
  const text = readText(file.file);
  const misnamed = nameDiagnostic(file);
  // It is built for its other mistakes, under a name by which something can be.
  const name = misnamed ? "misnamed" : file.name;
  const result =
    typeof text === "string" ? readEnvironment(name, file.file, text, bases) : { diagnostics: [text] };
  return misnamed ? { ...result, diagnostics: [misnamed, ...result.diagnostics] } : result;
}

function unknownNames(
  folder: string,
  wanted: Iterable<string>,
  files: readonly EnvironmentFile[],
): Diagnostic[] {
  const known = files.map(({ name }) => name);
  const advice = (name: string) =>
    name.startsWith("_")
      ? "its name begins with _, so that it is there for others to extend; write one of those"
      : `write ${nearest(name, known) ?? alternatives(known)}`;
  return [...wanted]
    .filter((name) => !known.includes(name))
    .map((name) => fileDiagnostic(name || '""', `is no environment of ${folder}; ${advice(name)}`));
}
