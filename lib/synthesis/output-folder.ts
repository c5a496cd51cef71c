import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Diagnostic, DiagnosticsError, fileDiagnostic } from "../environment";
import { acquireLock } from "./lock";
import type { Manifests } from "./synthesize";

/** The file of an environment's folder that lists the files that synth wrote there: these alone it replaces or removes. */
export const indexName = ".generated-files";

/** The folder of the output in which a run prepares what it writes. It is there while a run is. */
const workName = ".synth";

const indexHead =
  "# The files here that `npm run synth` wrote, and replaces or removes. Commit this file with them.\n";

/** What the output has of one environment, beside what it should have. */
export interface Difference {
  readonly environment: string;
  /** `new`: there was none of it. `removed`: there is no such environment any more. */
  readonly state: "new" | "changed" | "removed";
  /** Files that are new or have another content. */
  readonly written: readonly string[];
  /** Files that synth wrote before, and that are generated no more. */
  readonly removed: readonly string[];
  /** Files and folders that synth did not write. They stay. */
  readonly foreign: readonly string[];
}

/**
 * A folder that gets a folder of manifests for each environment.
 *
 * What else is in it is left alone. An environment's folder is replaced as a whole, by renaming: a run that is killed
 * leaves each either as it was or as it should be, or the next run brings it back.
 */
export class OutputFolder {
  private readonly work: string;

  constructor(readonly path: string) {
    this.work = join(path, workName);
  }

  /**
   * What {@link write} would change. Nothing is written.
   *
   * @param all whether these are all environments: then the folders of others, which synth wrote, are to be removed
   * @throws DiagnosticsError where a file that synth did not write is in the way, or a link
   */
  differences(environments: ReadonlyMap<string, Manifests>, all: boolean): readonly Difference[] {
    if (statSync(this.path, { throwIfNoEntry: false })?.isDirectory() === false) {
      throw new DiagnosticsError([fileDiagnostic(this.path, "is no folder; name one")]);
    }
    const diagnostics: Diagnostic[] = [];
    const differences = [...environments].flatMap(([environment, manifests]) => {
      const { diagnostic, difference } = this.differenceOf(environment, manifests);
      if (diagnostic !== undefined) diagnostics.push(diagnostic);
      return difference ?? [];
    });
    if (diagnostics.length > 0) throw new DiagnosticsError(diagnostics);
    return all ? [...differences, ...this.removals(environments)] : differences;
  }

  /**
   * Brings the folder up to date: all of it, or, where something fails before the first folder is replaced, nothing.
   *
   * @returns what was changed
   * @throws DiagnosticsError like {@link differences}, or where another run doesn't end
   */
  write(environments: ReadonlyMap<string, Manifests>, all: boolean): readonly Difference[] {
    if (!existsSync(this.work) && this.differences(environments, all).length === 0) return [];
    mkdirSync(this.path, { recursive: true });
    // What is in the work folder goes: through a link it would be another's.
    if (lstatSync(this.work, { throwIfNoEntry: false })?.isDirectory() === false) {
      throw new DiagnosticsError([
        fileDiagnostic(this.work, "is no folder, but synth keeps its own work there; move it away"),
      ]);
    }
    const release = acquireLock(join(this.work, "lock"));
    try {
      this.recover();
      const differences = this.differences(environments, all);
      for (const difference of differences) {
        this.prepare(difference, environments.get(difference.environment));
      }
      for (const { environment } of differences) this.replace(environment);
      return differences;
    } finally {
      this.recover();
      release();
    }
  }

  /** The manifests beside those of environments that synth did not write. What only composes others is none. */
  strayManifests(environments: ReadonlyMap<string, Manifests>): readonly string[] {
    return [...environments]
      .map(([environment, manifests]) => ({ folder: join(this.path, environment), manifests }))
      .filter(({ folder }) => existsSync(folder))
      .flatMap(({ folder, manifests }) =>
        contentOf(folder)
          .foreign.filter((name) => /\.(ya?ml|json)$/.test(name) && !/^kustomization\.ya?ml$/.test(name))
          // What the list alone lacks is none.
          .filter((name) => !manifests.has(name))
          .map((name) => join(folder, name)),
      );
  }

