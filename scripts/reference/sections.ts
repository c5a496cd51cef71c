import { propertyName } from "../../lib/alloy";
import { defaultOf, factsOf } from "../generate-alloy/attributes";
import type { AttributeSchema } from "../generate-alloy/schema";
import { code, table } from "../pages/markdown";
import type { Part, PlacedAttribute, PlacedBody } from "./bodies";
import { anchorOf, link } from "./links";
import { typeName, wordsOf } from "./type-names";

/** A section of its own, by which a block is told. */
export interface Section {
  readonly title: string;
  readonly content: PlacedBody;
  /** Other places of the same block on the page. */
  readonly others: string[];
}

/** Says where a block is told: on which page, under which title. */
export type WhereTold = (content: PlacedBody) => string | undefined;

/** The blocks of a page, each once, by what they hold. Blocks that another page tells are left out. */
export class Sections {
  private readonly known = new Map<string, Section>();

  constructor(
    root: PlacedBody,
    private readonly elsewhere: WhereTold,
  ) {
    this.add(root, []);
  }

  get all(): readonly Section[] {
    return [...this.known.values()];
  }

  /** The link to the section of a block. */
  linkTo(part: Part): string {
    const content = part.content();
    const section = this.known.get(keyOf(content));
    return link(code(part.name), this.elsewhere(content) ?? `#${anchorOf(section?.title ?? "")}`);
  }

  private add({ parts }: PlacedBody, path: readonly string[]): void {
    for (const part of parts) {
      const content = part.content();
      if (this.elsewhere(content) !== undefined) continue;
      const title = [...path, part.name].join(" > ");
      const known = this.known.get(keyOf(content));
      if (known !== undefined) {
        known.others.push(title);
        continue;
      }
      this.known.set(keyOf(content), { title, content, others: [] });
      this.add(content, [...path, part.name]);
    }
  }
}

/** Bodies of one interface with the same defaults are told together. */
export function keyOf({ schema, body, attributes }: PlacedBody): string {
  return `${body?.interfaceName} ${attributes.length} ${JSON.stringify(schema)}`;
}

/** The default of an attribute, where places may differ. @default - the attribute's own */
export type DefaultAt = (attribute: AttributeSchema) => string | undefined;

/** The table of attributes. */
export function attributesTable(
  attributes: readonly PlacedAttribute[],
  defaultAt: DefaultAt = defaultOf,
): string {
  const rows = attributes.map(({ schema, member }) => {
    const { name, optional, type } = schema;
    const value = defaultAt(schema);
    const shown = value === undefined ? undefined : code(spaced(value));
    const isLong = shown !== undefined && shown.length > widestDefault;
    const words = wordsOf(type).map((word) => code(JSON.stringify(word)));
    const told = member.facts.filter((fact) => !factsOf(type).includes(fact));
    return [
      names(member.name, name),
      typeName(type),
      optional ? (isLong ? "below" : (shown ?? "")) : "required",
      [
        ...(told.length > 0 ? told : member.facts),
        ...(words.length > 0 ? [`One of ${words.join(", ")}.`] : []),
        ...(isLong ? [`Default: ${shown}.`] : []),
      ].join(" "),
    ];
  });
  return table(["Property", "Type", "Default", "What it is"], rows);
}

/** The table of blocks, and of attributes that are objects. */
export function partsTable(
  parts: readonly Part[],
  linkTo: (part: Part) => string,
  more: (part: Part) => readonly string[],
): string {
  const rows = parts.map((part) => [
    `${linkTo(part)}${isSame(part) ? "" : `<br/>${code(part.property)}`}`,
    `${counts[part.count]}${part.optional ? "" : ", required"}`,
    [...part.words, ...more(part)].join(" "),
  ]);
  return table(["Block", "How many", "What it is"], rows);
}

const counts: Readonly<Record<Part["count"], string>> = {
  one: "one",
  many: "a list",
  labelled: "by label",
  object: "an object",
  objects: "objects",
};

function isSame({ name, property }: Part): boolean {
  return name === property;
}

/** A default longer than this stands among the words: it would make the column too wide. */
const widestDefault = 22;

/** JSON that can be broken into lines. */
function spaced(json: string): string {
  if (!/^[[{]/.test(json)) return json;
  return json.replace(
    /("(?:[^"\\]|\\.)*")|([,:])/g,
    (_, text: string | undefined, mark: string) => text ?? `${mark} `,
  );
}

/** The property, and what Alloy calls it where that differs. */
export function names(property: string, name: string): string {
  return property === name ? code(name) : `${code(property)}<br/>${code(name)}`;
}

export function propertyAndName(name: string): string {
  return names(propertyName(name), name);
}
