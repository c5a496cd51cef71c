import { nearest } from "../../alloy";
import { alternatives, describeKind, isRecord, type SettingKey, wrongKind, wrongWord } from "../../schema";

/** Takes a mistake: where it is, what is wrong, and which key is meant by a misspelt one. */
export type Tell = (key: SettingKey, message: string, meant?: SettingKey) => void;

/** What a value may be: tells everything of it that is wrong. */
export type Shape = (value: unknown, key: SettingKey, tell: Tell) => void;

/** A text that isn't empty, and fits what is given. @param message what is wrong with one that doesn't; what to write */
export function text(pattern = /./s, message = "is empty; write a text"): Shape {
  return (value, key, tell) => {
    if (typeof value !== "string") {
      tell(key, wrongKind(value, ["string"]));
    } else if (!pattern.test(value)) tell(key, message);
  };
}

/** Any text, an empty one too. */
export const anyText: Shape = text(/^/);

/** True or false. */
export const flag: Shape = (value, key, tell) => {
  if (typeof value !== "boolean") tell(key, wrongKind(value, ["boolean"]));
};

/** One of some words. */
export function word(...words: readonly string[]): Shape {
  return (value, key, tell) => {
    if (typeof value !== "string" || !words.includes(value)) {
      tell(key, wrongWord(value, words.filter(Boolean)));
    }
  };
}

/** A whole number from `min` to `max`. @param max @default the largest of 32 bits */
export function whole(min: number, max = 2 ** 31 - 1): Shape {
  return (value, key, tell) => {
    if (typeof value !== "number" || !Number.isInteger(value)) {
      tell(key, wrongKind(value, ["integer"]));
    } else if (value < min || value > max) {
      tell(key, `is ${value}; write a whole number from ${min} to ${max}`);
    }
  };
}

/** A whole number or a text, as Kubernetes has them at ports and counts. */
export function numberOrText(number: Shape, other: Shape): Shape {
  return (value, key, tell) => (typeof value === "string" ? other : number)(value, key, tell);
}

/** A list of items. @param unique a field that no two items may have in common */
export function list(item: Shape, unique?: string): Shape {
  return (value, key, tell) => {
    if (!Array.isArray(value)) {
      tell(key, wrongKind(value, ["array"]));
      return;
    }
    const seen = new Set<unknown>();
    for (const [index, one] of value.entries()) {
      const found = isRecord(one) && unique !== undefined ? one[unique] : undefined;
      if (found !== undefined && unique !== undefined && seen.has(found)) {
        tell([...key, index, unique], `is there twice: ${JSON.stringify(found)}; write another`);
      }
      seen.add(found);
      item(one, [...key, index], tell);
    }
  };
}

/** A list that has something in it. */
export function some(item: Shape, unique?: string): Shape {
  return (value, key, tell) => {
    if (Array.isArray(value) && value.length === 0) {
      tell(key, "is an empty list; write an item, or remove it");
    } else {
      list(item, unique)(value, key, tell);
    }
  };
}

/** A map whose names are not known. */
export function mapOf(name: Shape, entry: Shape): Shape {
  return (value, key, tell) => {
    if (!isRecord(value)) {
      tell(key, wrongKind(value, ["object"]));
      return;
    }
    for (const [one, content] of Object.entries(value)) {
      // Code that goes through maps would take it for the map's class.
      if (one === "constructor") {
        tell([...key, one], "is a word of JavaScript, by which nothing can be named here; write another");
        continue;
      }
      name(one, [...key, one], tell);
      entry(content, [...key, one], tell);
    }
  };
}

/** What {@link fields} takes besides the fields. */
export interface FieldRules<Name extends string> {
  /** Those that must be there. */
  readonly needs?: readonly Name[];
  /** Exactly one of them must be there. */
  readonly oneOf?: readonly Name[];
  /** What fields ask of each other, told of a map whose fields are right by themselves. */
  readonly together?: (map: Readonly<Record<string, unknown>>, key: SettingKey, tell: Tell) => void;
}

/**
 * A map of known fields. One that is null is as if it were not there, as the API server has it.
 *
 * @param noun such as `a toleration`
 * @param shapes the fields that are taken, by name
 */
export function fields<Name extends string>(
  noun: string,
  shapes: Readonly<Record<Name, Shape>>,
  rules: FieldRules<NoInfer<Name>> = {},
): Shape {
  const known: ReadonlyMap<string, Shape> = new Map(Object.entries<Shape>(shapes));
  const names = [...known.keys()];
  return (value, key, tell) => {
    if (!isRecord(value)) {
      tell(key, `must be ${noun}, a map, is ${describeKind(value)}; write ${alternatives(names)} below it`);
      return;
    }
    let right = true;
    const note: Tell = (where, message, meant) => {
      right = false;
      tell(where, message, meant);
    };
    const misspelt = new Set<string>();
    let unknown = 0;
    for (const [name, content] of Object.entries(value)) {
      const shape = known.get(name);
      if (shape === undefined) {
        const meant = nearest(name, names);
        unknown++;
        if (meant !== undefined) misspelt.add(meant);
        note(
          [...key, name],
          `is no field of ${noun} that is taken; write ${meant ?? alternatives(names)}`,
          meant === undefined ? undefined : [...key, meant],
        );
      } else if (content !== null) {
        shape(content, [...key, name], note);
      }
    }
    const isSet = (name: string) => (value[name] !== undefined && value[name] !== null) || misspelt.has(name);
    for (const name of rules.needs ?? []) {
      if (!isSet(name)) note([...key, name], `is missing, and ${noun} has one; write it`);
    }
    const { oneOf = [] } = rules;
    // What takes the place of one of them is told already.
    const isTold = unknown > 0 && !oneOf.some(isSet);
    if (oneOf.length > 0 && oneOf.filter(isSet).length !== 1 && !isTold) {
      note(key, `has ${oneOf.some(isSet) ? "several" : "none"} of ${alternatives(oneOf)}; write one of them`);
    }
    if (right) rules.together?.(value, key, tell);
  };
}

/** A value that isn't taken, whatever it is. */
export interface Refused extends Shape {
  readonly isRefused: true;
}

/** @param why the value isn't taken, and what to do instead */
export function refused(why: string): Refused {
  const shape: Shape = (_, key, tell) => tell(key, `the chart value is not yours to set: ${why}`);
  return Object.assign(shape, { isRefused: true } as const);
}

/** Whether nothing is taken there. */
export function isRefused(shape: Shape): shape is Refused {
  return "isRefused" in shape;
}
