import { groupBy } from "../../../lib/schema";
import type { EnvironmentChange } from "../environment-change";
import { type Line, type Section, type Statement, sections } from "../statement";
import { type Variable, Variables } from "./variables";

/** Environments that change alike. */
export interface Group {
  readonly names: readonly string[];
  readonly changes: readonly EnvironmentChange[];
  readonly parts: readonly GroupPart[];
  /** What differs by environment in what is said of all. */
  readonly variables: readonly Variable[];
}

/** What is said under one title, of all environments of a group. */
export interface GroupPart {
  readonly section: Section;
  /** @default - sentences, without a title */
  readonly of: Line | undefined;
  readonly sayings: readonly Saying[];
}

/** What is said of some environments of a group. */
export interface Saying {
  /** Undefined: of all of them. */
  readonly names: readonly string[] | undefined;
  readonly lines: readonly Line[];
}

/** Environments are told together where these sections are about the same. All others follow from these, and may differ. */
const causes: readonly Section[] = ["Access", "Config", "Objects"];

/**
 * Puts environments together whose statements are about the same, the largest groups first. Where the values differ, each
 * is told with the environments that it is of.
 */
export function groupsOf(changes: readonly EnvironmentChange[]): readonly Group[] {
  const groups = groupBy(changes, ({ state, statements }) => {
    const own = statements.filter(({ section }) => causes.includes(section));
    return JSON.stringify([state, ...own.map(({ section, of, about }) => [section, of, about])]);
  });
  return [...groups.values()]
    .map((alike) => {
      const variables = new Variables();
      const parts = partsOf(alike, variables);
      return { names: alike.map(({ name }) => name), changes: alike, parts, variables: variables.all };
    })
    .sort((a, b) => b.names.length - a.names.length);
}

/** A statement, and the name of the environment that it is of. */
interface Said {
  readonly name: string;
  readonly statement: Statement;
}

function partsOf(alike: readonly EnvironmentChange[], variables: Variables): readonly GroupPart[] {
  const all = alike.flatMap(({ name, statements }) =>
    statements.map((statement): Said => ({ name, statement })),
  );
  const byTitle = groupBy(all, ({ statement: { section, of } }) => JSON.stringify([section, of]));
  const parts = [...byTitle.values()].flatMap((own) => {
    const sayings = [...groupBy(own, ({ statement }) => statement.about).values()];
    return own.slice(0, 1).map(({ statement: { section, of } }) => ({
      section,
      of,
      sayings: sayings.flatMap((same) => sayingsOf(same, alike.length, variables)),
    }));
  });
  return parts.sort((a, b) => sections.indexOf(a.section) - sections.indexOf(b.section));
}

/** What is said of one thing, environments with the same words together. */
function sayingsOf(same: readonly Said[], count: number, variables: Variables): readonly Saying[] {
  if (same.length === count) {
    const lines = variables.pattern(same.map(({ statement }) => statement.lines));
    if (lines !== undefined) return [{ names: undefined, lines }];
  }
  return [...groupBy(same, ({ statement }) => JSON.stringify(statement.lines)).values()].flatMap((said) => {
    const names = said.length === count ? undefined : said.map(({ name }) => name);
    const [
      {
        statement: { lines },
      } = { statement: { lines: [] } },
    ] = said;
    return lines.length === 0 ? [] : [{ names, lines }];
  });
}
