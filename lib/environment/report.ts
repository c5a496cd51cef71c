import type { Problem } from "./problem";
import type { SettingKey } from "./setting-key";
import type { EnvironmentSource } from "./source";

/** Collects the problems of one file, and knows which settings have one. */
export class Report {
  readonly problems: Problem[] = [];
  private readonly wrong: SettingKey[] = [];

  constructor(private readonly source: EnvironmentSource) {}

  /** @param meant the setting that a misspelt key stands for */
  add(key: SettingKey, message: string, meant: SettingKey = key): void {
    this.problems.push(this.source.problem(key, message));
    this.wrong.push(meant);
  }

  /** Whether a problem with the setting, or with what it stands in, is known. */
  has(key: SettingKey): boolean {
    return this.wrong.some((wrong) => wrong.every((part, index) => part === key[index]));
  }
}
