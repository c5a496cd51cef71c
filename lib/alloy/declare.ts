import type { Construct } from "constructs";
import { withComments } from "./comment";
import { Component, keepOrder, Module, type OrderProps } from "./component";
import { body } from "./schema/body";
import type { ComponentDefinition, ExportKind } from "./schema/definition";
import { argumentDefinition, declareDefinition, exportDefinition } from "./schema/modules";
import type { AnyValue, Expression, Given } from "./schema/types";
import { alloyName, type BlockSyntax, propertyName } from "./syntax/tree";

/** A default that is made of other arguments, which it gets by their names. */
export type DefaultOf<T> = (argument: <V>(name: string) => Expression<V>) => Given<T>;

/** An argument that a custom component takes. `T` is the type of its value. */
export class ArgumentType<T, Required extends boolean = boolean> {
  /** In the type alone. */
  declare readonly given?: Given<T>;

  private constructor(
    readonly required: Required,
    private readonly comment: string | undefined,
    private readonly fallback?: unknown,
  ) {}

  /** What the block `argument` says. */
  propsOf(argument: <V>(name: string) => Expression<V>): object {
    const { comment, fallback: value } = this;
    if (this.required) return { comment };
    return { comment, optional: true, default: typeof value === "function" ? value(argument) : value };
  }

  /** An argument that each instance must be given. */
  static required<T>(comment?: string): ArgumentType<T, true> {
    return new ArgumentType<T, true>(true, comment);
  }

  /**
   * An argument that has a value where an instance is given none: null if there is none here.
   *
   * @param value may be made of the arguments before this one
   */
  static optional<T>(value?: Given<T> | DefaultOf<T>, comment?: string): ArgumentType<T, false> {
    return new ArgumentType<T, false>(false, comment, value);
  }
}

/** The arguments of a custom component by name: in camel case, or, with `_`, as Alloy has it. */
export type ArgumentTypes = Readonly<Record<string, ArgumentType<unknown>>>;

/** What a custom component exports by name: in camel case, or, with `_`, as Alloy has it. */
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

/** What a {@link Declare} takes. */
export interface DeclareProps<A extends ArgumentTypes, E extends ExportedValues> extends OrderProps {
  /** What instances are given, by name. */
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
  override readonly order: readonly string[] | undefined;
  /** What instances are to Alloy. */
  readonly instance: ComponentDefinition;

  constructor(scope: Construct, name: string, props: DeclareProps<A, E>) {
    super(scope, name, {}, declareDefinition);
    this.order = props.order;
    keepOrder(this, props);
    const args = new Map<string, Argument>();
    const argumentOf = <V>(key: string): Expression<V> => {
      const argument = args.get(key);
      if (argument === undefined) throw new Error(`${this.address} has no argument ${key}`);
      return argument.value();
    };
    for (const [key, type] of Object.entries(props.arguments)) {
      args.set(key, new Argument(this, nameInAlloy(key), type, argumentOf));
    }
    const exported = props.content(this, argumentOf);
    for (const [key, value] of Object.entries(exported)) new Export(this, nameInAlloy(key), { value });
    for (const key of [...args.keys(), ...Object.keys(exported)]) {
      if (!isCamelCase(key)) this.mistakes.push({ path: "", message: wrongCase(key) });
    }
    this.instance = {
      name,
      stability: "generally-available",
      body: body(
        Object.entries(props.arguments)
          .map(([key, { required }]) => `${asItIs(key)}${required ? "!" : ""}`)
          .join(" "),
      ),
      exports: Object.fromEntries(Object.keys(exported).map((key) => [nameInAlloy(key), "any"])),
    };
  }

  override blockAround(blocks: readonly BlockSyntax[]): BlockSyntax {
    return { ...this.ownBlock, body: { attributes: [], blocks } };
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
    return this.exported(nameInAlloy(name));
  }
}

/** What an instance of an imported component is given: what it takes is known to the module alone. */
export type ImportedArguments = Readonly<Record<string, AnyValue>>;

/** An instance of a component that a module declares which an `import.*` reads. */
export class ImportedComponent extends Component {
  /** The `import.*`. */
  readonly declared: Component;
  private readonly kinds: Record<string, ExportKind>;

  /**
   * @param module the `import.*`
   * @param name the component's name in the module
   * @param args by name: in camel case, or, with `_`, as Alloy has it
   */
  constructor(scope: Construct, label: string, module: Component, name: string, args: ImportedArguments) {
    const kinds: Record<string, ExportKind> = {};
    super(scope, label, args, {
      name: `${module.label}.${name}`,
      stability: "generally-available",
      body: body(Object.keys(args).map(asItIs).join(" ")),
      exports: kinds,
    });
    this.declared = module;
    this.kinds = kinds;
  }

  /** What the component exports under a name in Alloy. `T` is the caller's word for its type. */
  export<T>(name: string): Expression<T> {
    this.kinds[name] = "any";
    return this.exported(name);
  }
}

class Argument extends Component {
  constructor(
    scope: Construct,
    name: string,
    private readonly type: ArgumentType<unknown>,
    argumentOf: <V>(key: string) => Expression<V>,
  ) {
    super(scope, name, type.propsOf(argumentOf), argumentDefinition);
  }

  override get block(): BlockSyntax {
    return withComments(this.type, super.block);
  }

  value<T>(): Expression<T> {
    return this.exported("value");
  }
}

class Export extends Component {
  constructor(scope: Construct, name: string, props: object) {
    super(scope, name, props, exportDefinition);
  }

  /** What is said of the value is said of the block, which holds nothing else. */
  override get block(): BlockSyntax {
    const { name, label, body: own } = super.block;
    const values = own.attributes.map(({ value }) => value);
    const attributes = values.map(({ comments: _, ...value }) => ({ name: "value", value }));
    const comments = values[0]?.comments;
    return { name, label, body: { attributes, blocks: [] }, ...(comments && { comments }) };
  }
}

/** A name with `_` in it is Alloy's own; one in camel case stands for that with `_`. */
function nameInAlloy(name: string): string {
  return name.includes("_") ? name : alloyName(name);
}

/** An argument as {@link body} takes it. One with `_` is named so by its property too: camel case would not lead back to it. */
function asItIs(name: string): string {
  return name.includes("_") ? `=${name}` : alloyName(name);
}

/** Whether a name is in camel case, or one of Alloy that would not come back from it, such as `__x`. */
function isCamelCase(name: string): boolean {
  if (name.includes("_")) return alloyName(propertyName(name)) !== name;
  return propertyName(alloyName(name)) === name;
}

function wrongCase(name: string): string {
  return `the name ${name} is not in camel case: write ${propertyName(alloyName(name))}`;
}
