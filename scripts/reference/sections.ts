import { propertyName } from "../../lib/alloy";
import { defaultOf, factsOf, type MemberSource } from "../generate-alloy/attributes";
import type { AttributeSchema } from "../generate-alloy/schema";
import { code, table } from "../pages/markdown";
import type { Part, PlacedAttribute, PlacedBody } from "./bodies";
import { fenced } from "./code";
import { anchorOf, link } from "./links";
import { typeName, wordsOf } from "./type-names";

/** A section of its own, by which a block is told. */
export interface Section {
  readonly title: string;
  readonly words: readonly string[];
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
    private readonly root: PlacedBody,
    private readonly elsewhere: WhereTold,
  ) {
    // What stands at several places is told where the way to it is shortest.
    let level: readonly Step[] = stepsIn(root, []);
    while (level.length > 0) level = level.flatMap((step) => this.add(step));
  }

  /** Each with those inside it. */
  get all(): readonly Section[] {
    const inOrder = (content: PlacedBody, path: readonly string[]): readonly Section[] =>
      stepsIn(content, path).flatMap((step) => {
        const section = this.known.get(keyOf(step.content));
        if (section === undefined || section.title !== titleOf(step.path)) return [];
        return [section, ...inOrder(step.content, step.path)];
      });
    return inOrder(this.root, []);
  }

  /** The link to the section of a block. */
  linkTo({ name, content }: Part): string {
    const section = this.known.get(keyOf(content()));
    return link(code(name), this.elsewhere(content()) ?? `#${anchorOf(section?.title ?? "")}`);
  }

  /** @returns the steps to what is inside, where that is not known yet */
  private add({ content, words, path }: Step): readonly Step[] {
    if (this.elsewhere(content) !== undefined) return [];
    const title = titleOf(path);
    const known = this.known.get(keyOf(content));
    if (known !== undefined) {
      known.others.push(title);
      return [];
    }
    this.known.set(keyOf(content), { title, words, content, others: [] });
    return stepsIn(content, path);
  }
}

/** A block, and the names on the way to it. */
interface Step {
  readonly words: readonly string[];
  readonly content: PlacedBody;
  readonly path: readonly string[];
}

function stepsIn({ parts }: PlacedBody, path: readonly string[]): readonly Step[] {
  return parts.map(({ name, words, content }) => ({ words, content: content(), path: [...path, name] }));
}

function titleOf(path: readonly string[]): string {
  return path.join(" > ");
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
  const below: string[] = [];
  const rows = attributes.map(({ schema, member }) => {
    const { name, optional, type } = schema;
    const value = spaced(defaultAt(schema) ?? "");
    const isBelow = /\S{40}/.test(value);
    if (isBelow) below.push(`The default of ${code(name)}:`, fenced("json", value));
    const isLong = value.length > widestDefault;
    const shown = isBelow || isLong || value === "" ? [] : [code(value)];
    const words = wordsOf(type).map((word) => code(JSON.stringify(word)));
    const told = factsIn(member, schema);
    return [
      names(member.name, name),
      [typeName(type), ...(optional ? shown : ["required"])],
      [
        ...told,
        ...(words.length > 0 ? [`One of ${words.join(", ")}.`] : []),
        ...(isBelow ? ["Its default is below."] : isLong ? [`Default: ${code(value)}.`] : []),
      ].join(" "),
    ];
  });
  return [table(["Property", "Type, default", "What it is"], rows), ...below].join("\n\n");
}

/** What its type doesn't tell. */
function factsIn({ facts }: MemberSource, { type }: AttributeSchema): readonly string[] {
  const told = facts.filter((fact) => !factsOf(type).includes(fact));
  return told.length > 0 ? told : facts;
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
