import * as z from "zod/mini";
import { regexpMistake } from "../../alloy";
import { pinnedChartVersions } from "../../chart";
import {
  alternatives,
  dataKeyPattern,
  dnsLabel,
  dnsSubdomain,
  imageVersionPattern,
  inBaseUnits,
  labelKeyPattern,
  labelValuePattern,
  largestSize,
  meantBytes,
  meantCores,
  notDnsLabel,
  notDnsSubdomain,
  notLabelKey,
  notLabelValue,
  quantityPattern,
  wrongWord,
} from "../../schema";

// What a setting is, and the types of values that settings have. Addresses are in a file of their own.

/** What a setting says of itself: editors show it, and so does docs/settings.md. */
export interface About {
  /** What it is, in sentences. */
  readonly description: string;
  readonly example?: string | number;
}

/** What docs/settings.md says of a setting beside its description. */
export interface SettingFacts {
  /** What may be written, such as `RE2 regexp`. */
  readonly value?: string;
  /** What holds where it is unset, if that is not one value: it may depend on other settings. */
  readonly unset?: string | undefined;
}

/** The facts of settings and of the kinds of values that they have. */
export const settingFacts = z.registry<SettingFacts>();

/** Says what values of a kind are, in words. */
export function worded<Kind extends z.ZodMiniType>(kind: Kind, value: string): Kind {
  settingFacts.add(kind, { value });
  return kind;
}

/** A setting that every environment must have. */
export function required<Kind extends z.ZodMiniType>(kind: Kind, about: About): Kind {
  return described(kind, about, {});
}

/**
 * A setting that may be left out.
 *
 * @param unset what holds then. @default - what the description says
 */
export function optional<Kind extends z.ZodMiniType>(
  kind: Kind,
  { unset, ...about }: About & { readonly unset?: string | undefined },
): z.ZodMiniExactOptional<Kind> {
  const description = unset === undefined ? about.description : `${about.description} Unset: ${unset}.`;
  return described(z.exactOptional(kind), { ...about, description }, { unset });
}

/** A setting with a default: who reads the settings finds it in the place of one that is left out. */
export function defaulted<Kind extends z.ZodMiniType>(
  kind: Kind,
  value: z.input<Kind>,
  about: About,
): z.ZodMiniPrefault<Kind> {
  return described(z.prefault(kind, value), about, {});
}

type Settings = Readonly<Record<string, z.ZodMiniType>>;

/** A section: settings below a name. Their defaults hold where the whole section is left out, too. */
export function section<Shape extends Settings>(
  shape: Shape,
  description: string,
): z.ZodMiniPrefault<z.ZodMiniObject<Shape, z.core.$strict>>;
export function section(shape: Settings, description: string) {
  return z.prefault(z.strictObject(shape), {}).check(z.describe(description));
}

function described<Schema extends z.ZodMiniType>(schema: Schema, about: About, facts: SettingFacts): Schema {
  const { description, example } = about;
  const known = schema.check(z.meta({ description, ...(example !== undefined && { examples: [example] }) }));
  settingFacts.add(known, facts);
  return known;
}

/** Reports what is found in a value. */
export function mistakes<Value = string>(find: (value: Value) => readonly string[]) {
  return z.check<Value>(({ value, issues }) => {
    for (const message of find(value)) issues.push({ code: "custom", input: value, message });
  });
}

/** @param missing what to say where it is missing, and may not be. @default - that it is, and of what kind */
export function text(missing?: string) {
  return worded(stringOr(missing), "text");
}

function stringOr(missing: string | undefined) {
  return z.string({ error: ({ input }) => (input === undefined ? missing : undefined) });
}

/** One of the words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return worded(z.enum(words), alternatives(words.map((word) => `\`${word}\``)));
}

export function yesOrNo() {
  return worded(z.boolean(), "true or false");
}

/** The name of a namespace, of an AIStore cluster and of what is made of it. */
export function labelName() {
  return worded(z.string().check(z.regex(dnsLabel, { error: notDnsLabel })), "DNS label");
}

/** The name of a Secret. */
export function objectName(missing?: string) {
  const isName = z.regex(dnsSubdomain, { error: notDnsSubdomain });
  return worded(stringOr(missing).check(isName), "name of a Kubernetes object");
}

/** The name of a key in a Secret. */
export function secretKey() {
  const error =
    'is no key of a Secret; write at most 253 letters, digits, "-", "_" and ".", and not ".." first';
  return worded(z.string().check(z.regex(dataKeyPattern, { error })), "name of a key");
}

