import { nameList } from "../../../lib/synthesis";
import { visible } from "../../pages/markdown";
import { type Line, type Sign, sections } from "../statement";
import type { Group, GroupPart, Saying } from "./groups";
import { headlineOf } from "./headline";

/** Makes a text stand out on a terminal; without colours it stays as it is. */
export type Paint = (text: string, style: "bold" | Sign) => string;

const styles = { bold: 1, "+": 32, "-": 31, "~": 33, "!": 35, " ": 0 } as const;

/** Colours, for where a text is read on a terminal that has some. */
export const coloured: Paint = (text, style) =>
  style === " " ? text : `\u001b[${styles[style]}m${text}\u001b[0m`;

export const plainText: Paint = (text) => text;

/** What changes in which environments, for a terminal. */
export function textOf(groups: readonly Group[], paint: Paint): string {
  return groups.map((group) => `${groupText(group, paint)}\n`).join("\n");
}

export const differencesTitle = "By environment";

function groupText(group: Group, paint: Paint): string {
  const names = group.names.length === 1 ? [] : [`  ${visible(nameList(group.names))}`];
  const parts = sections.flatMap((section) => {
    const own = group.parts.filter((part) => part.section === section);
    return own.length === 0
      ? []
      : ["", `  ${section}`, ...own.flatMap((part) => partLines(part, group, paint))];
  });
  const lines = variableLines(group).map((line) => `    ${visible(line)}`);
  const differences = lines.length === 0 ? [] : ["", `  ${differencesTitle}`, ...lines];
  return [paint(visible(headlineOf(group)), "bold"), ...names, ...parts, ...differences].join("\n");
}

/** What the marks of a group stand for, environment by environment. */
function variableLines({ names, variables }: Group): readonly string[] {
  if (variables.length === 0) return [];
  return names.map(
    (name, place) => `${name}: ${variables.map(({ mark, values }) => `${mark} ${values[place]}`).join(", ")}`,
  );
}

function partLines({ of, sayings }: GroupPart, group: Group, paint: Paint): readonly string[] {
  const indent = of === undefined ? "    " : "        ";
  const title = of === undefined ? [] : [lineText(of, "    ", paint)];
  return [...title, ...sayings.flatMap((saying) => sayingLines(saying, group, indent, paint))];
}

function sayingLines(
  { names, lines }: Saying,
  group: Group,
  indent: string,
  paint: Paint,
): readonly string[] {
  if (names === undefined) return lines.map((line) => lineText(line, indent, paint));
  return [
    `${indent}in ${visible(namesIn(names, group))}:`,
    ...lines.map((line) => lineText(line, `${indent}  `, paint)),
  ];
}

/** Environments of a group by their names. */
export function namesIn(names: readonly string[], group: Group): string {
  const others = group.names.filter((name) => !names.includes(name));
  return names.length > 3 && others.length < names.length ? `all but ${nameList(others)}` : nameList(names);
}

function lineText({ sign, text }: Line, indent: string, paint: Paint): string {
  return indent + paint(`${sign} ${visible(text)}`, sign);
}
