import { core } from "zod/mini";
import { isRecord } from "./kind";
import type { SettingKey } from "./setting-key";
import { settings } from "./settings";

type Schema = core.$ZodType;

/**
 * The names of the settings below a key, such as `resources.limits`; without one, at the top.
 *
 * @param value what a file has there: of some settings it decides which others there are
 */
export function namesIn(key: SettingKey = [], value?: unknown): readonly string[] {
  let schema: Schema | undefined = settings;
  for (const part of key) {
    schema = schema && child(schema, part);
  }
  return schema === undefined ? [] : Object.keys(shapeOf(schema, value));
}

/** The sections that have a setting of this name, such as `local.tls`. Those that an operator names are left out. */
export function sectionsWith(name: string): readonly SettingKey[] {
  return sectionsBelow(settings, []).filter((section) => namesIn(section).includes(name));
}

function sectionsBelow(schema: Schema, key: SettingKey): readonly SettingKey[] {
  return Object.entries(shapeOf(schema)).flatMap(([name, setting]) => {
    const section = [...key, name];
    return Object.keys(shapeOf(setting)).length > 0 ? [section, ...sectionsBelow(setting, section)] : [];
  });
}

function child(schema: Schema, part: string | number): Schema | undefined {
  const type = bare(schema);
  if (type instanceof core.$ZodArray || typeof part === "number") {
    return type instanceof core.$ZodArray && typeof part === "number" ? type._zod.def.element : undefined;
  }
  return type instanceof core.$ZodRecord ? type._zod.def.valueType : shapeOf(type)[part];
}

/** The settings of a section; of a list, those of its items. */
function shapeOf(schema: Schema, value?: unknown): Readonly<Record<string, Schema>> {
  const type = bare(schema);
  if (type instanceof core.$ZodArray) {
    return shapeOf(type._zod.def.element);
  }
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

/** Without what says that it may be missing. */
function bare(schema: Schema): Schema {
  return schema instanceof core.$ZodOptional || schema instanceof core.$ZodPrefault
    ? bare(schema._zod.def.innerType)
    : schema;
}