/** The tag or digest of a container image. */
export function imageVersion() {
  const error =
    "is neither tag nor digest; write a tag of at most 128 characters, a digest such as sha256: and 64 hex digits, or both with @ between them";
  return worded(z.string().check(z.regex(imageVersionPattern, { error })), "tag, digest, or `tag@sha256:…`");
}

/** An amount of a resource of a node, or none: a number, or a text with a unit. */
export function quantity(of: "cores" | "bytes") {
  const pattern = `${quantityPattern.source}|^none$`;
  return worded(
    z
      .union([z.number(), z.string().check(z.meta({ pattern }))], { error: notAQuantity(of) })
      .check(mistakes((value) => quantityMistakes(String(value), of))),
    "quantity or `none`",
  );
}

/** Source: NR_CPUS of x86, the largest that Linux is built with. */
const mostCores = 8192;

function notAQuantity(of: "cores" | "bytes"): string {
  return `is no quantity; write ${of === "cores" ? "a number of cores, such as 2 or 500m" : "a number of bytes, such as 512Mi"}, or none`;
}

function quantityMistakes(text: string, of: "cores" | "bytes"): readonly string[] {
  if (text === "none") return [];
  if (!quantityPattern.test(text)) {
    const meant = of === "cores" ? meantCores(text) : meantBytes(text);
    return [meant === undefined ? notAQuantity(of) : `is no quantity; write ${meant}`];
  }
  const amount = inBaseUnits(text);
  if (of === "cores") {
    const thousandths = amount * 1000;
    if (Math.abs(thousandths - Math.round(thousandths)) > 1e-6) {
      return ["is finer than a thousandth of a core, the least that there is; write 1m or more"];
    }
    return amount <= mostCores
      ? []
      : [
          `is more than ${mostCores} cores, the most that Linux has; write less, or thousandths, such as 2000m`,
        ];
  }
  if (text.endsWith("m")) return [`has the unit m, which is a thousandth; write ${text.slice(0, -1)}Mi`];
  const whole = Math.max(1, Math.ceil(amount / 2 ** 20));
  const tooMuch = `is more than ${largestSize}, the most that is taken; write less`;
  if (amount > inBaseUnits(largestSize)) return [tooMuch];
  return Number.isInteger(amount) ? [] : [`is no whole number of bytes; write ${whole}Mi`];
}

/** A number of nodes, or a percentage of them. */
export function nodeCount() {
  const largest = 2 ** 31 - 1;
  const error = ({ input }: { readonly input?: unknown }) =>
    typeof input === "string" && /^[1-9]\d*$/.test(input)
      ? `is the string "${input}"; write ${input} without quotes, or ${input}%`
      : `is neither a number nor a percentage of nodes; write a whole number from 1 to ${largest}, or a percentage from 1% to 100%`;
  const count = z.int({ error }).check(z.minimum(1, { error }), z.maximum(largest, { error }));
  const percentage = z.string({ error }).check(z.regex(/^([1-9]\d?|100)%$/, { error }));
  return worded(z.union([count, percentage], { error }), "number or percentage");
}

/** A version of the Alloy chart that is pinned. */
export function chartVersion() {
  const error = ({ input }: { readonly input?: unknown }) => {
    const message = wrongWord(input, pinnedChartVersions);
    return typeof input === "string" && /^\d+\.\d+\.\d+/.test(input)
      ? `${message}, or pin it: npm run chart:upgrade -- ${input}, and the environment's name`
      : message;
  };
  return worded(z.enum(pinnedChartVersions, { error }), "pinned version");
}

/** The path of a file of settings. What it may be else is seen where it is read. */
export function settingsFile() {
  return worded(
    z.string().check(z.meta({ pattern: "^[^/\\\\][^\\\\]*\\.yaml$" })),
    "path of a file, such as `_fleet.yaml`",
  );
}

export function regexp() {
  return worded(z.string().check(mistakes(regexpMistakes)), "RE2 regexp");
}

function regexpMistakes(value: string): readonly string[] {
  const mistake = regexpMistake(value);
  return mistake === undefined ? [] : [`${mistake}; write it in RE2's syntax`];
}

const labelKey = z.string().check(
  z.regex(labelKeyPattern, { error: notLabelKey }),
  // cdk8s would take the map for one of a class.
  z.regex(/^(?!constructor$)/, {
    error: "is a word of JavaScript, by which nothing can be named here; write another",
  }),
);

const labelValue = z.string().check(z.regex(labelValuePattern, { error: notLabelValue }));

/** Labels of Kubernetes' objects. */
export function labels() {
  return worded(z.record(labelKey, labelValue), "labels by name");
}
