import type { Construct, IConstruct } from "constructs";
import { Component, exportOf } from "./component";
import { type Edge, Graph, type Reference } from "./graph";
import { body } from "./schema/body";
import type { ComponentDefinition, ExportKind } from "./schema/definition";
import type { BoolArg, Given, StringArg } from "./schema/types";
import { Expression } from "./syntax/expression";
import { alloyName, type BlockSyntax, isIdentifier, propertyName } from "./syntax/tree";

/** A component with components of its own in its block. Names inside are its own; nothing outside sees them. */
export abstract class Module extends Component {
  /** Whether the components inside may refer to those around the module. */
  abstract readonly seesAround: boolean;

  /** The components inside, and the references between them. */
  get content(): Graph {
    return new Graph(componentsBelow(this));
  }

  /** The components inside as the config has them, in the order in which data flows through them. */
  protected get contentBlocks(): readonly BlockSyntax[] {
    return this.content.inDataFlowOrder().map(({ block }) => block);
  }
}

/** The components below a construct, but those that belong to a module below it. */
export function componentsBelow(construct: IConstruct): readonly Component[] {
  const found: Component[] = [];
  collect(construct, found);
  return found;
}

/** Components with those inside of modules among them, however deep. */
export function withContent(components: readonly Component[]): readonly Component[] {
  if (!components.some((component) => component instanceof Module)) return components;
  return components.flatMap((component) =>
    component instanceof Module ? [component, ...withContent(componentsBelow(component))] : [component],
  );
}

function collect(construct: IConstruct, found: Component[]): void {
  for (const child of construct.node.children) {
    if (child instanceof Component) found.push(child);
    if (!(child instanceof Module)) collect(child, found);
  }
}

/** An argument that a custom component takes. `T` is the type of its value. */
export class ArgumentType<T, Required extends boolean = boolean> {
  /** In the type alone. */
  declare readonly given?: Given<T>;

  private constructor(
    readonly required: Required,
    readonly props: object,
  ) {}

  /** An argument that each instance must be given. */
  static required<T>(comment?: string): ArgumentType<T, true> {
    return new ArgumentType<T, true>(true, { comment });
  }

  /** An argument that has a value where an instance is given none. */
  static optional<T>(value: Given<T>, comment?: string): ArgumentType<T, false> {
    return new ArgumentType<T, false>(false, { comment, optional: true, default: value });
  }
}

/** The arguments of a custom component by name, in camel case. */
export type ArgumentTypes = Readonly<Record<string, ArgumentType<unknown>>>;

/** What a custom component exports by name, in camel case. */
export type ExportedValues = Readonly<Record<string, Expression<unknown>>>;

type TypeOf<A> = A extends ArgumentType<infer T> ? T : never;
type ValueOf<X> = X extends Expression<infer T> ? T : never;
type RequiredNames<A extends ArgumentTypes> = {
  [name in keyof A]: A[name] extends ArgumentType<unknown, true> ? name : never;
}[keyof A];

/** What an instance of a custom component is given. */
export type ArgumentsOf<A extends ArgumentTypes> = {
  readonly [name in RequiredNames<A>]: Given<TypeOf<A[name]>>;
} & { readonly [name in Exclude<keyof A, RequiredNames<A>>]?: Given<TypeOf<A[name]>> };

export interface DeclareProps<A extends ArgumentTypes, E extends ExportedValues> {
  readonly arguments: A;
  /**
   * Adds the components to the scope that it is given, and returns what they export to the outside.
   *
   * @param argument gives the value of an argument, by its name
   */
  readonly content: (
    scope: Construct,
    argument: <N extends string & keyof A>(name: N) => Expression<TypeOf<A[N]>>,
  ) => E;
}

/**
 * A custom component, made of others: the block `declare`. {@link CustomComponent} is an instance of it.
 *
 * ```ts
 * const collect = new Declare(config, "self_collect", {
 *   arguments: { output: ArgumentType.required<MetricsReceiver>("Where metrics go.") },
 *   content: (scope, argument) => {
 *     new PrometheusScrape(scope, "self", { targets: [...], forwardTo: [argument("output")] });
 *     return {};
 *   },
 * });
 * new CustomComponent(config, "example", collect, { output: remote.receiver });
 * ```
 */
export class Declare<A extends ArgumentTypes, E extends ExportedValues> extends Module {
  readonly seesAround = false;
  /** What instances are to Alloy. */
  readonly instance: ComponentDefinition;

