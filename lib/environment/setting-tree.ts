import { globalRegistry } from "zod/mini";
// As a namespace of the package it would have the bundle take all of zod, which every run reads.
import * as core from "zod/v4/core";
import { isRecord, type PlainSettings, type SettingKey } from "../schema";
import { settingFacts } from "./schema/setting-types";
import { settings } from "./settings/settings";

// The settings' definitions as a tree: which there are below a key, and what there is to say of each.

type Schema = core.$ZodType;

/**
 * The names of the settings below a key, such as `resources.limits`; without one, at the top.
 *
 * @param value what a file has there: of some settings it decides which others there are
 */
export function namesIn(key: SettingKey = [], value?: unknown): readonly string[] {
  const schema = schemaAt(key);
  return schema === undefined ? [] : Object.keys(shapeOf(schema, value));
}

/** The sections that there are, such as `local.tls`. Those that an operator names are left out. */
export function sections(): readonly SettingKey[] {
  return sectionsBelow(settings, []);
}

/** Whether what is set at a key is a map: a section, or what an operator names. */
export function takesMap(key: SettingKey): boolean {
  const schema = schemaAt(key);
  return (
    schema !== undefined &&
    (bare(schema) instanceof core.$ZodRecord || Object.keys(shapeOf(schema)).length > 0)
  );
}

/** The example that a setting has in its definition; undefined where there is none. */
export function exampleOf(key: SettingKey): unknown {
  const schema = schemaAt(key);
  if (schema === undefined) return undefined;
  const { examples } = globalRegistry.get(schema) ?? {};
  if (Array.isArray(examples)) return examples[0];
  const type = bare(schema);
  return type instanceof core.$ZodEnum ? Object.values(type._zod.def.entries)[0] : undefined;
}

/**
 * A file's settings without those that are there but unset: keys with nothing after them, and the empty strings that
 * values files have for what isn't used. A key that is no setting stays, whatever its value.
 */
export function withoutUnset(map: PlainSettings, schema: Schema | undefined = settings): PlainSettings {
  const names = schema === undefined ? [] : Object.keys(shapeOf(schema, map));
  const isSetting = (name: string) => names.length === 0 || names.includes(name);
  const isUnset = (value: unknown) => value === null || value === "";
  const inside = (value: unknown, inner: Schema | undefined): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => inside(item, inner && child(inner, index)));
    return isRecord(value) ? withoutUnset(value, inner) : value;
  };
  return Object.fromEntries(
    Object.entries(map)
      .filter(([name, value]) => !isUnset(value) || !isSetting(name))
      .map(([name, value]) => [name, inside(value, schema && child(schema, name, map))]),
  );
}

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

function sectionsBelow(schema: Schema, key: SettingKey): readonly SettingKey[] {
  return Object.entries(shapeOf(schema)).flatMap(([name, setting]) => {
    const section = [...key, name];
    return Object.keys(shapeOf(setting)).length > 0 ? [section, ...sectionsBelow(setting, section)] : [];
  });
}

function schemaAt(key: SettingKey): Schema | undefined {
  return key.reduce<Schema | undefined>((schema, part) => schema && child(schema, part), settings);
}

function child(schema: Schema, part: string | number, value?: unknown): Schema | undefined {
  const type = bare(schema);
  if (type instanceof core.$ZodArray || typeof part === "number") {
    return type instanceof core.$ZodArray && typeof part === "number" ? type._zod.def.element : undefined;
  }
  return type instanceof core.$ZodRecord ? type._zod.def.valueType : shapeOf(type, value)[part];
}

/** The settings of a section; of a list, those of its items. */
function shapeOf(schema: Schema, value?: unknown): Readonly<Record<string, Schema>> {
  const type = bare(schema);
  if (type instanceof core.$ZodArray) return shapeOf(type._zod.def.element);
  if (type instanceof core.$ZodDiscriminatedUnion) {
    const options = type._zod.def.options.map((option) => shapeOf(option));
    const { discriminator } = type._zod.def;
    const chosen = options.filter(
      (option) => isRecord(value) && takes(option[discriminator], value[discriminator]),
    );
    return Object.assign({}, ...(chosen.length > 0 ? chosen : options));
  }
  return type instanceof core.$ZodObject ? type._zod.def.shape : {};
}

function takes(schema: Schema | undefined, value: unknown): boolean {
  return schema instanceof core.$ZodLiteral && schema._zod.def.values.some((literal) => literal === value);
}

/** The schema of the value itself, taken out of what makes it optional or gives it a default. */
function bare(schema: Schema): Schema {
  return schema instanceof core.$ZodOptional || schema instanceof core.$ZodPrefault
    ? bare(schema._zod.def.innerType)
    : schema;
}
