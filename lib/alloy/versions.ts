import history from "../../imports/alloy/versions.json";
import { Component, withContent } from "./component";
import type { AlloyConfig } from "./config";
import { type ComponentDefinition, type StabilityLevel, stabilityLevels } from "./schema/definition";
import type { RequirementOf, VersionRequirement } from "./schema/requirement";
import { Memory } from "./syntax/memory";
import { type BlockSyntax, type BodySyntax, nameOf, type Syntax, walkBody } from "./syntax/tree";

/** Since when Alloy has had what the bindings know, and until when; a version has what the one before it had. */
export interface VersionHistory {
  /** The version of the bindings. */
  readonly alloy: string;
  /** The versions that were read, from the oldest. */
  readonly versions: readonly string[];
  /** What is newer than the oldest version, by the version that brought it. */
  readonly since: Readonly<Record<string, readonly string[]>>;
  /** What is gone, or takes something else, by the first version without it. */
  readonly until: Readonly<Record<string, readonly string[]>>;
}

/** The names that a history has for what configs rely on. */
export const factNames = {
  component: (name: string) => name,
  /** A component runs at a level. */
  level: (component: string, level: StabilityLevel) => `${component} at ${level}`,
  /** An argument or a block, by the names on the way to it with `/` between them. */
  member: (component: string, path: string) => `${component}: ${path}`,
  exported: (component: string, name: string) => `${component} exports ${name}`,
  /** An argument or a block may be left out. */
  optional: (component: string, path: string) => `${component}: ${path}${optionalEnd}`,
  /** A function or a constant of the standard library. */
  function: (name: string) => `function ${name}`,
} as const;

const optionalEnd = " left out";

/**
 * What other versions of Alloy than that of the bindings don't run of a config. It stands beside `config.requirements`, so
 * that what runs one version alone need not carry what is known of others.
 *
 * Known are components, arguments, blocks, exports and functions, and what had to be written. Not known are the words
 * that an argument takes, what OTTL can do, and defaults.
 */
export function versionRequirements(config: AlloyConfig): readonly RequirementOf[] {
  return withContent(config.components).flatMap((component) => {
    const { address, definition, block } = component;
    const found = known.of(component.readingOf(block), [definition], () => versionsOf(definition, block));
    return found.map((requirement) => ({ component: address, requirement }));
  });
}

const known = new Memory<readonly VersionRequirement[]>();

function versionsOf(
  { name, stability }: ComponentDefinition,
  block: BlockSyntax,
): readonly VersionRequirement[] {
  const levels = stability === "community" ? [] : stabilityLevels.slice(stabilityLevels.indexOf(stability));
  return [
    ...outside(factNames.component(name), name),
    ...levels.flatMap((level) =>
      outside(factNames.level(name, level), level.replace("-", " ")).map((one) => ({ ...one, level })),
    ),
    ...membersOf(name, block.body, ""),
    ...valuesOf(block.body),
  ];
}

/** @param known since when the component has had the body. @default - from the oldest version on */
function membersOf(
  component: string,
  { attributes, blocks }: BodySyntax,
  path: string,
  known?: string,
): readonly VersionRequirement[] {
  const { since, optionals, changed } = past();
  if (!changed.has(factNames.member(component, path))) return [];
  const names = new Set([...attributes, ...blocks].map(({ name }) => name));
  const came = (name: string) => since.get(factNames.member(component, name)) ?? known;
  const missing = (optionals.get(factNames.member(component, path)) ?? []).filter((name) => !names.has(name));
  return [
    ...[...names].flatMap((name) => outside(factNames.member(component, path + name), path + name)),
    ...missing.flatMap((name) => leftOut(component, path + name, came(path + name))),
    ...attributes.flatMap(({ name, value }) =>
      objectsIn(value).flatMap((object) =>
        membersOf(component, object, `${path}${name}/`, came(path + name)),
      ),
    ),
    // A block inside of one of its own name, such as `stage.match`, has what the outer one has.
    ...blocks.flatMap(({ name, body }) =>
      `/${path}`.endsWith(`/${name}/`)
        ? membersOf(component, body, path, known)
        : membersOf(component, body, `${path}${name}/`, came(path + name)),
    ),
  ];
}

/** The objects that an attribute is or lists, as bodies. */
function objectsIn(value: Syntax): readonly BodySyntax[] {
  if (value.kind === "list") return value.items.flatMap(objectsIn);
  if (value.kind !== "map") return [];
  return [{ attributes: value.entries.map(([name, entry]) => ({ name, value: entry })), blocks: [] }];
}

/** The functions, constants and exports that a block uses. */
function valuesOf(body: BodySyntax): readonly VersionRequirement[] {
  const found = new Map<string, string>();
  walkBody(body, (value) => {
    const name = nameOf(value);
    if (value.kind === "export" && value.component instanceof Component) {
      const { address, definition } = value.component;
      found.set(factNames.exported(definition.name, value.name), `${address}.${value.name}`);
    } else if (name !== undefined) found.set(factNames.function(name), name);
  });
  return [...found].flatMap(([fact, what]) => outside(fact, what));
}

