import type { IConstruct } from "constructs";
import { checkBody, syntaxDiagnostics } from "./check/check";
import type { Diagnostic } from "./check/diagnostics";
import type { Graph, GraphEdge } from "./check/graph";
import type { Allowed } from "./check/limits";
import { Property } from "./check/property";
import type { Named } from "./check/scope";
import type { Wire } from "./check/wiring";
import { withComments } from "./comment";
import { type Component, componentsBelow, inOrder, Module, type OrderProps } from "./component";
import { Memory, readingOf } from "./syntax/memory";
import { print, printBlocks } from "./syntax/printer";
import type { BlockSyntax, BodySyntax } from "./syntax/tree";
import type { ConfigText } from "./text";

/** A reference of one component to an export of another. */
export interface Edge extends GraphEdge<Component> {}

/** The parts of a config. */
export interface ConfigParts {
  readonly own: readonly Component[];
  /** With those inside of modules. */
  readonly all: readonly Component[];
  readonly texts: readonly ConfigText[];
  readonly whole: IConstruct;
}

const blockTexts = new Memory<string>();

/** What follows from the parts of a config: the order of its components, their references, its text, and what is wrong. */
export class Snapshot {
  readonly diagnostics: readonly Diagnostic[];
  /** In the order of the text. */
  readonly components: readonly Component[];
  readonly edges: readonly Edge[];
  private readonly owners = new Map<BlockSyntax, Component>();
  private readonly graphs: ReadonlyMap<BodySyntax, Graph<Named, Wire>>;
  /** The blocks that a program made, in the order of the text. */
  private readonly made: readonly BlockSyntax[];
  private printed: string | undefined;

  constructor(
    private readonly parts: ConfigParts,
    props: Allowed & OrderProps,
  ) {
    const { own, all, texts, whole } = parts;
    const blocks = own.map((component) => this.blockOf(component)).filter(({ at }) => at === undefined);
    const written = texts.flatMap(({ text }) => text.body.blocks);
    const attributes = texts.flatMap(({ text }) => text.body.attributes);
    const body: BodySyntax = { attributes, blocks: [...blocks, ...written] };
    const { diagnostics, graphs } = checkBody(body, {
      ...props,
      definitions: texts[0]?.definitions ?? new Map(),
      file: new Property(whole, ""),
      owners: this.owners,
    });
    this.diagnostics = [
      ...all.flatMap((component) =>
        component.mistakes.map(
          ({ path, message }): Diagnostic => ({
            severity: "error",
            at: new Property(component, path),
            message,
          }),
        ),
      ),
      ...texts.flatMap(({ text }) => syntaxDiagnostics(text)),
      ...diagnostics,
    ];
    this.graphs = graphs;
    const graph = graphs.get(body);
    const flow = graph?.inDataFlowOrder().filter(({ block: { at } }) => at === undefined) ?? [];
    const order = inOrder(flow, props);
    const nodes = [...order, ...(graph?.nodes.filter(({ block: { at } }) => at !== undefined) ?? [])];
    this.made = order.map(({ block }) => block);
    this.components = nodes.flatMap(({ block }) => this.owners.get(block) ?? []);
    this.edges = nodes.flatMap((node) => graph?.from(node).flatMap((wire) => this.edgeOf(wire)) ?? []);
  }

  /** Whether these are the parts that the snapshot is of. */
  isOf(all: readonly Component[], texts: readonly ConfigText[]): boolean {
    return isSame(all, this.parts.all) && isSame(texts, this.parts.texts);
  }

  /** The config's text: what a program made in the order in which data flows, then the texts as they were written. */
  get text(): string {
    this.printed ??= [
      this.printMade(),
      ...this.parts.texts.map(
        ({ text, title }) => (title === undefined ? "" : `// ${title}\n\n`) + print(text),
      ),
    ]
      .filter((text) => text !== "")
      .join("\n");
    return this.printed;
  }

  /** Block by block, unless there are comments: they may share columns. */
  private printMade(): string {
    const blocks = this.made.map((block) => this.ordered(block));
    const readings = blocks.map((block) => this.owners.get(block)?.readingOf(block) ?? readingOf(block));
    if (readings.some((reading) => reading?.hasComments !== false)) return printBlocks(blocks);
    return blocks
      .map((block, index) => blockTexts.of(readings[index], [], () => printBlocks([block])))
      .join("\n");
  }

  /** The block of a component with those inside it, of each of which is known whose it is. */
  private blockOf(component: Component): BlockSyntax {
    const content = component instanceof Module ? componentsBelow(component) : [];
    const inside = content.map((one) => this.blockOf(one));
    const block = withComments(
      component,
      component instanceof Module ? component.blockAround(inside) : component.block,
    );
    this.owners.set(block, component);
    return block;
  }

  private edgeOf({ from, to, exportName, attribute }: Wire): readonly Edge[] {
    const [source, target] = [from, to].map(({ block }) => this.owners.get(block));
    return source && target ? [{ from: source, to: target, exportName, attribute }] : [];
  }

  /** A block with what is inside in the order in which data flows. */
  private ordered(block: BlockSyntax): BlockSyntax {
    const component = this.owners.get(block);
    if (!(component instanceof Module)) return block;
    const content = block.name === "declare" ? block.body : block.body.blocks[0]?.body;
    const graph = content && this.graphs.get(content);
    if (graph === undefined) return block;
    const order = inOrder(argumentsFirst(graph), component);
    const around = component.blockAround(order.map((one) => this.ordered(one.block)));
    return { ...around, ...(block.comments && { comments: block.comments }) };
  }
}

/** What a `declare` takes stands before its components, what it gives after them. */
function argumentsFirst(graph: Graph<Named, Wire>): readonly Named[] {
  const of = (part: string) => graph.nodes.filter(({ block: { name } }) => name === part);
  const [args, exported] = [of("argument"), of("export")];
  const parts = new Set([...args, ...exported]);
  return [...args, ...graph.inDataFlowOrder().filter((one) => !parts.has(one)), ...exported];
}

function isSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}
