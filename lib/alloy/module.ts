import type { IConstruct } from "constructs";
import { Component } from "./component";
import { Graph } from "./graph";
import type { BlockSyntax } from "./syntax";

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