/** The versions that don't have a fact. @param path what to call it, with `/` between the names of blocks */
function outside(fact: string, path: string): readonly VersionRequirement[] {
  const { since, until } = past();
  const [before, from] = [since.get(fact), until.get(fact)];
  if (before === undefined && from === undefined) return [];
  const what = path.replaceAll("/", ".");
  return [
    ...(before === undefined ? [] : [{ kind: "version", what: `${what} since ${before}`, before } as const]),
    ...(from === undefined ? [] : [{ kind: "version", what: `${what} before ${from}`, from } as const]),
  ];
}

/** The versions that know a member, and don't go without it. */
function leftOut(component: string, path: string, known: string | undefined): readonly VersionRequirement[] {
  return outside(factNames.optional(component, path), `doing without ${path}`).map((one) => ({
    from: known,
    ...one,
  }));
}

/** The history by fact, read when the first config asks. */
let byName: ReturnType<typeof readHistory> | undefined;

function past() {
  byName ??= readHistory(history);
  return byName;
}

function readHistory(of: VersionHistory) {
  const [since, until] = [byFact(of.since), byFact(of.until)];
  const optionals = new Map<string, string[]>();
  /** The bodies in which something has come, or gone, however deep. */
  const changed = new Set<string>();
  for (const fact of [...since.keys(), ...until.keys()]) {
    for (const { index, 0: end } of fact.matchAll(/: |\//g)) changed.add(fact.slice(0, index + end.length));
    if (!fact.endsWith(optionalEnd)) continue;
    const [, body = "", name = ""] = /^(.*[ /])([^/ ]+)$/.exec(fact.slice(0, -optionalEnd.length)) ?? [];
    optionals.set(body, [...(optionals.get(body) ?? []), name]);
  }
  return { since, until, optionals, changed };
}

function byFact(changes: VersionHistory["since"]): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(changes).flatMap(([version, facts]) => facts.map((fact) => [fact, version] as const)),
  );
}

/** What a tag of Alloy's image says: a release, or what may become one; the one with BoringCrypto has the same. */
const release = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-rc\.(\d+))?(?:-boringcrypto)?$/;

/** What keeps a version of Alloy from running a config, and what to write in its place. */
export interface VersionMistake {
  readonly message: string;
  readonly write: string;
}

/**
 * Whether a version of Alloy knows what a config requires.
 *
 * A version that has not been read is refused: what it no longer knows is not known. So is what names none.
 *
 * @param tag of Alloy's image; undefined where only a digest is known
 * @param requirements of the config, by {@link versionRequirements}
 * @param level at which the agent runs
 */
export function versionMistake(
  tag: string | undefined,
  requirements: readonly RequirementOf[],
  level: StabilityLevel,
): VersionMistake | undefined {
  const { alloy: bound, versions } = history;
  const [oldest = bound, newest = bound] = [versions[0], versions.at(-1)];
  const place = tag === undefined ? undefined : placeOf(tag);
  if (tag === undefined || place === undefined) {
    const what = tag === undefined ? "a digest alone is no version" : `${tag} is no version`;
    const named = placeOf(`v${tag}`) === undefined ? bound : `v${tag}`;
    return {
      message: `${what}, so that nothing tells whether this Alloy knows what the config says`,
      write: `${named}, or ${named}@sha256:… for an image of that version by its digest`,
    };
  }
  if (place < orderOf(oldest)) {
    return { message: `Alloy ${tag} is older than ${oldest}, the oldest that is known here`, write: bound };
  }
  if (place >= orderOf(nextMinor(newest))) {
    const message = `Alloy ${tag} is newer than ${newest}, the newest that is known here`;
    return { message, write: `${newest}, or read what it knows: npm run alloy:versions -- ${tag}` };
  }
  const needs = new Map<string, string[]>();
  for (const { component, requirement } of requirements) {
    if (requirement.kind !== "version" || !isRefused(requirement, place, level)) continue;
    needs.set(requirement.what, [...(needs.get(requirement.what) ?? []), component]);
  }
  if (needs.size === 0) return undefined;
  const text = [...needs].map(([what, components]) => `${what} (${some(components)})`).join("; ");
  return { message: `Alloy ${tag} doesn't know what the config says: ${text}`, write: bound };
}

function some([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function isRefused(
  { from, before, level: at }: VersionRequirement,
  place: number,
  level: StabilityLevel,
): boolean {
  return (
    (at === undefined || at === level) &&
    (from === undefined || orderOf(from) <= place) &&
    (before === undefined || place < orderOf(before))
  );
}

/** A number that orders versions; undefined for what is none. */
function placeOf(tag: string): number | undefined {
  const [, major, minor, patch, candidate] = release.exec(tag) ?? [];
  if (major === undefined) return undefined;
  const place = (Number(major) * 1000 + Number(minor)) * 1000 + Number(patch);
  return candidate === undefined ? place : place - 1 / (Number(candidate) + 2);
}

function orderOf(version: string): number {
  return placeOf(version) ?? 0;
}

function nextMinor(version: string): string {
  return version.replace(/^(v\d+\.)(\d+)\..*$/, (_, major, minor) => `${major}${Number(minor) + 1}.0`);
}
