import { Construct } from "constructs";
import type { BodyDefinition } from "./body";
import { Expression } from "./expression";
import { isIdentifier } from "./identifier";
import type { Requirement, StabilityLevel } from "./requirement";
import { requirementsOf } from "./requirements";
import { resolveBody } from "./resolve";
import type { BlockSyntax } from "./syntax";
import type { Signal } from "./types";

/** What the bindings know of a component. */
export interface ComponentDefinition {
  /** Such as `prometheus.scrape`. */
  readonly name: string;
  /** Community components need `--feature.community-components.enabled`, whatever the stability level. */
  readonly stability: StabilityLevel | "community";
  readonly body: BodyDefinition;
  /** The names of what it exports, in Alloy's spelling. @default - nothing */
  readonly exports?: readonly string[];
  /** The signals that its `input` takes, if it is an OpenTelemetry consumer. */
  readonly accepts?: readonly Signal[];
  /** The signals that its `output` gives, if it is an OpenTelemetry producer. */
  readonly emits?: readonly Signal[];
}

/**
 * A component of an Alloy config, or a block that configures Alloy itself. Its id is its label, its properties
 * are its arguments and blocks.
 */
export abstract class Component extends Construct {
  /** What refers to the component in a config, such as `prometheus.scrape.pods`. */
  readonly address: string;
  /** The component as the config has it. */
  readonly block: BlockSyntax;
  private readonly ownRequirements: Requirement[] = [];

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
    this.block = {
      name: definition.name,
      ...(label === undefined ? {} : { label }),
      body: resolveBody(definition.body, props, (path, message) => mistakes.push(`${path}: ${message}`)),
    };
    this.node.addValidation({ validate: () => mistakes });
  }

  /** Adds what the component needs of its surroundings beyond what its arguments tell. */
  requires(...requirements: readonly Requirement[]): this {
    this.ownRequirements.push(...requirements);
    return this;
  }

  /** What the component needs of its surroundings. */
  get requirements(): readonly Requirement[] {
    return [...requirementsOf(this.definition, this.block), ...this.ownRequirements];
  }

  /** An export of the component, by its Alloy name. */
  protected exported<T>(name: string): Expression<T> {
    return new Expression<T>({ kind: "export", component: this, name });
  }
}
