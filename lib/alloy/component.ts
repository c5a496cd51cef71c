import { Construct } from "constructs";
import { type Reference, referencesIn } from "./graph";
import { keepsOrder } from "./order";
import type { Requirement } from "./requirements";
import { requirementsOf } from "./requirements";
import { resolveBody } from "./resolve";
import type { ComponentDefinition, ExportKind } from "./schema/definition";
import { Expression } from "./syntax/expression";
import type { BlockSyntax, Syntax } from "./syntax/tree";
import { isIdentifier } from "./syntax/tree";

/** An export of a component. */
export interface ComponentExport {
  readonly component: Component;
  readonly name: string;
  /** @default - the component has no such export */
  readonly kind?: ExportKind;
}

/** The export that a value is, if it is one. */
export function exportOf(value: Syntax): ComponentExport | undefined {
  if (value.kind !== "export" || !(value.component instanceof Component)) return undefined;
  const { component, name } = value;
  const kind = component.definition.exports?.[name];
  return { component, name, ...(kind && { kind }) };
}

/**
 * A component of an Alloy config, or a block that configures Alloy itself. Its id is its label, its properties
 * are its arguments and blocks.
 */
export abstract class Component extends Construct {
  /** What refers to the component in a config, such as `prometheus.scrape.pods`. */
  readonly address: string;
  /** The component's own arguments and blocks. */
  protected readonly ownBlock: BlockSyntax;
  private readonly addedRequirements: Requirement[] = [];
  private knownRequirements: readonly Requirement[] | undefined;
  private knownReferences: readonly Reference[] | undefined;

  constructor(
    scope: Construct,
    readonly label: string | undefined,
    props: object,
    readonly definition: ComponentDefinition,
  ) {
    const address = label === undefined ? definition.name : `${definition.name}.${label}`;
    super(scope, address);
    this.address = address;
    const mistakes: string[] = [];
    if (label !== undefined && !isIdentifier(label)) {
      mistakes.push(`the label ${JSON.stringify(label)} is no identifier: write letters, digits and _`);
    }
    this.ownBlock = {
      name: definition.name,
      label,
      body: resolveBody(definition.body, props, {
        report: (path, message) => mistakes.push(`${path}: ${message}`),
        keepsOrder: keepsOrder(scope),
      }),
    };
    if (mistakes.length > 0) this.node.addValidation({ validate: () => mistakes });
  }

  /** The component as the config has it. */
  get block(): BlockSyntax {
    return this.ownBlock;
  }

  /** What the component's arguments and blocks refer to, in the order of the text; each once. */
  get references(): readonly Reference[] {
    this.knownReferences ??= referencesIn(this.ownBlock);
    return this.knownReferences;
  }

  /** Adds what the component needs of its surroundings beyond what its arguments tell. */
  requires(...requirements: readonly Requirement[]): this {
    this.addedRequirements.push(...requirements);
    return this;
  }

  /** What the component needs of its surroundings. */
  get requirements(): readonly Requirement[] {
    this.knownRequirements ??= requirementsOf(this.definition, this.ownBlock);
    return [...this.knownRequirements, ...this.addedRequirements];
  }

  /** An export of the component, by its Alloy name. */
  protected exported<T>(name: string): Expression<T> {
    return new Expression<T>({ kind: "export", component: this, name });
  }
}

/** What is wrong with a component of a config. */
export interface Mistake {
  readonly component: Component;
  readonly message: string;
}

/** A mistake of a component. */
export function about(component: Component, message: string): Mistake {
  return { component, message };
}
