import {
  type AttributeSyntax,
  type BlockSyntax,
  type BodySyntax,
  blocksIn,
  literalOf,
  type Syntax,
  textOf,
} from "../syntax/tree";
import { isGoDuration, nanosecondsOf } from "./languages";

/** What attributes and blocks of one body ask of each other. Alloy refuses what breaks it, at its start or at a reload. */
export interface Rule {
  /** The components and blocks that have it, by name. @default - all with the `members` */
  readonly of?: readonly string[];
  /** The attributes and blocks that a body knows that has the rule. @default - any */
  readonly members?: readonly string[];
  readonly check: (facts: Facts) => void;
}

/** What is wrong in a body. */
export interface BrokenRule {
  readonly message: string;
  /** Whether Alloy refuses it; else it takes it, and nothing comes of it. */
  readonly isRefused: boolean;
  /** The attribute or block that is wrong. @default - the component */
  readonly part?: AttributeSyntax | BlockSyntax | undefined;
}

/** Told of each rule that a body breaks. */
export type ReportRule = (broken: BrokenRule) => void;

/** What is known of a body before Alloy runs. */
export class Facts {
  /**
   * @param name the block's name, or the component's
   * @param block whose body it is; undefined for that of a component
   */
  constructor(
    readonly name: string,
    private readonly body: BodySyntax,
    private readonly reportPart: ReportRule,
    private readonly block?: BlockSyntax,
  ) {}

  /** Whether an attribute or a block is there, unless it is known to be empty. */
  has(name: string): boolean {
    const value = this.value(name);
    if (value === undefined) return this.blocks(name).length > 0;
    if (value.kind === "literal") return value.value !== null && value.value !== "";
    if (value.kind === "map") return value.entries.length > 0;
    return !(value.kind === "list" && value.items.length === 0);
  }

  /** The names of those that are there. */
  those(...names: readonly string[]): readonly string[] {
    return names.filter((name) => this.has(name));
  }

  /** The blocks of a name. */
  blocks(name: string): readonly BlockSyntax[] {
    return blocksIn(this.body, name);
  }

  /** Blocks of any name that begins so. */
  blocksOf(start: string): readonly BlockSyntax[] {
    return this.body.blocks.filter(({ name }) => name.startsWith(start));
  }

  /** The literal that an attribute is, or the default where there is none; undefined where only Alloy knows. */
  literal<T extends string | number | boolean>(
    name: string,
    fallback?: T,
  ): string | number | boolean | undefined {
    const value = this.value(name);
    if (value === undefined) return fallback;
    if (value.kind === "negation" && value.of.kind === "literal" && typeof value.of.value === "number") {
      return -value.of.value;
    }
    return literalOf(value) ?? undefined;
  }

  /** The text that an attribute is, or the default where there is none; undefined where it is no text, or only Alloy knows. */
  text(name: string, fallback?: string): string | undefined {
    const value = this.literal(name, fallback);
    return typeof value === "string" ? value : undefined;
  }

  /** Those of the texts that an attribute lists which are known before Alloy runs. */
  texts(name: string): readonly string[] {
    const value = this.value(name);
    const items = value?.kind === "list" ? value.items : [];
    return items.flatMap((one) => textOf(one) ?? []);
  }

  /** The number that an attribute is, or the default where there is none; undefined where it is none, or only Alloy knows. */
  number(name: string, fallback?: number): number | undefined {
    const value = this.literal(name, fallback);
    return typeof value === "number" ? value : undefined;
  }

  /** The nanoseconds of a duration, as {@link text} has it. */
  duration(name: string, fallback?: string): number | undefined {
    const value = this.text(name, fallback);
    return value !== undefined && isGoDuration(value) ? nanosecondsOf(value) : undefined;
  }

  /** The bytes of a size, as {@link text} has it. */
  size(name: string): number | undefined {
    const parts = [...(this.text(name) ?? "").matchAll(/([\d.]+)([KMGTPE]?)i?B/g)];
    if (parts.length === 0) return undefined;
    return parts.reduce(
      (sum, [, amount, unit = ""]) => sum + Number(amount) * 1024 ** " KMGTPE".indexOf(unit || " "),
      0,
    );
  }

