/** A mistake in an environment file, said to the one who wrote it. */
export interface Problem {
  /** Relative to the current directory where the file is below it. */
  readonly file: string;
  /** From 1; 0 when the mistake is the file or folder itself. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count; 0 like `line`. */
  readonly column: number;
  /** The setting, such as `remote.label`; empty when it is none. */
  readonly key: string;
  /** What is wrong; what to write instead. */
  readonly message: string;
  /** The files that have the mistake by extending this one. @default - none: it is the file's own */
  readonly extendedBy?: readonly string[];
}

/** A problem with a file or folder as a whole. */
export function fileProblem(file: string, message: string): Problem {
  return { file, line: 0, column: 0, key: "", message };
}

/** Every mistake of every file that was read, by file, line and column. */
export class Problems extends Error {
  override readonly name = "Problems";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = distinct(problems).toSorted(compareProblems);
    super(sorted.map(formatProblem).join("\n"));
    this.problems = sorted;
  }

  /** A line for each problem, and nothing else. */
  override toString(): string {
    return this.message;
  }
}

/** Each problem once: a mistake in a file that others extend is a mistake of all of them. */
export function distinct(problems: readonly Problem[]): readonly Problem[] {
  const known = new Map<string, Problem>();
  for (const { extendedBy, ...problem } of problems) {
    const id = JSON.stringify([problem.file, problem.line, problem.column, problem.key, problem.message]);
    const before = known.get(id);
    const isOwn = extendedBy === undefined || (before !== undefined && before.extendedBy === undefined);
    known.set(
      id,
      isOwn ? problem : { ...problem, extendedBy: [...(before?.extendedBy ?? []), ...extendedBy] },
    );
  }
  return [...known.values()];
}

/** `environments/x.yaml:LINE:COLUMN: key: what is wrong; what to write` */
export function formatProblem(problem: Problem): string {
  const place = problem.line === 0 ? problem.file : `${problem.file}:${problem.line}:${problem.column}`;
  // A parser's words may quote what it read, line ends included.
  const message = problem.message.replaceAll(/\s*[\r\n]\s*/g, " ");
  const said = [place, problem.key, message].filter((part) => part !== "").join(": ");
  const [first, ...others] = problem.extendedBy ?? [];
  if (first === undefined) return said;
  return `${said} (for ${first}${others.length > 0 ? ` and ${others.length} more` : ""})`;
}

function compareProblems(a: Problem, b: Problem): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.key, b.key);
}

/** By UTF-16 code unit, so that the order doesn't depend on the machine's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
