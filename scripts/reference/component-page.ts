import { className } from "../../lib/alloy";
import type { ExportSchema } from "../generate-alloy/schema";
import { bullets, code, listed, table } from "../pages/markdown";
import { type Described, fileOf, type PlacedBody } from "./bodies";
import { fenced } from "./code";
import type { Example } from "./examples";
import { flowOf } from "./flow";
import { type Change, changesText } from "./history";
import { link } from "./links";
import { attributesTable, partsTable, propertyAndName, type Section, Sections } from "./sections";
import type { SharedBlocks } from "./shared-blocks";
import { exportWords, typeName } from "./type-names";

/** What is known of a component. */
export interface ComponentFacts {
  readonly described: Described;
  readonly words: string | undefined;
  /** Its page in Alloy's documentation. */
  readonly page: string | undefined;
  readonly root: PlacedBody;
  readonly example: Example | undefined;
  readonly changes: readonly Change[];
}

/** The page of a component, or of a block that configures Alloy itself. */
export function componentPage(
  facts: ComponentFacts,
  mark: string,
  shared: SharedBlocks,
  oldest: string,
): string {
  const { described, words, root, example, changes } = facts;
  const { name } = described;
  const sections = new Sections(root, shared.linkTo);
  const exports = "exports" in described ? described.exports : [];
  const parts = [
    [`# ${name}`, mark, ...(words === undefined ? [] : [words]), bullets(headOf(facts))],
    example === undefined
      ? []
      : ["## Example", fenced("ts", example.typescript), fenced("alloy", example.alloy)],
    root.attributes.length === 0 ? [] : ["## Arguments", attributesTable(root.attributes)],
    root.parts.length === 0 ? [] : ["## Blocks", blocksTable(root, sections, shared)],
    ...sections.all.map((section) => sectionText(section, sections, shared)),
    exports.length === 0
      ? []
      : ["## Exports", exportsTable(exports, "accepts" in described ? listed(described.accepts ?? []) : "")],
    example === undefined || example.requires.length === 0
      ? []
      : [
          "## Requires",
          "In this example it needs, where it runs; `config.requirements` tells it of any config:",
          bullets(example.requires),
        ],
    changes.length === 0
      ? []
      : ["## Versions", `Since ${oldest}, the oldest version that was read:`, changesText(changes)],
  ];
  return `${parts.flat().join("\n\n")}\n`;
}

function headOf({ described, page }: ComponentFacts): readonly string[] {
  const { name } = described;
  const file = fileOf(described);
  return [
    stabilityText(described),
    ...flowWords(described),
    `Class ${code(className(name))} of ${code(`alloy-constructs/components/${file}`)}, in this repository ${link(code(`imports/alloy/${file}`), `../../imports/alloy/${file}.ts`)}.`,
    `${[link("All components", "README.md"), ...(page === undefined ? [] : [link("Alloy's own page", page)])].join(" · ")}`,
  ];
}

const levels: Readonly<Record<Described["stability"], string>> = {
  "generally-available": "Generally available.",
  "public-preview": "In public preview: runs at `--stability.level` `public-preview` or `experimental`.",
  experimental: "Experimental: runs at `--stability.level` `experimental`.",
  community: "Of the community: runs with `--feature.community-components.enabled`.",
};

function stabilityText({ stability }: Described): string {
  return levels[stability];
}

function flowWords(described: Described): readonly string[] {
  const { takes, gives } = flowOf(described);
  const words = [
    ...(takes.length > 0 ? [`Takes ${listed(takes)}.`] : []),
    ...(gives.length > 0 ? [`Gives ${listed(gives)}.`] : []),
  ];
  return words.length === 0 ? [] : [words.join(" ")];
}

function blocksTable(content: PlacedBody, sections: Sections, shared: SharedBlocks): string {
  return partsTable(
    content.parts,
    (part) => sections.linkTo(part),
    (part) => shared.defaultsAt(part.content()),
  );
}

function sectionText({ title, words, content, others }: Section, sections: Sections, shared: SharedBlocks) {
  const { attributes, parts, body, link: page } = content;
  const about = [
    ...(body === undefined ? [] : [code(body.interfaceName)]),
    ...(page === undefined ? [] : [link("Alloy's own page", page)]),
  ];
  return [
    `### ${title}`,
    words.join(" "),
    ...(about.length === 0 ? [] : [about.join(" · ")]),
    ...(others.length === 0 ? [] : [`The same is ${listed(others.map(code))}.`]),
    ...(attributes.length > 0 ? [attributesTable(attributes)] : []),
    ...(parts.length > 0 ? [blocksTable(content, sections, shared)] : []),
    ...(attributes.length + parts.length > 0 ? [] : ["It has no arguments."]),
  ];
}

function exportsTable(exports: readonly ExportSchema[], signals: string): string {
  const rows = exports.map(({ name, type }) => [
    propertyAndName(name),
    typeName(type),
    exportWords(type, signals),
  ]);
  return table(["Property", "Type", "What it is"], rows);
}
