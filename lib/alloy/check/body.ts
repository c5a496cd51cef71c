import type { BlockDefinition, BodyDefinition, NamedMember, ObjectDefinition } from "../schema/body";
import { Facts, type ReportRule } from "../schema/facts";
import { nearest } from "../schema/nearest";
import {
  type AttributeSyntax,
  attributeIn,
  type BlockSyntax,
  type BodySyntax,
  isIdentifier,
  type Syntax,
  statementsOf,
} from "../syntax/tree";
import type { Diagnostics } from "./diagnostics";
import type { Values } from "./values";

/** Checks the attributes and blocks of a body against what it takes. */
export class BodyCheck {
  constructor(
    private readonly values: Values,
    private readonly diagnostics: Diagnostics,
  ) {}

  /**
   * @param owner the block that holds the body, or the attribute whose object it is
   * @param path the blocks around what stands in the body, such as `output.`
   */
  check(definition: BodyDefinition, body: BodySyntax, owner: AttributeSyntax | BlockSyntax, path = ""): void {
    const members = definition.byAlloyName;
    const seen = new Set<string>();
    const open = () => [...members.keys()].filter((name) => attributeIn(body, name) === undefined);
    for (const statement of statementsOf(body)) {
      const { name } = statement;
      const member = members.get(name);
      // What is misspelt is not missing too.
      if (member === undefined) seen.add(this.unknown(statement, open(), path) ?? name);
      else if ("value" in statement) this.attribute(member, statement, seen.has(name), path);
      else this.block(member, statement, seen.has(name), path);
      seen.add(name);
    }
    for (const property of definition.required) {
      const member = definition.members.get(property);
      if (member === undefined) continue;
      const names = "choices" in member ? [...member.choices.values()].map((one) => one.name) : [member.name];
      if (names.some((name) => seen.has(name))) continue;
      const kind = "multiplicity" in member || "choices" in member ? "block" : "attribute";
      this.diagnostics.add(
        "error",
        owner,
        `the ${kind} ${names.join(" or ")} is missing; ${owner.name} needs it`,
        { member: "name" in member ? member.name : property },
      );
    }
  }

  /**
   * @param known what may stand there
   * @returns what is meant, if that is known
   */
  private unknown(
    statement: AttributeSyntax | BlockSyntax,
    known: readonly string[],
    path: string,
  ): string | undefined {
    const { name } = statement;
    const isBlock = "body" in statement;
    const near = nearest(name, known) ?? theOneWith(name, known);
    const what = `${isBlock ? "there is no block" : "there is no attribute"} ${name}`;
    this.diagnostics.add(
      "error",
      statement,
      `${what}; ${near === undefined ? "remove it" : `write ${near}`}`,
    );
    if ("value" in statement) this.values.visitAttribute(statement, path);
    else this.visitAll(statement.body, `${path}${name}.`);
    return near;
  }

  /** What is not known may refer to others all the same. */
  visitAll(body: BodySyntax, path = ""): void {
    for (const attribute of body.attributes) this.values.visitAttribute(attribute, path);
    for (const block of body.blocks) this.visitAll(block.body, `${path}${block.name}.`);
  }

  private attribute(member: NamedMember, attribute: AttributeSyntax, isAgain: boolean, path: string): void {
    const { name, value } = attribute;
    if (!("fields" in member)) this.values.visitAttribute(attribute, path);
    if ("multiplicity" in member) {
      if (value.kind === "mistake") return;
      this.diagnostics.add("error", attribute, `${name} is a block; write ${name} { ... }`);
      return;
    }
    if (isAgain) this.diagnostics.add("error", attribute, `${name} stands here twice; remove one`);
    if ("fields" in member) this.objects(member, value, attribute, path);
    else this.diagnostics.format(member.format, value, (part) => this.values.formatOf(part));
  }

  private objects(member: ObjectDefinition, value: Syntax, attribute: AttributeSyntax, path: string): void {
    if (value.kind === "list") for (const item of value.items) this.objects(member, item, attribute, path);
    if (value.kind !== "map") {
      if (value.kind !== "list") this.values.visitAttribute({ ...attribute, value }, path);
      return;
    }
    const attributes = value.entries.map(([name, entry, at]) => ({ name, value: entry, ...(at && { at }) }));
    this.check(member.fields, { attributes, blocks: [] }, attribute, `${path}${attribute.name}.`);
  }

  private block(member: NamedMember, block: BlockSyntax, isAgain: boolean, path: string): void {
    if (!("multiplicity" in member)) {
      this.diagnostics.add("error", block, `${block.name} is an attribute; write ${block.name} = { ... }`);
      this.visitAll(block.body, `${path}${block.name}.`);
      return;
    }
    this.multiplicity(member, block, isAgain);
    this.check(member.body, block.body, block, `${path}${block.name}.`);
  }

  private multiplicity({ name, multiplicity }: BlockDefinition, block: BlockSyntax, isAgain: boolean): void {
    if (multiplicity === "one" && isAgain) {
      this.diagnostics.add("error", block, `${name} stands here twice; write all into one`);
    }
    if (multiplicity === "labelled" && block.label === undefined) {
      this.diagnostics.add("error", block, `${name} needs a label; write ${name} "name" { ... }`);
    }
    if (multiplicity !== "labelled" && block.label !== undefined) {
      this.diagnostics.add("error", block, `${name} has no label; write ${name} { ... }`);
    }
    if (block.label !== undefined && !isIdentifier(block.label)) {
      const severity = block.at === undefined ? "error" : "warning";
      this.diagnostics.add(severity, block, `the label ${block.label} has more than letters, digits and _`);
    }
  }
}

/** The one name that has a word, such as `scrape_interval` of `interval`, or `stage.json` of `json`. */
function theOneWith(word: string, names: readonly string[]): string | undefined {
  const [one, other] = names.filter((name) => name.split(/[._]/).includes(word));
  return other === undefined ? one : names.find((name) => name.endsWith(`.${word}`));
}

/**
 * Reports what a body and the blocks in it ask of each other.
 *
 * @param block whose body it is; undefined for that of a component
 */
export function checkRules(
  name: string,
  { rules, byAlloyName }: BodyDefinition,
  body: BodySyntax,
  report: ReportRule,
  block?: BlockSyntax,
): void {
  if (rules.length > 0) {
    const facts = new Facts(name, body, report, block);
    for (const { of, check } of rules) if (of?.includes(name) !== false) check(facts);
  }
  for (const inside of body.blocks) {
    const member = byAlloyName.get(inside.name);
    if (member !== undefined && "multiplicity" in member) {
      checkRules(inside.name, member.body, inside.body, report, inside);
    }
  }
}
