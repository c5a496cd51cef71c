import type { IConstruct } from "constructs";

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

/** Components in an order, those that it leaves out as they were. */
export function inOrder<C extends { readonly address: string }>(
  components: readonly C[],
  { order }: OrderProps,
): readonly C[] {
  if (order === undefined) return components;
  const places = new Map(order.map((address, place) => [address, place]));
  const placeOf = ({ address }: C) => places.get(address) ?? places.size;
  return components.toSorted((one, other) => placeOf(one) - placeOf(other));
}
