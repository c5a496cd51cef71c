import { checkFormat, type Format, type FormatOfValue, literalSecret } from "../schema/format";
import type { Place } from "../syntax/source";
import type { Placed, Syntax } from "../syntax/tree";

/** An `error` is what Alloy refuses, at its start or while it runs; a `warning` is what has no effect, or is unwise. */
export type Severity = "error" | "warning";

/** What is wrong at a place of a config, and what to write instead. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly at: Place;
  readonly message: string;
}

/** Gathers what is wrong with a config. */
export class Diagnostics {
  private readonly all: Diagnostic[] = [];

  /** Where what has no place of its own stands. */
  constructor(private readonly file: Place) {}

  add(severity: Severity, { at = this.file }: Placed, message: string): void {
    this.all.push({ severity, at, message });
  }

  /** Checks a value against what is taken. */
  format(format: Format, value: Syntax, given: FormatOfValue): void {
    checkFormat(format, value, given, (message, part) => {
      // Alloy takes it; whoever reads the text has it.
      this.add(message === literalSecret ? "warning" : "error", part, message);
    });
  }

  /** In the order of the text. */
  get sorted(): readonly Diagnostic[] {
    return this.all.toSorted((one, other) => one.at.start - other.at.start);
  }
}
