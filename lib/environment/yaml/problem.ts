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
}

/** Every mistake of every file that was read, by file, line and column. */
export class Problems extends Error {
  override readonly name = "Problems";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = problems.toSorted(compareProblems);
    super(sorted.map(formatProblem).join("\n"));
    this.problems = sorted;
  }

  /** A line for each problem, and nothing else. */
  override toString(): string {
    return this.message;
  }
}

/** `environments/x.yaml:LINE:COLUMN: key: what is wrong; what to write` */
export function formatProblem(problem: Problem): string {
  const place = problem.line === 0 ? problem.file : `${problem.file}:${problem.line}:${problem.column}`;
  // A parser's words may quote what it read, line ends included.
  const message = problem.message.replaceAll(/\s*[\r\n]\s*/g, " ");
  return [place, problem.key, message].filter((part) => part !== "").join(": ");
}

function compareProblems(a: Problem, b: Problem): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.key, b.key);
}

/** By UTF-16 code unit, so that the order doesn't depend on the machine's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
