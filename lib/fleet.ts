import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { AlloyAgent } from "./alloy-agent";
import {
  type Diagnostic,
  DiagnosticsError,
  type EnvironmentFile,
  environmentFiles,
  type ReadEnvironments,
  type ReadFiles,
  readEnvironments,
  readFiles,
  sharedLabels,
} from "./environment";
import { type Places, type Synthesized, synthesizeRight } from "./synthesis";

// The manifests of all environments of a folder. Many are shared out among the processors.

/** The manifests of environments that have no mistake. */
export interface Fleet extends Pick<Synthesized, "manifests"> {
  /** What the operator should know though nothing is wrong. */
  readonly notices: readonly Diagnostic[];
}

/** Some of a folder's environments. */
export interface Share {
  readonly folder: string;
  readonly files: readonly EnvironmentFile[];
}

/** What comes of a share: plain data, which can be sent between threads. */
export interface DoneShare extends Fleet, Synthesized, Pick<ReadFiles, "senders"> {}

const scripts = join(__dirname, "..", "scripts");

/** A thread takes as long to start as so many environments take. */
const startOfThread = 15;

/** How many environments are worth a thread of their own. */
const worthThread = 25;

/** A container may be allowed less of a processor and of memory than Node counts there, and each thread takes some 80 MB. */
const mostThreads = 4;

/**
 * Reads the environments of a folder and gives their manifests.
 *
 * @param threads how many there may be @default - as many as there are processors, up to four
 * @throws DiagnosticsError with every mistake of every environment
 */
export async function synthesizeFleet(
  { environments: folder, names }: Pick<Places, "environments" | "names">,
  threads = threadsHere(),
): Promise<Fleet> {
  if (names !== undefined) return right(built(readEnvironments(folder, names)));
  const shares = sharesOf(environmentFiles(folder), threads).map((files) => ({ folder, files }));
  // The first is done in this thread, while the others are done in theirs.
  const others = shares.slice(1).map(inThread);
  const first = shares.slice(0, 1).map(async (share) => doShare(share));
  const done = await Promise.all([...first, ...others]);
  return right({
    manifests: new Map(done.flatMap(({ manifests }) => [...manifests])),
    notices: done.flatMap(({ notices }) => notices),
    diagnostics: [
      ...done.flatMap(({ diagnostics }) => diagnostics),
      ...sharedLabels(done.flatMap(({ senders }) => senders)),
    ],
  });
}

/** How many threads there may be on this machine. */
export function threadsHere(): number {
  return Math.min(availableParallelism(), mostThreads);
}

/** Parts of a list, in its order. They take equally long: all but the first have to start a thread. */
function sharesOf<Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] {
  const count = Math.max(1, Math.min(most, Math.floor(items.length / worthThread)));
  const each = (items.length + (count - 1) * startOfThread) / count;
  const endOf = (share: number) => Math.round(each + share * (each - startOfThread));
  return Array.from({ length: count }, (_, share) =>
    items.slice(share === 0 ? 0 : endOf(share - 1), endOf(share)),
  );
}

/** Does a share. {@link sharedLabels} of all is left to do. */
export function doShare({ folder, files }: Share): DoneShare {
  const read = readFiles(folder, files);
  return { ...built(read), senders: read.senders };
}

/** Does a share in a thread of its own. What can't be done there is done, and fails, in this one. */
async function inThread(share: Share): Promise<DoneShare> {
  const done = await new Promise<DoneShare | undefined>((resolve) => {
    const argv = [join(scripts, "fleet-thread.ts")];
    new Worker(join(scripts, "run.js"), { argv, workerData: share, stderr: true })
      .once("message", resolve)
      .once("error", () => resolve(undefined))
      .once("exit", () => resolve(undefined));
  });
  return done ?? doShare(share);
}

function built(read: ReadEnvironments): Fleet & Synthesized {
  const notices: Diagnostic[] = [];
  const synthesized = synthesizeRight(read, (app, environment) => {
    notices.push(...new AlloyAgent(app, environment).notices);
  });
  return { ...synthesized, notices };
}

function right({ manifests, notices, diagnostics }: Fleet & Synthesized): Fleet {
  if (diagnostics.length > 0) throw new DiagnosticsError(diagnostics);
  return { manifests, notices };
}
