import { chartSchema, isPlaced, isRefusedValue, placedValues } from "../chart";
import {
  formatKey,
  hasValue,
  isRecord,
  isWithin,
  keyBefore,
  overlap,
  type PlainSettings,
  Report,
  type SettingError,
  type SettingKey,
  valueAt,
  without,
  withValue,
} from "../schema";
import { chartVersionIn, check, checkEnvironment, split } from "./rules";
import { exampleOf } from "./setting-tree";
import type { AlloyFile } from "./settings/alloy";
import { urlNames } from "./settings/destinations";
import { type Environment, toEnvironment } from "./settings/environment";
import type { Diagnostic } from "./yaml/diagnostic";
import type { EnvironmentSource } from "./yaml/source";

/**
 * An environment without what is wrong in its file, or with right values in its place. It is built for the mistakes that
 * only building finds, and never written.
 */
export class Draft {
  /**
   * @param value all that the file has
   * @param gone the keys of what is left out
   * @param meant those of what was meant by it, as far as that is known
   */
  constructor(
    readonly environment: Environment,
    private readonly value: PlainSettings,
    private readonly gone: readonly SettingKey[],
    private readonly meant: readonly SettingKey[],
  ) {}

  /** A mistake that building finds, at its place in the file; none where it may follow from what is wrong. */
  diagnostic(error: SettingError): Diagnostic | undefined {
    const { key, message, restsOn, at } = error;
    const { source } = this.environment;
    if (at !== undefined) return this.wrongIn(restsOn).length > 0 ? undefined : source.errorOf(error);
    const place = this.placeOf(key);
    const follows = this.wrongIn(restsOn).some((one) => this.mayName(one, key.at(-1)));
    return follows || place === undefined ? undefined : source.diagnostic(place, message);
  }

  /** Where the file has what has a key here; nowhere if something is wrong with it. */
  placeOf(key: SettingKey): SettingKey | undefined {
    const place = keyBefore(key, this.gone);
    return this.isWrong(place) ? undefined : place;
  }

  /** Whether a mistake is known of a setting, of what it stands in, or of what stands in it. */
  isWrong(key: SettingKey): boolean {
    return this.wrongIn([key]).length > 0;
  }

  private wrongIn(keys: readonly SettingKey[]): readonly SettingKey[] {
    return [...this.gone, ...this.meant].filter((wrong) => keys.some((key) => overlap(wrong, key)));
  }

  /** Whether what is wrong at a key may be meant to have a name in it: that of a Secret, say. */
  private mayName(key: SettingKey, name: string | number | undefined): boolean {
    const value = valueAt(this.value, key);
    if (value !== undefined && !isRecord(value) && !Array.isArray(value)) return !isUrl(key);
    return value === undefined || JSON.stringify(value).includes(JSON.stringify(name));
  }
}

/** How many times at most what is wrong is left out and the rest is checked anew: one mistake hides another fewer times. */
const rounds = 10;

/**
 * What is right of a file: what is wrong is left out, then what that makes wrong, until nothing is. A setting without
 * which there is no environment, or no destination, has the value of its example.
 *
 * @param report what reading the file has found; gets what else there is to say
 */
export function draftOf(
  name: string,
  source: EnvironmentSource,
  value: PlainSettings,
  alloyFiles: readonly AlloyFile[],
  report: Report,
): Draft | undefined {
  const gone: SettingKey[] = [];
  const examples = new Map<string, readonly [key: SettingKey, example: unknown]>();
  const leaveOut = (key: SettingKey) => {
    const isMissing = isIn(key, gone) || !hasValue(value, key);
    const takesExample = (isMissing || isUrl(key)) && !examples.has(formatKey(key)) && !key.some(isIndex);
    const example = takesExample ? exampleOf(key) : undefined;
    if (example !== undefined) examples.set(formatKey(key), [key, example]);
    gone.push(isMissing && example === undefined && key.length > 1 ? key.slice(0, -1) : key);
  };
  let found: readonly SettingKey[] = report.mistakes.map(({ key }) => key);
  for (let round = 0; round < rounds; round++) {
    for (const key of found) leaveOut(key);
    const right = rightOf(value, gone);
    const rest = [...examples.values()].reduce((all, [key, example]) => withValue(all, key, example), right);
    const checked = check(rest, new Report());
    found = checked.report.mistakes.map(({ key }) => keyBefore(key, gone));
    if (checked.settings !== undefined && found.length === 0) {
      const environment = toEnvironment(name, source, checked.settings, checked.chartValues, alloyFiles);
      const draft = new Draft(environment, value, gone, report.wrongKeys);
      checkDraft(draft, checked.set, report);
      return draft;
    }
  }
  return undefined;
}

function isIndex(part: string | number): boolean {
  return typeof part === "number";
}

function isUrl(key: SettingKey): boolean {
  return urlNames.some((name) => name === key.at(-1));
}

/** Whether something stands at or below one of some keys. */
function isIn(key: SettingKey, keys: readonly SettingKey[]): boolean {
  return keys.some((one) => isWithin(key, one));
}

/**
 * The settings and chart values that are right. Which objects the chart renders to is known of all values together, or
 * of those that change nothing of it.
 */
function rightOf(value: PlainSettings, gone: readonly SettingKey[]): PlainSettings {
  const right = without(value, gone);
  const { own, chartValues, chartNames } = split(right, chartSchema(chartVersionIn(value)) ?? {});
  const isRendered = (key: SettingKey) =>
    key[0] === "chart_version" ||
    (chartNames.includes(String(key[0])) && !isPlaced(key) && !isRefusedValue(key));
  return gone.some(isRendered) ? { ...own, ...placedValues(chartValues) } : right;
}

/** Reports what rests on all settings, as far as those that are wrong don't matter. */
function checkDraft(draft: Draft, set: PlainSettings, report: Report): void {
  const { environment } = draft;
  const known = [["local"], ["remote"], ["destinations"]].every((key) => !draft.isWrong(key));
  const late = new Report();
  checkEnvironment(known ? environment : { ...environment, destinations: [] }, set, late);
  for (const { key, message } of late.mistakes) {
    const place = draft.isWrong(["resources"]) ? undefined : draft.placeOf(key);
    if (place !== undefined) report.add(place, message);
  }
}
