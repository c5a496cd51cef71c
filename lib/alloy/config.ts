import { Construct } from "constructs";
import { brokenRules, checkGraph } from "./checks";
import { withComments } from "./comment";
import type { Component } from "./component";
import { componentsBelow, withContent } from "./declare";
import type { Edge } from "./graph";
import { Graph } from "./graph";
import { type Limits, stabilityFor, tooLong, unstable } from "./limits";
import { surroundingsOf, unsaid } from "./needs/needs";
import { inOrder, keepOrder, type OrderProps } from "./order";
import type { RequirementOf } from "./requirements";
import type { StabilityLevel } from "./schema/definition";
import { printBlocks } from "./syntax/printer";

export interface AlloyConfigProps extends Limits, OrderProps {}

/** An Alloy config: the components below it. */
export class AlloyConfig extends Construct {
  private known: Snapshot | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlloyConfigProps = {},
  ) {
    super(scope, id);
    keepOrder(this, props);
    this.node.addValidation({
      validate: () => {
        const { graph, all, text } = this.snapshot;
        return [
          ...[...brokenRules(all), ...checkGraph(graph), ...unstable(all, props)].map(
            ({ component, message }) => `${this.pathOf(component)}: ${message}`,
          ),
          ...tooLong(text),
        ];
      },
    });
  }

  /**
   * The components, in the order of the text: that in which data flows through them, unless `order` names another. Those
   * inside of a `declare` or a `foreach` are theirs.
   */
  get components(): readonly Component[] {
    return this.snapshot.components;
  }

  /** Which component refers to which. */
  get edges(): readonly Edge[] {
    const { components, graph } = this.snapshot;
    return components.flatMap((component) => graph.from(component));
  }

  /** What the components need of the machine and the cluster that run them. */
  get requirements(): readonly RequirementOf[] {
    return requiredBy(withContent(this.snapshot.components));
  }

  /** The strictest `--stability.level` that runs all components. */
  get stability(): StabilityLevel {
    return stabilityFor(this.snapshot.all);
  }

  /** The config's text, in the form that `alloy fmt` leaves as it is. */
  override toString(): string {
    return this.snapshot.text;
  }

  /** The way from the config to a component. */
  private pathOf({ node }: Component): string {
    return node.path.slice(this.node.path.length + 1);
  }

  /** What is known of the components; it holds as long as there are the same. */
  private get snapshot(): Snapshot {
    const own = componentsBelow(this);
    const all = withContent(own);
    if (this.known === undefined || !isSame(all, this.known.all)) {
      this.known = new Snapshot(own, all, this.props);
    }
    return this.known;
  }
}

/** Some components of a config. */
class Snapshot {
  readonly graph: Graph;
  /** In the order of the text. */
  readonly components: readonly Component[];
  private printed: string | undefined;

  /** @param all with those inside of modules */
  constructor(
    own: readonly Component[],
    readonly all: readonly Component[],
    order: OrderProps,
  ) {
    this.graph = new Graph(own);
    this.components = inOrder(this.graph.inDataFlowOrder(), order);
  }

  get text(): string {
    this.printed ??= printBlocks(
      this.components.map((component) => withComments(component, component.block)),
    );
    return this.printed;
  }
}

function requiredBy(components: readonly Component[]): readonly RequirementOf[] {
  const byAddress = new Map(components.map((component) => [component.address, component]));
  return components.flatMap(({ address, block, requirements }) => {
    const surroundings = surroundingsOf(block, (other) => byAddress.get(other)?.block);
    return [...requirements, ...unsaid(surroundings, requirements)].map((requirement) => ({
      component: address,
      requirement,
    }));
  });
}

function isSame(one: readonly Component[], other: readonly Component[]): boolean {
  return one.length === other.length && one.every((component, index) => component === other[index]);
}
