import { type AttributeSyntax, type BlockSyntax, type BodySyntax, nameOf, type Syntax } from "./tree";

/** A name in a block that may stand for something of the config around it. */
export interface NameIn {
  readonly value: Syntax;
  /** The attribute that it is in, as one value may stand in several. */
  readonly holder: AttributeSyntax;
}

/** What a block that a program made says. */
export interface Reading {
  /** One for all blocks that say the same, as far as they are remembered. */
  readonly meaning: Meaning;
  /** The names in its values but those of functions, in the order of the text. */
  readonly names: readonly NameIn[];
  readonly hasComments: boolean;
}

/** What a block says: its parts in the order of the text, with what stands between them. */
interface Meaning {
  readonly parts: readonly Part[];
}

type Part = string | number | boolean | null;

/**
 * What a function finds of blocks, to be found once of all that say the same: the configs of a fleet differ in few of their
 * blocks. What is found must not hold anything of a config, and must not be changed.
 */
export class Memory<T> {
  private readonly known = new WeakMap<Meaning, { readonly by: readonly unknown[]; readonly found: T }>();

  /**
   * What is found of a block.
   *
   * @param by what it depends on besides what the block says; of each block what was asked for last is remembered
   * @param find undefined is not remembered
   */
  of(reading: Reading | undefined, by: readonly unknown[], find: () => T): T {
    if (reading === undefined) return find();
    const known = this.known.get(reading.meaning);
    if (known !== undefined && isSame(known.by, by)) return known.found;
    const found = find();
    if (found !== undefined) this.known.set(reading.meaning, { by, found });
    return found;
  }
}

/** How many meanings are remembered of blocks with one name and one label, and of how many of these. */
const limits = { meanings: 8, addresses: 1000 };

/** By the names and labels of blocks, the latest first. */
const remembered = new Map<string, Meaning[]>();

/** Reads a block; undefined for one of a text, whose parts have places of their own. */
export function readingOf(block: BlockSyntax): Reading | undefined {
  const reader = new Reader();
  reader.block(block);
  const { parts, names, hasComments, isOfText } = reader;
  return isOfText
    ? undefined
    : { meaning: meaningOf(`${block.name} ${block.label}`, parts), names, hasComments };
}

function meaningOf(address: string, parts: readonly Part[]): Meaning {
  const known = remembered.get(address) ?? [];
  const place = known.findIndex((one) => isSame(one.parts, parts));
  if (place === 0 && known[0] !== undefined) return known[0];
  const [meaning = { parts: [...parts] }] = place < 0 ? [] : known.splice(place, 1);
  known.unshift(meaning);
  if (known.length > limits.meanings) known.pop();
  if (known.length === 1) {
    if (remembered.size >= limits.addresses) remembered.clear();
    remembered.set(address, known);
  }
  return meaning;
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}

/** The parts of the block under work: one list for all of them, as nearly all are known. */
const partsInWork: Part[] = [];

/** Takes a block apart, so that no other has the same parts. */
class Reader {
  isOfText = false;
  hasComments = false;
  readonly parts = partsInWork;
  readonly names: NameIn[] = [];

  constructor() {
    this.parts.length = 0;
  }

  block({ name, label, body, at, comments }: BlockSyntax): void {
    this.placed(at, comments);
    this.parts.push(name, label ?? null);
    this.body(body);
  }

  private body({ attributes, blocks, at, comments }: BodySyntax): void {
    this.placed(at, comments);
    this.parts.push(attributes.length, blocks.length);
    for (const attribute of attributes) {
      this.placed(attribute.at, attribute.comments);
      this.parts.push(attribute.name);
      this.value(attribute.value, attribute);
    }
    for (const block of blocks) this.block(block);
  }

  private value(value: Syntax, holder: AttributeSyntax): void {
    this.placed(value.at, value.comments);
    this.parts.push(value.kind);
    switch (value.kind) {
      case "literal":
        this.parts.push(value.value);
        break;
      case "list":
        this.values(value.items, holder);
        break;
      case "map":
        this.parts.push(value.entries.length);
        for (const [key, entry, at] of value.entries) {
          this.placed(at, undefined);
          this.parts.push(key);
          this.value(entry, holder);
        }
        break;
      case "export":
        this.names.push({ value, holder });
        this.parts.push(value.component.address, value.name);
        break;
      case "identifier":
        this.names.push({ value, holder });
        this.parts.push(value.name);
        break;
      case "access":
        this.access(value, holder);
        break;
      case "mistake":
        this.parts.push(value.message);
        break;
      case "call":
        this.callee(value.function, holder);
        this.values(value.args, holder);
        break;
      case "index":
        this.value(value.of, holder);
        this.value(value.key, holder);
        break;
      case "negation":
        this.parts.push(value.operator);
        this.value(value.of, holder);
        break;
      case "parentheses":
        this.value(value.of, holder);
        break;
      case "operation":
        this.parts.push(value.operator);
        this.values(value.parts, holder);
        break;
    }
  }

  private access(value: Syntax & { readonly kind: "access" }, holder: AttributeSyntax): void {
    const name = nameOf(value);
    this.parts.push(name ?? null, value.name);
    if (name === undefined) this.value(value.of, holder);
    else this.names.push({ value, holder });
  }

  private callee(value: Syntax, holder: AttributeSyntax): void {
    const name = nameOf(value);
    this.parts.push(name ?? null);
    if (name === undefined) this.value(value, holder);
  }

  private values(values: readonly Syntax[], holder: AttributeSyntax): void {
    this.parts.push(values.length);
    for (const value of values) this.value(value, holder);
  }

  private placed(at: unknown, comments: unknown): void {
    if (at !== undefined) this.isOfText = true;
    if (comments === undefined) return;
    this.hasComments = true;
    this.parts.push("comments", JSON.stringify(comments));
  }
}
