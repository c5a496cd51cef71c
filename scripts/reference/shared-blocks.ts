import { defaultOf } from "../generate-alloy/attributes";
import type { Body } from "../generate-alloy/bodies";
import type { AttributeSchema } from "../generate-alloy/schema";
import { code, listed } from "../pages/markdown";
import type { PlacedBody } from "./bodies";
import { anchorOf, link } from "./links";
import { attributesTable, type DefaultAt, partsTable } from "./sections";

/** As many components have a block that is told once for all. */
const manyComponents = 5;

/** The page that tells them. */
export const sharedBlocksPage = "blocks.md";

interface SharedBlock {
  readonly body: Body;
  readonly first: PlacedBody;
  /** What its blocks are, where all are told in the same words. */
  readonly words: Set<string>;
  /** The names that it has. */
  readonly names: Set<string>;
  readonly components: Set<string>;
  /** The defaults of each attribute, by Alloy's name. */
  readonly defaults: Map<string, Set<string | undefined>>;
}

/** The blocks that many components have, such as those of HTTP clients. */
export class SharedBlocks {
  private readonly byInterface = new Map<string, SharedBlock>();

  /** @param roots the arguments of each component, by its name */
  constructor(roots: ReadonlyMap<string, PlacedBody>) {
    for (const [name, root] of roots) this.visit(root, name, new Set());
    for (const [name, { components }] of this.byInterface) {
      if (components.size < manyComponents) this.byInterface.delete(name);
    }
  }

  /** The link to what is told of a block there. */
  readonly linkTo = ({ body }: PlacedBody): string | undefined =>
    body !== undefined && this.byInterface.has(body.interfaceName)
      ? `${sharedBlocksPage}#${anchorOf(body.interfaceName)}`
      : undefined;

  /** The defaults that a block has at one place, where places differ. */
  defaultsAt({ body, attributes }: PlacedBody): readonly string[] {
    const shared = this.byInterface.get(body?.interfaceName ?? "");
    if (shared === undefined) return [];
    const own = attributes
      .filter(({ schema }) => isDifferent(shared, schema))
      .map(({ schema }) => `${code(schema.name)} ${valueText(schema)}`);
    return own.length === 0 ? [] : [`Here, ${listed(own)}.`];
  }

  /** The page of them. */
  page(mark: string): string {
    const blocks = [...this.byInterface.values()].toSorted((one, other) =>
      one.body.interfaceName < other.body.interfaceName ? -1 : 1,
    );
    return [
      `# Blocks that many components have\n\n${mark}\n`,
      "Each is told once, for all components that have it. [All components](README.md)\n",
      ...blocks.map((block) => this.section(block)),
    ].join("\n");
  }

  private section(shared: SharedBlock): string {
    const { body, first, words, names, components } = shared;
    const { attributes, parts } = first;
    const defaultAt: DefaultAt = (attribute) =>
      isDifferent(shared, attribute) ? undefined : defaultOf(attribute);
    const differing = attributes.filter(({ schema }) => isDifferent(shared, schema));
    const lines = [
      `## ${body.interfaceName}`,
      "",
      ...(words.size === 1 ? [...words, ""] : []),
      `The block ${[...names].sort().map(code).join(" or ")} of ${components.size} components.`,
      ...(differing.length === 0
        ? []
        : [`The default of ${listed(differing.map(({ schema }) => code(schema.name)))} is the component's.`]),
      ...(attributes.length > 0 ? ["", attributesTable(attributes, defaultAt)] : []),
      ...(parts.length > 0
        ? [
            "",
            partsTable(
              parts,
              (part) => link(code(part.name), this.linkTo(part.content())?.replace(/^.*#/, "#") ?? ""),
              () => [],
            ),
          ]
        : []),
    ];
    return `${lines.join("\n")}\n`;
  }

  private visit({ parts }: PlacedBody, component: string, inside: ReadonlySet<Body>): void {
    for (const { name, words, content } of parts) {
      const placed = content();
      const { body } = placed;
      if (body === undefined || inside.has(body)) continue;
      const known = this.byInterface.get(body.interfaceName) ?? {
        body,
        first: placed,
        words: new Set(),
        names: new Set(),
        components: new Set(),
        defaults: new Map(),
      };
      this.byInterface.set(body.interfaceName, known);
      known.words.add(words.join(" "));
      known.names.add(name);
      known.components.add(component);
      for (const { schema } of placed.attributes) {
        const values = known.defaults.get(schema.name) ?? new Set();
        known.defaults.set(schema.name, values.add(defaultOf(schema)));
      }
      this.visit(placed, component, new Set([...inside, body]));
    }
  }
}

function isDifferent({ defaults }: SharedBlock, { name }: AttributeSchema): boolean {
  return (defaults.get(name)?.size ?? 0) > 1;
}

function valueText(attribute: AttributeSchema): string {
  const value = defaultOf(attribute);
  return value === undefined ? "has no default" : `is ${code(value)}`;
}
