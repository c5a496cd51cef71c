import { type ComponentDefinition, type Format, formatOf, propertyName, type Signal } from "../../lib/alloy";

/** What is known of an argument of a `declare`: what it is used for says what it is. */
export interface ArgumentFacts {
  readonly format: Format;
  /** Of a consumer: the signals that go there. */
  readonly signals: ReadonlySet<Signal>;
  readonly isRequired: boolean;
}

/** A `declare` of the text. */
export interface DeclareFacts {
  readonly variable: string;
  readonly args: ReadonlyMap<string, ArgumentFacts>;
  readonly exports: ReadonlyMap<string, Format>;
}

/** What a component of the text is in TypeScript. */
export interface Bound {
  readonly variable: string;
  readonly of:
    | { readonly definition: ComponentDefinition }
    | { readonly declared: DeclareFacts }
    | "imported";
}

/** A name of the text in TypeScript. */
export interface Reference {
  readonly text: string;
  readonly format: Format;
  /** What the name has beyond that, such as the key of an export that is a map. */
  readonly rest: readonly string[];
}

const any = formatOf("any");

/** What the values of a config, or of a module in it, may refer to. */
export class ImportScope {
  readonly components = new Map<string, Bound>();
  readonly declares = new Map<string, DeclareFacts>();
  /** The variables of `import.*`, by their labels. */
  readonly modules = new Map<string, string>();
  /** The variables of `foreach`. */
  readonly items = new Set<string>();
  args: ReadonlyMap<string, ArgumentFacts> = new Map();

  /** @param seesComponents whether names may mean components of the scope around it, as in a `foreach` */
  constructor(
    private readonly around?: ImportScope,
    private readonly seesComponents = false,
  ) {}

  declare(name: string): DeclareFacts | undefined {
    return this.declares.get(name) ?? this.around?.declare(name);
  }

  module(label: string): string | undefined {
    return this.modules.get(label) ?? this.around?.module(label);
  }

  /** What a dotted name stands for; undefined where it names nothing of the text. */
  resolve(name: string): Reference | undefined {
    const words = name.split(".");
    const [first = "", second = "", third, ...rest] = words;
    if (this.hasItem(first)) return { text: itemVariable(first), format: any, rest: words.slice(1) };
    if (first === "argument" && third === "value") return this.argument(second, rest);
    for (let count = words.length; count > 0; count--) {
      const bound = this.component(words.slice(0, count).join("."));
      if (bound !== undefined) return exportOf(bound, words.slice(count));
    }
    return undefined;
  }

  /** The address of the component that a name begins with, if this scope has it. */
  addressIn(name: string): string | undefined {
    const words = name.split(".");
    const addresses = words.map((_, index) => words.slice(0, words.length - index).join("."));
    return addresses.find((address) => this.components.has(address));
  }

  private argument(name: string, rest: readonly string[]): Reference | undefined {
    const facts = this.args.get(name);
    if (facts === undefined) return this.seesComponents ? this.around?.argument(name, rest) : undefined;
    return { text: `argument(${JSON.stringify(keyOf(name))})`, format: facts.format, rest };
  }

  private component(address: string): Bound | undefined {
    return (
      this.components.get(address) ?? (this.seesComponents ? this.around?.component(address) : undefined)
    );
  }

  private hasItem(name: string): boolean {
    return this.items.has(name) || (this.seesComponents && this.around?.hasItem(name) === true);
  }
}

function exportOf({ variable, of }: Bound, [name, ...rest]: readonly string[]): Reference | undefined {
  if (name === undefined) return undefined;
  if (of === "imported") return { text: `${variable}.export(${JSON.stringify(name)})`, format: any, rest };
  if ("declared" in of) {
    const format = of.declared.exports.get(name) ?? any;
    return { text: `${variable}.export(${JSON.stringify(keyOf(name))})`, format, rest };
  }
  const kind = of.definition.exports?.[name] ?? "any";
  return { text: `${variable}.${propertyName(name)}`, format: formatOf(kind), rest };
}

/** What a variable of `foreach` is called. */
export function itemVariable(name: string): string {
  return `${name.replace(/^_+/, "") || "item"}Item`.replace(/^itemItem$/, "item");
}

/** An argument's or an export's name in TypeScript: in camel case, unless that would be printed as another name. */
export function keyOf(name: string): string {
  const camel = propertyName(name);
  return camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) === name ? camel : name;
}
