import { core, safeParse } from "zod/mini";
import { nearest } from "../alloy";
import {
  alternatives,
  formatKey,
  isKind,
  isRecord,
  type Report,
  type SettingKey,
  wrongKind,
  wrongWord,
} from "../schema";
import { type Settings, settings } from "./settings/settings";

type Schema = core.$ZodType;

/**
 * The names of the settings below a key, such as `resources.limits`; without one, at the top.
 *
 * @param value what a file has there: of some settings it decides which others there are
 */
export function namesIn(key: SettingKey = [], value?: unknown): readonly string[] {
  let schema: Schema | undefined = settings;
  for (const part of key) schema = schema && child(schema, part);
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

/** Without what says that it may be missing. */
function bare(schema: Schema): Schema {
  return schema instanceof core.$ZodOptional || schema instanceof core.$ZodPrefault
    ? bare(schema._zod.def.innerType)
    : schema;
}

/** Settings that there were once, and what to do now. */
const removedSettings: Readonly<Record<string, string>> = {
  "runtime.data": "is read by nothing any more; remove it",
};

/**
 * Reports a key that is no setting, with the one that was most likely meant.
 *
 * @param section what the file has at `parent`
 */
export function reportUnknownKey(
  parent: SettingKey,
  name: string,
  section: unknown,
  chartValues: readonly string[],
  report: Report,
): void {
  const isTop = parent.length === 0;
  const known = namesIn(parent, section);
  const meant = nearest(name, isTop ? [...known, ...chartValues] : known);
  const key = [...parent, name];
  const removed = removedSettings[formatKey(key)];
  if (removed !== undefined) {
    report.add(key, removed);
    return;
  }
  if (meant !== undefined) {
    report.add(key, `is no setting; write ${meant}`, [...parent, meant]);
    return;
  }
  // Often its indentation is missing.
  const sections = isTop ? sectionsWith(name) : [];
  const [first] = sections;
  if (first !== undefined) {
    const message = `is no setting here; write it below ${alternatives(sections.map(formatKey))}, indented`;
    // Of local and remote it is local, which asks for nothing else.
    report.add(key, message, [...first, name]);
    return;
  }
  const others = isTop ? ["a value of the Alloy chart"] : [];
  report.add(key, `is no setting; write ${alternatives([...known, ...others])}`);
}

/** What the schema says of a value, before it is put into words. */
interface Issue {
  readonly code?: string;
  readonly input?: unknown;
  readonly expected?: unknown;
  readonly values?: unknown;
  readonly issues?: unknown;
}

/**
 * Checks each setting by itself.
 *
 * @param chartValues the keys of chart values, one of which a misspelt key may stand for
 * @returns undefined when something is wrong
 */
export function validateSettings(
  values: unknown,
  chartValues: readonly string[],
  report: Report,
): Settings | undefined {
  const result = safeParse(settings, values, { error: explain, reportInput: true });
  const issues = result.error?.issues ?? [];
  for (const issue of issues) {
    for (const name of issue.code === "unrecognized_keys" ? issue.keys : []) {
      reportUnknownKey(keyOf(issue), name, issue.input, chartValues, report);
    }
  }
  for (const issue of issues) {
    const key = keyOf(issue);
    // What is missing because its key is misspelt is reported already.
    const isMisspelt = issue.input === undefined && report.has(key);
    if (issue.code !== "unrecognized_keys" && !isMisspelt) report.add(key, issue.message);
  }
  return result.data;
}

function keyOf({ path }: { readonly path: readonly PropertyKey[] }): SettingKey {
  return path.map((part) => (typeof part === "symbol" ? String(part) : part));
}

/** Our words for what isn't said by the schema itself. */
function explain({ code, input, expected, values, issues }: Issue): string | undefined {
  if (code === "invalid_key" && Array.isArray(issues)) {
    return issues.map(({ message }) => String(message)).join("; ");
  }
  if (code === "invalid_union") {
    // The one union is a boolean that may be quoted.
    return wrongKind(input, ["boolean"]);
  }
  if (code === "invalid_value" && Array.isArray(values)) return wrongWord(input, values.map(String));
  const kind = expected === "record" ? "object" : expected;
  return code === "invalid_type" && isKind(kind) ? wrongKind(input, [kind]) : undefined;
}
