import { Construct, type IConstruct } from "constructs";
import { requirementsOf } from "./needs";
import { type PropertyMistake, resolveBody } from "./resolve";
import type { ComponentDefinition } from "./schema/definition";
import type { Requirement } from "./schema/requirement";
import { Expression } from "./schema/types";
import { type Reading, readingOf } from "./syntax/memory";
import { type BlockSyntax, isIdentifier, notIdentifier } from "./syntax/tree";

/**
 * A component of an Alloy config, or a block that configures Alloy itself. Its id is its label, its properties
 * are its arguments and blocks.
 */
export abstract class Component extends Construct {
  /** What refers to the component in a config, such as `prometheus.scrape.pods`. */
  readonly address: string;
  /** The component's own arguments and blocks. */
  protected readonly ownBlock: BlockSyntax;
  /** Mistakes in the properties that are found before the config is checked. */
  readonly mistakes: PropertyMistake[] = [];
  private readonly addedRequirements: Requirement[] = [];
  private knownReading: Reading | undefined;

  /** @param written the component as a text has it, in place of what properties make */
  constructor(
    scope: Construct,
    readonly label: string | undefined,
    props: object,
    readonly definition: ComponentDefinition,
    written?: BlockSyntax,
  ) {
    const address = label === undefined ? definition.name : `${definition.name}.${label}`;
    super(scope, address);
    this.address = address;
    if (written === undefined && label !== undefined && !isIdentifier(label)) {
      this.mistakes.push({
        path: "",
        message: `the label ${notIdentifier(label)}`,
      });
    }
    this.ownBlock = written ?? {
      name: definition.name,
      label,
      body: resolveBody(definition.body, props, {
        report: (path, message) => this.mistakes.push({ path, message }),
        keepsOrder: keepsOrder(scope),
      }),
    };
  }

  /** The component as the config has it. */
  get block(): BlockSyntax {
    return this.ownBlock;
  }

  /** What a block says that is the component's as its properties make it; undefined for another. */
  readingOf(block: BlockSyntax): Reading | undefined {
    if (block !== this.ownBlock || block.at !== undefined) return undefined;
    this.knownReading ??= readingOf(block);
    return this.knownReading;
  }

  /** Adds what the component needs of its surroundings beyond what its arguments tell. */
  requires(...requirements: readonly Requirement[]): this {
    this.addedRequirements.push(...requirements);
    return this;
  }

  /** What the component needs of its surroundings. */
  get requirements(): readonly Requirement[] {
    const own = requirementsOf(this.definition, this.ownBlock, this.readingOf(this.ownBlock));
    return [...own, ...this.addedRequirements];
  }

  /** An export of the component, by its Alloy name. */
  protected exported<T>(name: string): Expression<T> {
    return new Expression<T>({ kind: "export", component: this, name });
  }
}

/** What a config, or a module in it, says of the order of its text. */
export interface OrderProps {
  /**
   * The addresses of components in the order of the text, such as `prometheus.scrape.pods`; those that it leaves out come
   * last. With it, arguments and blocks too stand in the order in which the program has them.
   *
   * @default - the order in which data flows; arguments as Alloy documents them
   */
  readonly order?: readonly string[] | undefined;
}

/** A component with components of its own in its block. Names inside are its own; nothing outside sees them. */
export abstract class Module extends Component implements OrderProps {
  /** The addresses of the components inside in the order of the text. @default - that in which data flows */
  readonly order?: readonly string[] | undefined;

  /** The module's block around these blocks of the components inside. */
  abstract blockAround(content: readonly BlockSyntax[]): BlockSyntax;

  /** The module as the config has it, with what is inside as it was written. */
  override get block(): BlockSyntax {
    return this.blockAround(componentsBelow(this).map(({ block }) => block));
  }
}

/** What stands below a construct, without what is inside of modules there. */
interface Content {
  readonly components: Component[];
  /** What holds components without being one. */
  readonly holders: IConstruct[];
}

/** The components below a construct, and the constructs that hold them, without those inside of modules there. */
export function contentOf(construct: IConstruct): Content {
  const content: Content = { components: [], holders: [] };
  collect(construct, content);
  return content;
}

/** The components below a construct, without those inside of modules there. */
export function componentsBelow(construct: IConstruct): readonly Component[] {
  return contentOf(construct).components;
}

/** Components with those inside of modules among them, however deep. */
export function withContent(components: readonly Component[]): readonly Component[] {
  if (!components.some((component) => component instanceof Module)) return components;
  return components.flatMap((component) =>
    component instanceof Module ? [component, ...withContent(componentsBelow(component))] : [component],
  );
}

function collect(construct: IConstruct, content: Content): void {
  for (const child of construct.node.children) {
    if (child instanceof Component) content.components.push(child);
    else content.holders.push(child);
    if (!(child instanceof Module)) collect(child, content);
  }
}

/** The constructs below which arguments stand in the order in which the program has them. */
const asWritten = new WeakSet<IConstruct>();

/** Has the components below a construct keep the order of their arguments, if the construct has an order of its own. */
export function keepOrder(construct: IConstruct, { order }: OrderProps): void {
  if (order === undefined) return;
  asWritten.add(construct);
  construct.node.addValidation({
    validate: () => {
      const known = new Set(construct.node.findAll().map((one) => one.node.id));
      return order
        .filter((address) => !known.has(address))
        .map((address) => `order: there is no component ${address}; remove it`);
    },
  });
}

/** Whether what is added to a scope keeps the order of its arguments. */
export function keepsOrder(scope: IConstruct): boolean {
  return scope.node.scopes.some((construct) => asWritten.has(construct));
}

/** Components in the order that names their addresses, then those that it leaves out, as they were. */
export function inOrder<C extends { readonly address: string }>(
  components: readonly C[],
  { order }: OrderProps,
): readonly C[] {
  if (order === undefined) return components;
  const places = new Map(order.map((address, place) => [address, place]));
  const placeOf = ({ address }: C) => places.get(address) ?? places.size;
  return components.toSorted((one, other) => placeOf(one) - placeOf(other));
}
