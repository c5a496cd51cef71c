import type { Construct } from "constructs";
import type { Component } from "./component";
import { Module, withContent } from "./declare";
import type { Edge, Reference } from "./graph";
import { keepOrder, type OrderProps } from "./order";
import { body } from "./schema/body";
import type { BoolArg, StringArg } from "./schema/types";
import { Expression } from "./syntax/expression";
import { type BlockSyntax, isIdentifier } from "./syntax/tree";

/** What begins the attribute of a reference by a component inside. */
const ofContent = "template.";

export interface ForeachProps<T> extends OrderProps {
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
  private readonly order: OrderProps;

  /** @param content adds the components to the scope that it is given */
  constructor(
    scope: Construct,
    label: string,
    { order, ...props }: ForeachProps<T>,
    content: (scope: Construct, item: Expression<T>) => void,
  ) {
    super(scope, label, props, {
      name: "foreach",
      stability: "experimental",
      body: body("collection! var! id hash_string_id enable_metrics"),
    });
    this.order = { order };
    keepOrder(this, this.order);
    if (!isIdentifier(props.var)) {
      this.node.addValidation({
        validate: () => [`var: ${JSON.stringify(props.var)} is no identifier: write letters, digits and _`],
      });
    }
    content(this, new Expression<T>({ kind: "identifier", name: props.var }));
  }

  override get block(): BlockSyntax {
    const template = { name: "template", body: { attributes: [], blocks: this.blocksOf(this.order) } };
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
