import { type AttributeSyntax, type BlockSyntax, nameOf, type Placed, type Syntax, walkValue } from "./tree";

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
 * Remembers what a function finds of blocks, so that it looks once at all that say the same: the configs of a fleet differ in
 * few of their blocks. What is found must hold nothing of one config, and must not be changed.
 */
export class Memory<T> {
  private readonly known = new WeakMap<Meaning, { readonly by: readonly unknown[]; readonly found: T }>();

  /**
   * What the function finds of a block.
   *
   * @param by what the finding depends on besides what the block says; what was found with the latest of these is remembered
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
    // All at once: what most configs have is soon known again.
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

/** The parts of the block that is read: one list for all blocks, as nearly all of them are known already. */
const partsInWork: Part[] = [];

/** Takes a block apart into what it says, so that blocks which say something else have other parts. */
class Reader {
  isOfText = false;
  hasComments = false;
  readonly parts = partsInWork;
  readonly names: NameIn[] = [];
  private holder: AttributeSyntax | undefined;
  /** What comes next where that is a part of a name, or the name of a function. */
  private inner: Syntax | undefined;

  constructor() {
    this.parts.length = 0;
  }

  block(block: BlockSyntax): void {
    const { name, label, body } = block;
    const { attributes, blocks } = body;
    this.placed(block);
    this.placed(body);
    this.parts.push(name, label ?? null, attributes.length, blocks.length);
    for (const attribute of attributes) {
      this.placed(attribute);
      this.parts.push(attribute.name);
      this.holder = attribute;
      walkValue(attribute.value, this.visit);
    }
    for (const inside of blocks) this.block(inside);
  }

  private readonly visit = (value: Syntax) => {
    const { parts, holder, inner } = this;
    this.placed(value);
    parts.push(value.kind);
    this.inner = undefined;
    switch (value.kind) {
      case "literal":
        parts.push(value.value);
        return;
      case "list":
        parts.push(value.items.length);
        return;
      case "map":
        parts.push(value.entries.length);
        for (const [key] of value.entries) parts.push(key);
        return;
      case "call":
        parts.push(value.args.length);
        this.inner = value.function;
        return;
      case "operation":
        parts.push(value.operator, value.parts.length);
        return;
      case "negation":
        parts.push(value.operator);
        return;
      case "mistake":
        parts.push(value.message);
        return;
      case "index":
      case "parentheses":
        return;
      case "export":
        parts.push(value.component.address);
        break;
      case "access":
        this.inner = value.of;
    }
    parts.push(value.name);
    if (value !== inner && holder !== undefined && nameOf(value) !== undefined) {
      this.names.push({ value, holder });
    }
  };

  private placed({ at, comments }: Placed): void {
    if (at !== undefined) this.isOfText = true;
    if (comments === undefined) return;
    this.hasComments = true;
    this.parts.push("comments", JSON.stringify(comments));
  }
}
