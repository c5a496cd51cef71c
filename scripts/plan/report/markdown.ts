import { mostNamed } from "../../../lib/synthesis";
import { counted } from "../../counted";
import { bullets, code, table, visible, withEntities } from "../../pages/markdown";
import { type Section, sections } from "../statement";
import type { Group, GroupPart } from "./groups";
import { headlineOf } from "./headline";
import { differencesTitle, namesIn } from "./text";

/** GitHub takes comments of 65,536 characters (read). The rest is for the summary, the last sentence and line ends. */
const roomOfComment = 60_000;

/**
 * What changes in which environments, for a forge. Where a comment doesn't hold all of it, the last groups are told in
 * fewer words, and that is said.
 */
export function markdownOf(groups: readonly Group[], summary: string, room = roomOfComment): string {
  const whole = groups.map((group) => groupMarkdown(group, "all"));
  const texts = fitting(groups, whole, room);
  const cut = texts.filter((text, place) => text !== whole[place]).length;
  const rest =
    cut === 0
      ? []
      : [
          `*A comment holds no more: of ${counted(cut, "group")} some is left out. \`npm run plan\` tells it all.*`,
        ];
  return `${[`## Plan: ${summary}`, ...texts, ...rest].join("\n\n")}\n`;
}

/** How much is told of a group: all, what isn't folded, its headline. */
type Extent = "all" | "open" | "headline";

function fitting(groups: readonly Group[], whole: readonly string[], room: number): readonly string[] {
  const texts = [...whole];
  for (const extent of ["open", "headline"] as const) {
    for (const [place, group] of [...groups.entries()].reverse()) {
      if (texts.join("\n\n").length <= room) return texts;
      texts[place] = groupMarkdown(group, extent);
    }
  }
  return texts;
}

/** How each section is shown: as sentences, as what a reviewer must see at once, or folded. */
const shapes: Readonly<Record<Section, "sentences" | "open" | "folded">> = {
  Pods: "sentences",
  Data: "sentences",
  "Data at risk": "sentences",
  Access: "open",
  Config: "folded",
  Alerts: "folded",
  Objects: "folded",
};

function groupMarkdown(group: Group, extent: Extent): string {
  const headline = `### ${prose(headlineOf(group))}`;
  if (extent === "headline") return headline;
  const parts = sections.flatMap((section) => {
    const own = group.parts.filter((part) => part.section === section);
    const shape = shapes[section];
    if (own.length === 0 || (shape === "folded" && extent === "open")) return [];
    const text =
      shape === "sentences"
        ? own.map((part) => bulletsOf(part, group)).join("\n")
        : diff(own.flatMap((part) => partLines(part, group)));
    return shape === "folded" ? folded(section, text) : [`**${section}**`, text];
  });
  const differences = group.variables.length === 0 ? [] : folded(differencesTitle, variableTable(group));
  return [headline, ...namesOf(group, extent), ...parts, ...differences].join("\n\n");
}

/** Which environments a group is of: of one, its headline says so. */
function namesOf({ names }: Group, extent: Extent): readonly string[] {
  if (names.length === 1) return [];
  const text = names.map(code).join(", ");
  if (names.length <= mostNamed) return [text];
  return extent === "open" ? [] : folded("Environments", text);
}

/** What the marks of a group stand for, an environment a row. */
function variableTable({ names, variables }: Group): string {
  const rows = names.map((name, place) => [
    code(name),
    ...variables.map(({ values }) => code(values[place] ?? "")),
  ]);
  return table(["Environment", ...variables.map(({ mark }) => mark)], rows);
}

function folded(title: string, text: string): readonly string[] {
  return [`<details><summary>${title}</summary>`, text, "</details>"];
}

function bulletsOf({ sayings }: GroupPart, group: Group): string {
  return bullets(
    sayings.flatMap(({ names, lines }) => {
      const where = names === undefined ? "" : `in ${namesIn(names, group)}: `;
      return lines.map(({ text }) => prose(where + text));
    }),
  );
}

function partLines({ of, sayings }: GroupPart, group: Group): readonly string[] {
  return [
    ...(of === undefined ? [] : [`${of.sign} ${of.text}`]),
    ...sayings.flatMap(({ names, lines }) => [
      ...(names === undefined ? [] : [`  in ${namesIn(names, group)}:`]),
      ...lines.map(({ sign, text }) => `${sign} ${of === undefined ? "" : "    "}${text}`),
    ]),
  ];
}

/** Characters that mean something to Markdown or a forge within a line. A `_` inside of a name means nothing. */
const markup = /[\\`*[\]<>|~#&@!$]|(?<!\w)_|_(?!\w)/g;

function prose(text: string): string {
  return withEntities(visible(text), markup);
}

/** Forges colour such a block by the first character of each line. */
function diff(lines: readonly string[]): string {
  const text = lines.map(visible).join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}diff\n${text}\n${fence}`;
}
