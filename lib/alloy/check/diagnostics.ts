import { checkFormat, type Format, type FormatOfValue } from "../schema/format";
import { Place } from "../syntax/source";
import type { AttributeSyntax, BlockSyntax, Syntax } from "../syntax/tree";
import { type Owner, type Part, Property, propertyAt } from "./property";

/** An `error` is what Alloy refuses, at its start or while it runs; a `warning` is what has no effect, or is unwise. */
export type Severity = "error" | "warning";

/** What is wrong in a config, and what to write instead. */
export interface Diagnostic {
  readonly severity: Severity;
  /** A place in a text, or of what a program made, a property of a construct. Each says itself as a string. */
  readonly at: Place | Property;
  readonly message: string;
  /**
   * What kind of mistake it is, for those who treat some kinds differently: a secret in the text, or a name that stands for
   * nothing.
   *
   * @default - any other kind
   */
  readonly about?: About;
}

/** The kinds of mistakes that some treat differently. */
export type About = "secret" | "reference";

/** What of a component tells where something is wrong. */
export interface Checked {
  readonly block: BlockSyntax;
  /** What made the block. @default - it is of a text */
  readonly owner?: Owner | undefined;
}

/** What more there is to say. */
interface Details {
  /** The attribute or block in the part that is meant, by Alloy's name: one that is missing. @default - the part */
  readonly member?: string;
  readonly about?: About;
}

/** Gathers what is wrong with a config. */
export class Diagnostics {
  private readonly all: Diagnostic[] = [];
  private component: Checked | undefined;
  /** The attribute that is checked now: one value may stand in several. */
  attribute: AttributeSyntax | undefined;

  /** @param file where what has no place of its own stands */
  constructor(private readonly file: Place | Property) {}

  /** Has what is added from now on be about a component, or an attribute of it. */
  enter(component: Checked, attribute?: AttributeSyntax): void {
    this.component = component;
    this.attribute = attribute;
  }

  add(severity: Severity, part: Part, message: string, { member, about }: Details = {}): void {
    const at = this.component?.block.at === undefined ? undefined : part.at;
    this.all.push({
      severity,
      at: at ?? this.propertyOf(part, member) ?? part.at ?? this.file,
      message,
      ...(about && { about }),
    });
  }

  /** How much is wrong so far. */
  get count(): number {
    return this.all.length;
  }

  /** Checks a value against what is taken. */
  format(format: Format, value: Syntax, given: FormatOfValue): void {
    checkFormat(format, value, given, ({ message, part, isRefused, isSecret }) => {
      this.add(isRefused ? "error" : "warning", part, message, isSecret ? { about: "secret" } : {});
    });
  }

  private propertyOf(part: Part, member: string | undefined): Property | undefined {
    const { owner, block } = this.component ?? {};
    if (owner === undefined || block === undefined || block.at !== undefined) return undefined;
    return new Property(owner, propertyAt({ part, member, attribute: this.attribute }, owner, block));
  }

  /** What is wrong with constructs as it was found, then what is wrong in texts, in their order. */
  get sorted(): readonly Diagnostic[] {
    const files = [...new Set(this.all.map(({ at }) => (at instanceof Place ? at.source : undefined)))];
    const fileOf = ({ at }: Diagnostic) => (at instanceof Place ? files.indexOf(at.source) : -1);
    const startOf = ({ at }: Diagnostic) => (at instanceof Place ? at.start : 0);
    return this.all.toSorted((one, other) => fileOf(one) - fileOf(other) || startOf(one) - startOf(other));
  }
}
