import { compareDiagnostics, type Diagnostic, formatDiagnostic } from "../../lib/environment";
import { formatKey, type SettingKey } from "../../lib/schema";
import type { Place } from "./value";

/** Says something of a line of today's files. A key that isn't there is named by its text. */
export type Say = (place: Place, key: SettingKey | string, message: string) => void;

/** What is said of the lines that an environment is made of. */
export interface Said {
  /** Says what becomes of a line that is not in what is written as it stands. */
  readonly tell: Say;
  /** Says what keeps the environment from being written. */
  readonly refuse: Say;
}

/** Something said, and of which environments: several may be made of one file. */
interface Remark {
  readonly problem: Diagnostic;
  readonly environments: Set<string>;
}

/** What a migration says, line by line. */
export class MigrationReport {
  private readonly told = new Map<string, Remark>();
  private readonly refused = new Map<string, Remark>();
  private readonly readers = new Map<string, Set<string>>();

  private readonly known = new Set<string>();

  /** Takes what is said of an environment; of none, where it is of all. */
  of(environment: string): Said {
    if (environment !== "") this.known.add(environment);
    return {
      tell: (...line) => this.add(this.told, environment, ...line),
      refuse: (...line) => this.add(this.refused, environment, ...line),
    };
  }

  /** Notes that an environment is made of a file. */
  read(environment: string, file: string): void {
    this.readers.set(file, (this.readers.get(file) ?? new Set()).add(environment));
  }

  /** Whether something keeps an environment from being written. */
  isRefused(environment: string): boolean {
    return [...this.refused.values()].some(({ environments }) => environments.has(environment));
  }

  /** How many environments something was said of. */
  get environments(): number {
    return this.known.size;
  }

  /** What became of lines, by file, line and column. */
  get lines(): readonly string[] {
    return this.sorted(this.told).map(formatDiagnostic);
  }

  /** What keeps environments from being written. */
  get problems(): readonly Diagnostic[] {
    return this.sorted(this.refused);
  }

  private add(
    remarks: Map<string, Remark>,
    environment: string,
    place: Place,
    key: SettingKey | string,
    message: string,
  ): void {
    const problem: Diagnostic = {
      severity: "error",
      ...place,
      key: typeof key === "string" ? key : formatKey(key),
      message,
    };
    const text = formatDiagnostic(problem);
    const remark = remarks.get(text) ?? { problem, environments: new Set() };
    remark.environments.add(environment);
    remarks.set(text, remark);
  }

  /** Each with the environments that it holds for, where the file is of others too. */
  private sorted(remarks: ReadonlyMap<string, Remark>): readonly Diagnostic[] {
    return [...remarks.values()]
      .map(({ problem, environments }) => {
        const isOfAll = [...(this.readers.get(problem.file) ?? [])].every((name) => environments.has(name));
        return isOfAll
          ? problem
          : { ...problem, message: `${problem.message} (${[...environments].join(", ")})` };
      })
      .sort(compareDiagnostics);
  }
}
