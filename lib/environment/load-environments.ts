import { nearest } from "../nearest";
import type { Environment } from "./environment";
import {
  type EnvironmentFile,
  environmentFiles,
  fileProblem,
  nameProblem,
  readText,
} from "./environment-file";
import { alternatives } from "./kind";
import { type Problem, Problems } from "./problem";
import { type EnvironmentResult, readEnvironment } from "./read-environment";
import { sharedLabels } from "./shared-labels";

/** What the files of a folder hold. */
export interface ReadEnvironments {
  /** Those that have no mistake of their own. */
  readonly environments: readonly Environment[];
  /** Every mistake of every file. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the environments of a folder: its files `<name>.yaml`, in the order of the files' names by code unit.
 *
 * With names only those environments are returned, and only their mistakes reported. The others are read all
 * the same, since each needs a label of its own among all of them.
 *
 * @param names @default - all
 * @throws Problems when the folder can't be read
 */
export function readEnvironments(folder: string, names: readonly string[] = []): ReadEnvironments {
  const files = environmentFiles(folder);
  const wanted = new Set(names.length > 0 ? names : files.map(({ name }) => name));
  const chosen = files.filter(({ name }) => wanted.has(name)).map(readFile);
  const others = files.filter(({ name }) => !wanted.has(name)).map(readFile);
  return {
    environments: chosen.flatMap(({ environment }) => environment ?? []),
    problems: [
      ...unknownNames(folder, wanted, files),
      ...chosen.flatMap((result) => result.problems),
      ...sharedLabels(senders(chosen), senders(others)),
    ],
  };
}

/**
 * Reads the environments of a folder, as {@link readEnvironments} does, where none may have a mistake.
 *
 * @param names @default - all
 * @throws Problems with every mistake of every file
 */
export function loadEnvironments(folder: string, names?: readonly string[]): readonly Environment[] {
  const { environments, problems } = readEnvironments(folder, names);
  if (problems.length > 0) throw new Problems(problems);
  return environments;
}

function readFile(file: EnvironmentFile): EnvironmentResult {
  const text = readText(file);
  const result =
    typeof text === "string" ? readEnvironment(file.name, file.file, text) : { problems: [text] };
  const misnamed = nameProblem(file);
  return misnamed ? { ...result, problems: [misnamed, ...result.problems] } : result;
}

function senders(results: readonly EnvironmentResult[]) {
  return results.flatMap(({ sender }) => sender ?? []);
}

function unknownNames(
  folder: string,
  wanted: Iterable<string>,
  files: readonly EnvironmentFile[],
): Problem[] {
  const known = files.map(({ name }) => name);
  return [...wanted]
    .filter((name) => !known.includes(name))
    .map((name) =>
      fileProblem(
        name,
        `is no environment of ${folder}; write ${nearest(name, known) ?? alternatives(known)}`,
      ),
    );
}
