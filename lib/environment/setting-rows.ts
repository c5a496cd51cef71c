import { globalRegistry } from "zod/mini";
import * as core from "zod/v4/core";
import { settingFacts } from "./schema/setting";
import { settings } from "./settings/settings";

/** What there is to say of a setting. */
export interface SettingRow {
  /** Its names from the top of the file; `[]` for the items of a list, `<name>` for what an operator names. */
  readonly key: readonly string[];
  /** The word that makes it a setting, such as `type: bearer`. @default - it always is one */
  readonly when?: string | undefined;
  readonly description: string;
  /** What may be written, in words. Absent: the settings below it. */
  readonly value?: string | undefined;
  /** What holds where it is unset, as it would be written, or in words. Absent: it is required, or nothing does. */
  readonly unset?: string | undefined;
  readonly example?: string | undefined;
}

/** Every setting, each before those below it, in the order of the definitions. */
export function settingRows(): readonly SettingRow[] {
  return rowsBelow(settings, [], undefined);
}

type Schema = core.$ZodType;

function rowsBelow(schema: Schema, key: readonly string[], when: string | undefined): readonly SettingRow[] {
  const type = bare(schema);
  if (type instanceof core.$ZodObject) {
    return Object.entries<Schema>(type._zod.def.shape).flatMap(([name, setting]) => [
      rowOf(setting, [...key, name], when),
      ...rowsBelow(setting, [...key, name], when),
    ]);
  }
  if (type instanceof core.$ZodArray) {
    return isSection(type._zod.def.element) ? rowsBelow(type._zod.def.element, [...key, "[]"], when) : [];
  }
  if (type instanceof core.$ZodRecord) {
    return isSection(type._zod.def.valueType)
      ? rowsBelow(type._zod.def.valueType, [...key, "<name>"], when)
      : [];
  }
  if (type instanceof core.$ZodDiscriminatedUnion) {
    const { discriminator, options } = type._zod.def;
    return options.flatMap((option) => rowsBelow(option, key, wordOf(option, discriminator)));
  }
  return [];
}

function isSection(schema: Schema): boolean {
  const type = bare(schema);
  return type instanceof core.$ZodObject || type instanceof core.$ZodDiscriminatedUnion;
}

/** `type: bearer` */
function wordOf(option: Schema, discriminator: string): string {
  const shape: Readonly<Record<string, Schema>> =
    option instanceof core.$ZodObject ? option._zod.def.shape : {};
  const word = shape[discriminator];
  const values = word instanceof core.$ZodLiteral ? word._zod.def.values : [];
  return `${discriminator}: ${values.join()}`;
}

function rowOf(schema: Schema, key: readonly string[], when: string | undefined): SettingRow {
  const { description = "", examples = [] } = globalRegistry.get(schema) ?? {};
  const [example] = Array.isArray(examples) ? examples : [];
  const unset = unsetOf(schema);
  const value = isSection(schema) ? undefined : valueInWords(schema);
  const words = settingFacts.get(schema)?.unset;
  return {
    key,
    when,
    // What editors show at its end has a place of its own here.
    description: words === undefined ? description : description.replace(` Unset: ${words}.`, ""),
    value,
    unset,
    example: example === undefined ? undefined : String(example),
  };
}

/** @throws Error where a kind of values has no words */
function valueInWords(schema: Schema): string {
  const type = bare(schema);
  const words = settingFacts.get(type)?.value;
  if (words !== undefined) return words;
  if (type instanceof core.$ZodArray) {
    return `list; each: ${isSection(type._zod.def.element) ? "maps" : valueInWords(type._zod.def.element)}`;
  }
  if (type instanceof core.$ZodLiteral) return `\`${type._zod.def.values.join()}\``;
  throw new Error(`the kind of the setting has no words: ${globalRegistry.get(schema)?.description}`);
}

function unsetOf(schema: Schema): string | undefined {
  const words = settingFacts.get(schema)?.unset;
  if (words !== undefined) return words;
  if (!(schema instanceof core.$ZodPrefault) || isSection(schema)) return undefined;
  const { defaultValue } = schema._zod.def;
  const isNone = JSON.stringify(defaultValue) === "{}" || JSON.stringify(defaultValue) === "[]";
  return isNone
    ? "none"
    : `\`${typeof defaultValue === "string" ? defaultValue : JSON.stringify(defaultValue)}\``;
}

/** The schema of the value itself, taken out of what makes it optional or gives it a default. */
function bare(schema: Schema): Schema {
  return schema instanceof core.$ZodOptional || schema instanceof core.$ZodPrefault
    ? bare(schema._zod.def.innerType)
    : schema;
}
