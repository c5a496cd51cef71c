import { isRecord } from "./kind";

/** The way from the top of a file to a setting: names of keys, and indexes into lists. */
export type SettingKey = readonly (string | number)[];

/** The key as an operator would name it: `remote.label`, `aistore[0].name`, `service["a.b"]`. */
export function formatKey(key: SettingKey): string {
  return key
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (!/^[A-Za-z_][\w-]*$/.test(part)) {
        return index === 0 ? JSON.stringify(part) : `[${JSON.stringify(part)}]`;
      }
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}

/** A place in a file that settings name. */
export interface TextPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** A mistake of a setting that only a later stage can see. The setting's place is found by its source. */
export class SettingError extends Error {
  override readonly name = "SettingError";

  /**
   * @param message what is wrong; what to write instead
   * @param restsOn settings besides, without which it might be no mistake
   * @param at where it is, if that is no file of settings
   */
  constructor(
    readonly key: SettingKey,
    message: string,
    readonly restsOn: readonly SettingKey[] = [],
    readonly at?: TextPlace,
  ) {
    super(message);
  }
}

/** Settings or chart values as they stand in a file, whatever is in them. */
export type PlainSettings = Readonly<Record<string, unknown>>;

/** What stands below a name; nothing where there is no map. */
export function sectionOf(settings: unknown, name: string): PlainSettings {
  const section = isRecord(settings) ? settings[name] : undefined;
  return isRecord(section) ? section : {};
}

/** Whether something is set at a key, were it null or empty. */
export function hasValue(values: unknown, key: SettingKey): boolean {
  return valueAt(values, key) !== undefined;
}

/** What stands at a key; nothing where there is no such key. */
export function valueAt(values: unknown, [first, ...rest]: SettingKey): unknown {
  if (first === undefined) return values;
  if (Array.isArray(values)) return valueAt(typeof first === "number" ? values[first] : undefined, rest);
  return isRecord(values) && Object.hasOwn(values, first) ? valueAt(values[first], rest) : undefined;
}

/** Whether one of two keys is the other, or stands in it. */
export function overlap(one: SettingKey, other: SettingKey): boolean {
  return one.every((part, index) => index >= other.length || part === other[index]);
}

/** Whether a key is another one, or stands in it. */
export function isWithin(key: SettingKey, outer: SettingKey): boolean {
  return outer.every((part, index) => part === key[index]);
}

/** A copy of settings without what stands at some keys. Items of a list move up: see {@link keyBefore}. */
export function without(settings: PlainSettings, keys: readonly SettingKey[]): PlainSettings {
  const kept = Object.entries(settings).flatMap(([name, value]) => entryWithout(name, value, keys));
  return Object.fromEntries(kept);
}

function entryWithout<Name extends string | number>(
  name: Name,
  value: unknown,
  keys: readonly SettingKey[],
): readonly (readonly [Name, unknown])[] {
  const inside = keys.filter(([first]) => first === name).map(([, ...rest]) => rest);
  if (inside.length === 0) return [[name, value]];
  if (inside.some((key) => key.length === 0)) return [];
  if (isRecord(value)) return [[name, without(value, inside)]];
  if (!Array.isArray(value)) return [[name, value]];
  return [[name, value.flatMap((item, index) => entryWithout(index, item, inside).map(([, kept]) => kept))]];
}

/**
 * The key that something had before others were taken away.
 *
 * @param gone the keys of what {@link without} took away
 */
export function keyBefore(key: SettingKey, gone: readonly SettingKey[]): SettingKey {
  const before: (string | number)[] = [];
  for (const part of key) before.push(typeof part === "number" ? indexBefore(part, before, gone) : part);
  return before;
}

function indexBefore(index: number, list: SettingKey, gone: readonly SettingKey[]): number {
  const items = gone.filter((key) => key.length === list.length + 1 && isWithin(key, list));
  const taken = new Set(items.map((key) => key.at(-1)));
  let before = 0;
  for (let left = index; left > 0 || taken.has(before); before++) {
    if (!taken.has(before)) left -= 1;
  }
  return before;
}

/** A copy of settings with a value at a key, in maps that are made where there are none. */
export function withValue(
  settings: PlainSettings,
  [first = "", ...rest]: SettingKey,
  value: unknown,
): PlainSettings {
  const inner = rest.length === 0 ? value : withValue(sectionOf(settings, String(first)), rest, value);
  return { ...settings, [first]: inner };
}

/** What is wrong with a setting, and what to write instead. */
export interface Mistake {
  readonly key: SettingKey;
  readonly message: string;
}

/** Collects the mistakes of one file, and knows which settings have one. */
export class Report {
  readonly mistakes: Mistake[] = [];
  private readonly wrong: SettingKey[];

  /** @param wrong keys of which mistakes are told elsewhere */
  constructor(wrong: readonly SettingKey[] = []) {
    this.wrong = [...wrong];
  }

  /** The keys of all that has a mistake, and of what misspelt keys stand for. */
  get wrongKeys(): readonly SettingKey[] {
    return this.wrong;
  }

  /** @param meant the setting that a misspelt key stands for */
  add(key: SettingKey, message: string, meant: SettingKey = key): void {
    this.mistakes.push({ key, message });
    this.wrong.push(key, ...(meant === key ? [] : [meant]));
  }

  /** Whether a mistake of the setting, or of what it stands in, is known. */
  has(key: SettingKey): boolean {
    return this.wrong.some((wrong) => isWithin(key, wrong));
  }
}