  /** Whether an attribute is there and not known to be what it is by default. */
  isSetBeside(name: string, value: string | number | undefined): boolean {
    const attribute = this.attribute(name);
    return attribute !== undefined && (value === undefined || this.literal(name) !== value);
  }

  /** What is known of a block inside, of which there is one at most. */
  inside(name: string): Facts | undefined {
    const [block] = this.blocks(name);
    return block && new Facts(name, block.body, this.reportPart, block);
  }

  /** Whether an attribute is known to be true. */
  isTrue(name: string): boolean {
    return this.literal(name) === true;
  }

  private value(name: string): Syntax | undefined {
    return this.attribute(name)?.value;
  }

  private attribute(name: string): AttributeSyntax | undefined {
    return this.body.attributes.find((attribute) => attribute.name === name);
  }

  /** Reports a mistake of an attribute or a block; of the body where there is none of the name. */
  report(name: string | undefined, message: string, isRefused = true): void {
    const part = name === undefined ? undefined : (this.attribute(name) ?? this.blocks(name)[0]);
    this.reportPart({ message, isRefused, part: part ?? this.block });
  }

  /** Of some that exclude each other only one may be there. */
  atMostOne(...names: readonly string[]): void {
    const [first, second, ...others] = this.those(...names);
    if (second === undefined) return;
    const all = [first, second, ...others].join(", ");
    this.report(second, `only one of ${all} may be there; remove the others`);
  }

  /** One of some has to be there. */
  atLeastOne(...names: readonly string[]): void {
    if (this.those(...names).length === 0) {
      this.report(
        undefined,
        `${this.name} needs ${names.join(" or ")}; write ${names.length > 1 ? "one of them" : "it"}`,
      );
    }
  }

  /** One of some has to be there, and no other of them. */
  exactlyOne(...names: readonly string[]): void {
    this.atMostOne(...names);
    this.atLeastOne(...names);
  }

  /** Either both are there or neither. */
  together(one: string, other: string): void {
    const [first, second] = this.those(one, other);
    if (first !== undefined && second === undefined) {
      this.report(first, `${one} and ${other} go together; write both`);
    }
  }

  /** One duration has to be less than another, each with the default that it has where it isn't set. */
  less(
    [name, fallback]: readonly [name: string, fallback: string],
    [other, otherFallback]: readonly [name: string, fallback: string],
  ): void {
    const [less, more] = [this.duration(name, fallback), this.duration(other, otherFallback)];
    if (less === undefined || more === undefined || less < more) return;
    this.report(
      this.has(name) ? name : other,
      `${name} must be less than ${other} (default ${fallback} and ${otherFallback})`,
    );
  }

  /** What is there may not be empty. */
  filled(name: string): void {
    if (this.attribute(name) !== undefined && !this.has(name)) {
      this.report(name, `${name} is empty; write what it is`);
    }
  }

  /** A number, or a duration in nanoseconds, that Alloy refuses below a least one. */
  atLeast(name: string, least: number): void {
    const value = this.duration(name) ?? this.number(name);
    if (value !== undefined && value < least) this.report(name, `${name} must be ${least} or more`);
  }

  /** A duration that Alloy refuses below a least one, such as `1s`. */
  lasts(name: string, least: string): void {
    const value = this.duration(name);
    if (value === undefined || value >= nanosecondsOf(least)) return;
    this.report(name, `${name} must be ${least} or more`);
  }

  /** A number that Alloy refuses outside of a range; both ends are in it. */
  between(name: string, least: number, most: number): void {
    const value = this.number(name);
    if (value !== undefined && (value < least || value > most)) {
      this.report(name, `${name} must be from ${least} to ${most}`);
    }
  }

  /** A duration or number that Alloy refuses at 0 or below. */
  positive(name: string): void {
    const value = this.duration(name) ?? this.number(name);
    if (value !== undefined && value <= 0) this.report(name, `${name} must be more than 0`);
  }
}