  constructor(scope: Construct, name: string, props: DeclareProps<A, E>) {
    super(scope, name, {}, { name: "declare", stability: "generally-available", body: body("") });
    const args = new Map(
      Object.entries(props.arguments).map(([key, { props: own }]) => [
        key,
        new Argument(this, alloyName(key), own),
      ]),
    );
    const exported = props.content(this, (key) => {
      const argument = args.get(key);
      if (argument === undefined) throw new Error(`${this.address} has no argument ${key}`);
      return argument.value();
    });
    for (const [key, value] of Object.entries(exported)) new Export(this, alloyName(key), { value });
    const names = [...args.keys(), ...Object.keys(exported)];
    this.node.addValidation({ validate: () => names.filter((key) => !isCamelCase(key)).map(wrongCase) });
    this.instance = {
      name,
      stability: "generally-available",
      body: body(
        Object.entries(props.arguments)
          .map(([key, { required }]) => `${alloyName(key)}${required ? "!" : ""}`)
          .join(" "),
      ),
      exports: Object.fromEntries(
        Object.entries(exported).map(([key, value]) => [alloyName(key), kindOf(value)]),
      ),
    };
  }

  override get block(): BlockSyntax {
    const own = (type: typeof Argument | typeof Export) =>
      this.content.components.filter((component) => component instanceof type).map(({ block }) => block);
    const [args, exported] = [own(Argument), own(Export)];
    const others = this.contentBlocks.filter((block) => !args.includes(block) && !exported.includes(block));
    return { ...this.ownBlock, body: { attributes: [], blocks: [...args, ...others, ...exported] } };
  }
}

/** An instance of a custom component. */
export class CustomComponent<A extends ArgumentTypes, E extends ExportedValues> extends Component {
  constructor(
    scope: Construct,
    label: string,
    readonly declared: Declare<A, E>,
    args: ArgumentsOf<A>,
  ) {
    super(scope, label, args, declared.instance);
  }

  /** What the custom component exports under a name. */
  export<N extends string & keyof E>(name: N): Expression<ValueOf<E[N]>> {
    return this.exported(alloyName(name));
  }
}

class Argument extends Component {
  constructor(scope: Construct, name: string, props: object) {
    super(scope, name, props, {
      name: "argument",
      stability: "generally-available",
      body: body("optional default comment"),
      exports: { value: "any" },
    });
  }

  value<T>(): Expression<T> {
    return this.exported("value");
  }
}

class Export extends Component {
  constructor(scope: Construct, name: string, props: object) {
    super(scope, name, props, { name: "export", stability: "generally-available", body: body("value!") });
  }
}

/** Other names would not come back from Alloy's. */
function isCamelCase(name: string): boolean {
  return propertyName(alloyName(name)) === name;
}

function wrongCase(name: string): string {
  return `the name ${name} is not in camel case: write ${propertyName(alloyName(name))}`;
}

/** An export is what it hands on; what else it gives is known to Alloy alone. */
function kindOf({ syntax }: Expression<unknown>): ExportKind {
  return exportOf(syntax)?.kind ?? "any";
}

/** What begins the attribute of a reference by a component inside. */
const ofContent = "template.";

export interface ForeachProps<T> {
  readonly collection: Expression<readonly T[]> | readonly T[];
  /** What the item is called inside: an identifier. */
  readonly var: string;
  /** The field of an item that tells it from others. @default "" */
  readonly id?: StringArg;
  /** @default false */
  readonly hashStringId?: BoolArg;
  /** @default false */
  readonly enableMetrics?: BoolArg;
}

/** Components that Alloy runs for each item of a list: the block `foreach`. Experimental. */
export class Foreach<T> extends Module {
  readonly seesAround = true;

  /** @param content adds the components to the scope that it is given */
  constructor(
    scope: Construct,
    label: string,
    props: ForeachProps<T>,
    content: (scope: Construct, item: Expression<T>) => void,
  ) {
    super(scope, label, props, {
      name: "foreach",
      stability: "experimental",
      body: body("collection! var! id hash_string_id enable_metrics"),
    });
    if (!isIdentifier(props.var)) {
      this.node.addValidation({
        validate: () => [`var: ${JSON.stringify(props.var)} is no identifier: write letters, digits and _`],
      });
    }
    content(this, new Expression<T>({ kind: "identifier", name: props.var }));
  }

  override get block(): BlockSyntax {
    const template = { name: "template", body: { attributes: [], blocks: this.contentBlocks } };
    return { ...this.ownBlock, body: { attributes: this.ownBlock.body.attributes, blocks: [template] } };
  }

  /** What the components inside refer to around the block is what the block refers to. */
  override get references(): readonly Reference[] {
    const { components } = this.content;
    const inside = new Set<Component>(withContent(components));
    return [
      ...super.references,
      ...components.flatMap((component) =>
        component.references
          .filter(({ to }) => !inside.has(to))
          .map((reference) => ({
            ...reference,
            attribute: `${ofContent}${component.address}.${reference.attribute}`,
          })),
      ),
    ];
  }
}

/** Whether an edge stands for one of a component inside of a `foreach`, where it is checked. */
export function isOfContent({ from, attribute }: Edge): boolean {
  return from instanceof Foreach && attribute.startsWith(ofContent);
}
