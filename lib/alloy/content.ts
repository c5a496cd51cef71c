import type { IConstruct } from "constructs";
import { Component } from "./component";
import type { OrderProps } from "./order";
import type { BlockSyntax } from "./syntax/tree";

/** A component with components of its own in its block. Names inside are its own; nothing outside sees them. */
export abstract class Module extends Component implements OrderProps {
  /** The addresses of the components inside in the order of the text. @default - that in which data flows */
  readonly order?: readonly string[] | undefined;

  /** The module's block around these blocks of the components inside. */
  abstract blockAround(content: readonly BlockSyntax[]): BlockSyntax;

  /** The module as the config has it, with what is inside as it was written. */
  override get block(): BlockSyntax {
    return this.blockAround(componentsBelow(this).map(({ block }) => block));
  }
}

/** What stands below a construct but in a module. */
interface Content {
  readonly components: Component[];
  /** What holds components without being one. */
  readonly holders: IConstruct[];
}

/** The components below a construct, but those that belong to a module below it, and what holds them. */
export function contentOf(construct: IConstruct): Content {
  const content: Content = { components: [], holders: [] };
  collect(construct, content);
  return content;
}

/** The components below a construct, but those that belong to a module below it. */
export function componentsBelow(construct: IConstruct): readonly Component[] {
  return contentOf(construct).components;
}

/** Components with those inside of modules among them, however deep. */
export function withContent(components: readonly Component[]): readonly Component[] {
  if (!components.some((component) => component instanceof Module)) return components;
  return components.flatMap((component) =>
    component instanceof Module ? [component, ...withContent(componentsBelow(component))] : [component],
  );
}

function collect(construct: IConstruct, content: Content): void {
  for (const child of construct.node.children) {
    if (child instanceof Component) content.components.push(child);
    else content.holders.push(child);
    if (!(child instanceof Module)) collect(child, content);
  }
}
