import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CapsuleName, Signal, StabilityLevel } from "../../lib/alloy";
import type { Descriptions } from "./descriptions";

/** The description of a version of Alloy that the bindings are generated from; `npm run alloy:upgrade` makes it. */
export interface Schema {
  readonly alloy: PinnedModule;
  /** The module of the configuration language. */
  readonly syntax: PinnedModule;
  readonly components: readonly ComponentSchema[];
  readonly configBlocks: readonly ConfigBlockSchema[];
  /** The bodies that are referred to by name, for they contain themselves. */
  readonly types: Readonly<Record<string, BodySchema>>;
  readonly stdlib: { readonly identifiers: readonly IdentifierSchema[] };
}

/** A Go module that was read. */
export interface PinnedModule {
  readonly version: string;
  /** Its checksum, as go.sum has it. @default - it came from a clone, which has none */
  readonly sum?: string | undefined;
}

export interface ComponentSchema {
  readonly name: string;
  readonly stability: StabilityLevel | "community";
  /** The page of the reference documentation, in Alloy's repository. */
  readonly docPath?: string | undefined;
  /** The signals that an OpenTelemetry component takes. */
  readonly accepts?: readonly Signal[] | undefined;
  /** The signals that an OpenTelemetry component gives. */
  readonly emits?: readonly Signal[] | undefined;
  readonly exports: readonly ExportSchema[];
  readonly args: BodySchema;
}

export interface ConfigBlockSchema {
  readonly name: string;
  readonly stability: StabilityLevel;
  readonly label: "none" | "required";
  readonly docPath?: string | undefined;
  readonly args: BodySchema | NestedConfigSchema;
}

export interface ExportSchema {
  readonly name: string;
  readonly type: TypeSchema;
}

export interface IdentifierSchema {
  readonly name: string;
  readonly kind: "function" | "value";
  readonly deprecated?: boolean;
  readonly experimental?: boolean;
}

export interface BodySchema {
  /** The Go type. */
  readonly go: string;
  readonly label?: boolean | undefined;
  /** The section of the page that describes it. @default - that of the arguments, or none */
  readonly anchor?: string | undefined;
  readonly attributes: readonly AttributeSchema[];
  readonly blocks: readonly BlockSchema[];
}

/** The content of `declare`: any components. */
export interface NestedConfigSchema {
  readonly config: true;
}

/** A body that stands in `types`. */
export interface BodyReference {
  readonly $ref: string;
}

export interface AttributeSchema {
  readonly name: string;
  readonly optional: boolean;
  readonly type: TypeSchema;
  /**
   * The effective default; or, where that is the type's zero value, what the documentation says if that is a value of the
   * type. A number that JavaScript can't hold is a string.
   */
  readonly default?: unknown;
  /** What a number counts, where the documentation says so. */
  readonly unit?: string | undefined;
}

export interface BlockSchema {
  readonly name: string;
  readonly optional: boolean;
  readonly repeated?: boolean | undefined;
  /** The blocks of one `enum` form one list. */
  readonly enum?: string | undefined;
  readonly body: BodySchema | BodyReference | NestedConfigSchema;
}

export type TypeSchema =
  | {
      readonly k: "string";
      readonly enum?: readonly string[] | undefined;
      readonly go?: string | undefined;
      readonly regexp?: boolean | undefined;
    }
  | { readonly k: "number"; readonly num: "int" | "uint" | "float"; readonly bits: number }
  | { readonly k: "bool" | "duration" | "secret" | "optional_secret" | "target" | "any" }
  | { readonly k: "list" | "map"; readonly of: TypeSchema }
  | { readonly k: "object"; readonly fields: readonly AttributeSchema[]; readonly go: string }
  | { readonly k: "capsule"; readonly name: CapsuleName };

/** The folder of the data and of what is generated from it. */
export const bindingsFolder = join(__dirname, "../../imports/alloy");

/** Which files are generated: any other of them in the project's folder goes. */
export const generatedBindings = { folder: "imports/alloy", ending: /\.ts$/ };

export const schemaFile = join(bindingsFolder, "schema.json");

/** Reads the data; it is trusted to have the form above. */
export function readSchema(): Schema {
  return JSON.parse(readFileSync(schemaFile, "utf8"));
}

/** Reads this project's own words; they are trusted too. */
export function readDescriptions(): Descriptions {
  return JSON.parse(readFileSync(join(bindingsFolder, "descriptions.json"), "utf8"));
}

/** As long may a line of the data be, its indent aside, unless it cannot be broken. */
const lineLength = 160;

/**
 * Data as JSON of which an upgrade's differences can be read: what fits into a line stands in one, so that an attribute
 * is a line; what is larger has a member a line. The name of a thing comes first.
 *
 * @throws Error where a whole number is larger than JavaScript can hold, and would come out as another
 */
export function dataText(data: unknown): string {
  return `${pieceOf(data, "", "")}\n`;
}

/** @param key what stands before the value in its line */
function pieceOf(value: unknown, key: string, indent: string): string {
  const line = `${key}${inOneLine(value)}`;
  if (typeof value !== "object" || value === null || line.length <= lineLength) return `${indent}${line}`;
  const deeper = `${indent} `;
  const [open, members, close] = Array.isArray(value)
    ? ["[", value.map((one) => pieceOf(one, "", deeper)), "]"]
    : ["{", nameFirst(value).map(([name, one]) => pieceOf(one, `${JSON.stringify(name)}: `, deeper)), "}"];
  return `${indent}${key}${open}\n${members.join(",\n")}\n${indent}${close}`;
}

function inOneLine(value: unknown): string {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new Error(`${value} is not exact: write it as a string`);
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(", ")}]`;
  const members = nameFirst(value).map(([name, one]) => `${JSON.stringify(name)}: ${inOneLine(one)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function nameFirst(value: object): readonly (readonly [string, unknown])[] {
  const members: [string, unknown][] = Object.entries(value);
  // As in JSON.stringify, what is undefined is not there.
  const there = members.filter(([, one]) => one !== undefined);
  return [...there.filter(([name]) => name === "name"), ...there.filter(([name]) => name !== "name")];
}
