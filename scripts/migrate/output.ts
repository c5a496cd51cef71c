import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { AlloyAgent } from "../../lib/alloy-agent";
import {
  type Diagnostic,
  DiagnosticsError,
  fileDiagnostic,
  readEnvironments,
  shownPath,
} from "../../lib/environment";
import { synthesize, tellFileErrors } from "../../lib/synthesis";
import { missingSchemas } from "../schema-files";
import type { Draft } from "./draft";
import { fleetFile, share } from "./fleet-file";
import type { TodaysEnvironment } from "./helmfile";
import { textOf } from "./write";

/** An environment of today's, and what becomes of it. */
export interface Migrated {
  readonly environment: TodaysEnvironment;
  readonly draft: Draft;
}

/** The texts of files, by their names. */
export type Files = ReadonlyMap<string, string>;

/** The files of environments, with what they have alike in one of their own. */
export function filesOf(all: readonly Migrated[]): Files {
  const { fleet, own } = share(new Map(all.map(({ draft: { name, root } }) => [name, root])));
  const files = new Map<string, string>();
  if (fleet !== undefined) {
    files.set(
      fleetFile,
      textOf(fleet, [
        schemaLine("base.schema.json"),
        " What environments have alike: they extend this file.",
      ]),
    );
  }
  for (const { environment, draft } of all) {
    files.set(
      `${draft.name}.yaml`,
      textOf(own.get(draft.name) ?? draft.root, [schemaLine("schema.json"), ...environment.comments]),
    );
  }
  return files;
}

/** The line by which editors find the schema. */
function schemaLine(schema: string): string {
  return ` yaml-language-server: $schema=${schema}`;
}

/**
 * What synth would say of the files in their folder, beside those that are there. Nothing is written there.
 *
 * @returns problems by the names of environments
 */
export function problemsTogether(files: Files, folder: string): ReadonlyMap<string, Diagnostic> {
  if (files.size === 0) return new Map();
  const trial = mkdtempSync(join(tmpdir(), "migrate-"));
  try {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      if (name.endsWith(".yaml")) copyFileSync(join(folder, name), join(trial, name));
    }
    for (const [name, text] of files) writeFileSync(join(trial, name), text);
    const names = [...files.keys()]
      .filter((name) => name !== fleetFile)
      .map((name) => basename(name, ".yaml"));
    const read = readEnvironments(trial, names);
    try {
      synthesize(read.environments, (app, one) => new AlloyAgent(app, one), read);
      return new Map();
    } catch (error) {
      if (!(error instanceof DiagnosticsError)) throw error;
      return new Map(
        error.diagnostics.map((problem) => [
          basename(problem.file, ".yaml"),
          { ...problem, message: problem.message.replaceAll(trial, shownPath(folder)) },
        ]),
      );
    }
  } finally {
    rmSync(trial, { recursive: true });
  }
}

/**
 * Writes files: all of them, or none where one is there already and has another content.
 *
 * @returns the files that are new or have changed
 * @throws DiagnosticsError where one is there already, or the file system refuses
 */
export function writeFiles(files: Files, folder: string, overwrite: boolean): readonly string[] {
  if (files.size === 0) return [];
  return tellFileErrors(folder, () => {
    const paths = [...files].map(([name, text]) => ({ path: join(folder, name), text }));
    const changed = paths.filter(
      ({ path, text }) => !existsSync(path) || readFileSync(path, "utf8") !== text,
    );
    const inTheWay = overwrite ? [] : changed.filter(({ path }) => existsSync(path));
    if (inTheWay.length > 0) {
      const message =
        "is there already, with other content; write --overwrite to replace it, or another --output";
      throw new DiagnosticsError(inTheWay.map(({ path }) => fileDiagnostic(shownPath(path), message)));
    }
    mkdirSync(folder, { recursive: true });
    const schemas = [...missingSchemas(folder)].map(([path, text]) => ({ path, text }));
    const written = [...changed, ...schemas];
    for (const { path, text } of written) writeFileSync(path, text);
    return written.map(({ path }) => shownPath(path));
  });
}
