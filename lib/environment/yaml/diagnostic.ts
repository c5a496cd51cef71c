import { escapedForTerminal, inOneLine } from "../../schema";

/** An error keeps everything from being written; a warning or a notice is said beside what is written. */
export type Severity = "error" | "warning" | "notice";

/** What there is to say about a place of an environment file, to the one who wrote it. */
export interface Diagnostic {
  readonly severity: Severity;
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

/** An error of a file or folder as a whole. */
export function fileDiagnostic(file: string, message: string): Diagnostic {
  return { severity: "error", file, line: 0, column: 0, key: "", message };
}

/** All errors of all files that were read, by file, line and column. */
export class DiagnosticsError extends Error {
  override readonly name = "DiagnosticsError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const sorted = distinct(diagnostics).toSorted(compareDiagnostics);
    super(sorted.map(formatDiagnostic).join("\n"));
    this.diagnostics = sorted;
  }

  /** A line for each diagnostic, and nothing else. */
  override toString(): string {
    return this.message;
  }
}

/** Each diagnostic once: a mistake in a file that others extend is a mistake of all of them. */
export function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = new Map<string, Diagnostic>();
  for (const { extendedBy, ...diagnostic } of diagnostics) {
    const id = JSON.stringify([
      diagnostic.file,
      diagnostic.line,
      diagnostic.column,
      diagnostic.key,
      diagnostic.message,
    ]);
    const before = known.get(id);
    const isOwn = extendedBy === undefined || (before !== undefined && before.extendedBy === undefined);
    known.set(
      id,
      isOwn ? diagnostic : { ...diagnostic, extendedBy: [...(before?.extendedBy ?? []), ...extendedBy] },
    );
  }
  return [...known.values()];
}

/** `environments/x.yaml:LINE:COLUMN: key: what is wrong; what to write` */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const place =
    diagnostic.line === 0 ? diagnostic.file : `${diagnostic.file}:${diagnostic.line}:${diagnostic.column}`;
  // A parser's words may quote what it read, line ends included.
  const message = inOneLine(diagnostic.message);
  const said = escapedForTerminal([place, diagnostic.key, message].filter((part) => part !== "").join(": "));
  const [first, ...others] = diagnostic.extendedBy ?? [];
  if (first === undefined) return said;
  return `${said} (for ${escapedForTerminal(first)}${others.length > 0 ? ` and ${others.length} more` : ""})`;
}

/** By file, line, column and key. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.key, b.key);
}

/** By UTF-16 code unit, so that the order doesn't depend on the machine's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
