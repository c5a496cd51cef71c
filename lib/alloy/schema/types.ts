import type { Syntax } from "../syntax/tree";

declare const capsule: unique symbol;
declare const consumed: unique symbol;
declare const secret: unique symbol;
declare const type: unique symbol;

/**
 * A value that Alloy computes when it runs: an export of a component, a call of the standard library.
 *
 * `T` is the value's Alloy type. It stands in the type alone, so that the compiler takes an expression only
 * where a value of its type is taken.
 */
export class Expression<T> {
  declare readonly [type]?: T;

  constructor(readonly syntax: Syntax) {}

  /** @throws always: a value that is known only when Alloy runs can't be part of a TypeScript string. */
  toString(): string {
    throw new Error("an expression has no text before Alloy runs: join strings with concatStrings(...)");
  }
}

/** The names of Alloy's capsules. */
export const capsuleNames = [
  "loki.LogsReceiver",
  "otelcol.Consumer",
  "otelcol.auth.Handler",
  "otelcol.extension.Handler",
  "prometheus.MetricsReceiver",
  "pyroscope.ProfilesReceiver",
  "relabel.Rules",
] as const;

/** The name of a capsule. */
export type CapsuleName = (typeof capsuleNames)[number];

/** Whether a text is the name of a capsule. */
export function isCapsuleName(text: string): text is CapsuleName {
  return capsuleNames.some((name) => name === text);
}

/** A value that exists only inside a running Alloy: it can be passed on, not looked into. */
export interface Capsule<Name extends CapsuleName> {
  readonly [capsule]: Name;
}

/** A string that Alloy never shows. Only a component or a function of Alloy makes one. */
export interface Secret {
  readonly [secret]: true;
}

/** What an OpenTelemetry component takes and gives. */
export const signals = ["metrics", "logs", "traces"] as const;

/** A signal of OpenTelemetry. */
export type Signal = (typeof signals)[number];

/** An OpenTelemetry consumer that takes the signals `S`. */
export interface Consumer<S extends Signal> extends Capsule<"otelcol.Consumer"> {
  readonly [consumed]: { readonly [signal in S]: true };
}

/** Takes the lines of Loki's components. */
export type LogsReceiver = Capsule<"loki.LogsReceiver">;
/** Takes the samples of Prometheus' components. */
export type MetricsReceiver = Capsule<"prometheus.MetricsReceiver">;
/** Takes the profiles of Pyroscope's components. */
export type ProfilesReceiver = Capsule<"pyroscope.ProfilesReceiver">;
/** Rules of relabeling, for another component to apply. */
export type RelabelRules = Capsule<"relabel.Rules">;
/** Authenticates requests of OpenTelemetry's components. */
export type AuthHandler = Capsule<"otelcol.auth.Handler">;
/** An extension of OpenTelemetry, such as storage for queues. */
export type ExtensionHandler = Capsule<"otelcol.extension.Handler">;

/** The labels of something to read: what `discovery.*` finds. */
export type Target = StringMap<string>;

/** A map with string keys. */
export type StringMap<V> = Readonly<Record<string, V>>;

type DurationPart = `${number}${"ns" | "us" | "µs" | "ms" | "s" | "m" | "h"}`;

/** A duration as Go writes it, such as `30s` or `1h30m`. */
export type Duration =
  | DurationPart
  | `${DurationPart}${DurationPart}`
  | `${DurationPart}${DurationPart}${DurationPart}`;

/** Any Alloy value. */
export type AnyValue =
  | string
  | number
  | boolean
  | null
  | Expression<unknown>
  | readonly AnyValue[]
  | { readonly [key: string]: AnyValue };

/** What a list attribute of items `I` takes; an expression may stand for an item or for the whole list. */
export type ListOf<I, T> = readonly I[] | Expression<readonly T[]>;

/** What a map attribute of values `I` takes. */
export type MapOf<I, T> = StringMap<I> | Expression<StringMap<T>>;

/** What a string attribute takes. */
export type StringArg = string | Expression<string>;

/** What an attribute for a string out of a few takes. */
export type EnumArg<T extends string> = T | Expression<string>;

/** What a number attribute takes. */
export type NumberArg = number | Expression<number>;

/** What a bool attribute takes. */
export type BoolArg = boolean | Expression<boolean>;

/** What a duration attribute takes. */
export type DurationArg = Duration | Expression<string>;

/** What an attribute for a secret takes: never a literal. */
export type SecretArg = Expression<Secret | string>;

/** What stands for a value of type `T`: an expression or a literal; of a capsule or a secret there is no literal. */
export type Given<T> =
  | Expression<T>
  | (T extends Capsule<CapsuleName> | Secret
      ? never
      : T extends readonly (infer I)[]
        ? readonly Given<I>[]
        : T extends StringMap<infer V>
          ? StringMap<Given<V>>
          : T);
