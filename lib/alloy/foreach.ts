import type { Construct } from "constructs";
import { keepOrder, Module, type OrderProps } from "./component";
import { foreachDefinition } from "./schema/modules";
import { type BoolArg, Expression, type StringArg } from "./schema/types";
import { type BlockSyntax, isIdentifier, notIdentifier } from "./syntax/tree";

/** What a {@link Foreach} takes. */
export interface ForeachProps<T> extends OrderProps {
  /** The items. Alloy runs the components once for each of them. */
  readonly collection: Expression<readonly T[]> | readonly T[];
  /** What the item is called inside: an identifier. */
  readonly var: string;
  /** The field of an item that tells it from others. @default "" */
  readonly id?: StringArg;
  /** Whether the text of an id is hashed. @default false */
  readonly hashStringId?: BoolArg;
  /** Whether the metrics of the components inside are among Alloy's own. @default false */
  readonly enableMetrics?: BoolArg;
}

/** Components that Alloy runs for each item of a list: the block `foreach`. Experimental. */
export class Foreach<T> extends Module {
  override readonly order: readonly string[] | undefined;

  /** @param content adds the components to the scope that it is given */
  constructor(
    scope: Construct,
    label: string,
    { order, ...props }: ForeachProps<T>,
    content: (scope: Construct, item: Expression<T>) => void,
  ) {
    super(scope, label, props, foreachDefinition);
    this.order = order;
    keepOrder(this, this);
    if (!isIdentifier(props.var)) this.mistakes.push({ path: "var", message: notIdentifier(props.var) });
    content(this, new Expression<T>({ kind: "identifier", name: props.var }));
  }

  override blockAround(blocks: readonly BlockSyntax[]): BlockSyntax {
    const template = { name: "template", body: { attributes: [], blocks } };
    return { ...this.ownBlock, body: { attributes: this.ownBlock.body.attributes, blocks: [template] } };
  }
}
