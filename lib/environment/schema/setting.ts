import * as z from "zod/mini";

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