  private differenceOf(
    environment: string,
    manifests: Manifests,
  ): { readonly diagnostic?: Diagnostic; readonly difference?: Difference } {
    const folder = join(this.path, environment);
    const entry = lstatSync(folder, { throwIfNoEntry: false });
    if (entry === undefined) {
      const written = [...manifests.keys()];
      return { difference: { environment, state: "new", written, removed: [], foreign: [] } };
    }
    if (!entry.isDirectory()) {
      const what = entry.isSymbolicLink() ? "a link, which is not followed" : "no folder";
      return { diagnostic: fileDiagnostic(folder, `is ${what}; move it away`) };
    }
    const { owned, foreign } = contentOf(folder);
    const written = [...manifests].flatMap(([name, text]) => (hasText(join(folder, name), text) ? [] : name));
    const inTheWay = written.filter((name) => foreign.includes(name));
    const [first] = inTheWay;
    if (first !== undefined) {
      const others = inTheWay.length > 1 ? ` and ${inTheWay.length - 1} more` : "";
      return {
        diagnostic: fileDiagnostic(
          folder,
          `holds ${first}${others}, which synth would replace and did not write; move the folder away, or remove it if an older version of this project wrote it`,
        ),
      };
    }
    const removed = owned.filter((name) => !manifests.has(name));
    const isListed = [...manifests.keys()].every((name) => owned.includes(name));
    if (written.length === 0 && removed.length === 0 && isListed) return {};
    const state = owned.length === 0 && written.length === manifests.size ? "new" : "changed";
    const others = foreign.filter((name) => !manifests.has(name));
    return { difference: { environment, state, written, removed, foreign: others } };
  }

  /** The folders that synth wrote for environments that are no more. */
  private removals(environments: ReadonlyMap<string, Manifests>): readonly Difference[] {
    if (!existsSync(this.path)) return [];
    return readdirSync(this.path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== workName && !environments.has(entry.name))
      .map(({ name }) => ({ environment: name, ...contentOf(join(this.path, name)) }))
      .filter(({ owned }) => owned.length > 0)
      .map(({ environment, owned, foreign }) => ({
        environment,
        state: "removed",
        written: [],
        removed: owned,
        foreign,
      }));
  }

  /** Writes what is to take the place of an environment's folder. */
  private prepare({ environment, foreign }: Difference, manifests: Manifests | undefined): void {
    // Without manifests the folder is needed for what else it holds alone.
    if (manifests === undefined && foreign.length === 0) return;
    const folder = join(this.work, "new", environment);
    mkdirSync(folder, { recursive: true });
    if (manifests === undefined) return;
    for (const [name, text] of withIndex(manifests)) writeFileSync(join(folder, name), text);
  }

  private replace(environment: string): void {
    const folder = join(this.path, environment);
    const prepared = join(this.work, "new", environment);
    if (!existsSync(prepared)) {
      this.discard(folder, environment);
      return;
    }
    if (existsSync(folder)) {
      mkdirSync(join(this.work, "old"), { recursive: true });
      renameSync(folder, join(this.work, "old", environment));
    }
    renameSync(prepared, folder);
    this.finish(environment);
  }

  /** Gives the new folder what the old one held of others. */
  private finish(environment: string): void {
    const old = join(this.work, "old", environment);
    if (!existsSync(old)) return;
    for (const name of contentOf(old).foreign) {
      const place = join(this.path, environment, name);
      if (lstatSync(place, { throwIfNoEntry: false }) === undefined) renameSync(join(old, name), place);
    }
    this.discard(old, environment);
  }

  /** Takes a folder out of sight by one step, as removing it takes many. */
  private discard(folder: string, environment: string): void {
    mkdirSync(join(this.work, "discarded"), { recursive: true });
    renameSync(folder, join(this.work, "discarded", environment));
  }

  /** Ends what a run that was killed had begun: a folder that had been taken away comes back, or its new one stays. */
  private recover(): void {
    const old = join(this.work, "old");
    for (const environment of existsSync(old) ? readdirSync(old) : []) {
      const folder = join(this.path, environment);
      if (existsSync(folder)) {
        this.finish(environment);
      } else {
        renameSync(join(old, environment), folder);
      }
    }
    for (const name of ["old", "new", "discarded"]) {
      rmSync(join(this.work, name), { recursive: true, force: true });
    }
  }
}

/** What synth writes to an environment's folder: the manifests, and the list of them. */
export function withIndex(manifests: Manifests): Manifests {
  const lines = [...manifests.keys()].sort().map((name) => `${name}\n`);
  return new Map([...manifests, [indexName, indexHead + lines.join("")]]);
}

/** The names that the text of an index lists. */
export function namesInIndex(text: string): readonly string[] {
  return text.split(/\r?\n/);
}

/** What an environment's folder holds. */
function contentOf(folder: string): {
  readonly owned: readonly string[];
  readonly foreign: readonly string[];
} {
  const names = readdirSync(folder).sort();
  const listed = new Set(names.includes(indexName) ? readIndex(join(folder, indexName)) : []);
  return {
    owned: names.filter((name) => listed.has(name)),
    foreign: names.filter((name) => !listed.has(name) && name !== indexName),
  };
}

/** Names that are no file's next to the index are no names of files that synth wrote: they match none. */
function readIndex(file: string): readonly string[] {
  return lstatSync(file).isFile() ? namesInIndex(readFileSync(file, "utf8")) : [];
}

function hasText(file: string, text: string): boolean {
  const entry = lstatSync(file, { throwIfNoEntry: false });
  return entry?.isFile() === true && readFileSync(file, "utf8") === text;
}
