import { Construct } from "constructs";
import { checkGraph } from "./checks";
import { Component } from "./component";
import { type Edge, edgesBetween, inDataFlowOrder } from "./graph";
import { printBlocks } from "./printer";
import type { RequirementOf } from "./requirement";

/** An Alloy config: the components below it. */
export class AlloyConfig extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.node.addValidation({ validate: () => checkGraph(this.components) });
  }

  /** The components, in the order of the text: that in which data flows through them. */
  get components(): readonly Component[] {
    return inDataFlowOrder(this.node.findAll().filter((construct) => construct instanceof Component));
  }

  /** Which component refers to which. */
  get edges(): readonly Edge[] {
    return edgesBetween(this.components);
  }

  /** What the components need of the machine and the cluster that run them. */
  get requirements(): readonly RequirementOf[] {
    return this.components.flatMap(({ address, requirements }) =>
      requirements.map((requirement) => ({ component: address, requirement })),
    );
  }

  /** The config's text, in the form that `alloy fmt` leaves as it is. */
  override toString(): string {
    return printBlocks(this.components.map(({ block }) => block));
  }
}
