import {
  type AttributeSyntax,
  type BlockSyntax,
  type BodySyntax,
  nameOf,
  parse,
  type Syntax,
  walkBody,
} from "../../../lib/alloy";

/** A component of a config, or a block that configures Alloy itself. */
export interface ConfigComponent {
  /** Such as `prometheus.scrape.node`. */
  readonly address: string;
  /** Such as `prometheus.scrape`. */
  readonly name: string;
  /** What it holds, however it was written. */
  readonly body: BodySyntax;
}

/** The components of a config, by their addresses. */
export type ConfigComponents = ReadonlyMap<string, ConfigComponent>;

/** The components in the text of a config; undefined where it is no config that can be read. */
export function componentsIn(text: string): ConfigComponents | undefined {
  const { body, mistakes } = parse(text);
  if (mistakes.length > 0) return undefined;
  const components = body.blocks.map(({ name, label, body: content }) => {
    const address = label === undefined ? name : `${name}.${label}`;
    return [address, { address, name, body: plainBody(content) }] as const;
  });
  return new Map(components);
}

/** The components that a component names, by their addresses. */
export function referencesOf({ body }: ConfigComponent, components: ConfigComponents): ReadonlySet<string> {
  const found = new Set<string>();
  walkBody(body, (value) => {
    const address = addressIn(value, components);
    if (address !== undefined) found.add(address);
  });
  return found;
}

/** The component of which a value is an export. */
export function addressIn(value: Syntax, components: ConfigComponents): string | undefined {
  const words = nameOf(value)?.split(".") ?? [];
  const addresses = words.map((_, index) => words.slice(0, index + 1).join("."));
  return addresses.find((address) => components.has(address) && address.includes("."));
}

/** The value of an attribute, by the names of the blocks it is in and its own; undefined where there is none. */
export function attributeAt({ body }: ConfigComponent, ...path: readonly string[]): Syntax | undefined {
  const blocks = path.slice(0, -1);
  const inner = blocks.reduce<BodySyntax | undefined>(
    (outer, name) => outer?.blocks.find((block) => block.name === name)?.body,
    body,
  );
  return inner?.attributes.find(({ name }) => name === path.at(-1))?.value;
}

/** A body as it means, without the places and the layout of its text. */
function plainBody({ attributes, blocks }: BodySyntax): BodySyntax {
  return {
    attributes: attributes.map(({ name, value }): AttributeSyntax => ({ name, value: plainValue(value) })),
    blocks: blocks.map(
      ({ name, label, body }): BlockSyntax => ({
        name,
        ...(label !== undefined && { label }),
        body: plainBody(body),
      }),
    ),
  };
}

function plainValue(value: Syntax): Syntax {
  switch (value.kind) {
    case "literal":
      return { kind: value.kind, value: value.value };
    case "identifier":
      return { kind: value.kind, name: value.name };
    case "export":
      return { kind: value.kind, component: value.component, name: value.name };
    case "list":
      return { kind: value.kind, items: value.items.map(plainValue) };
    case "map":
      return { kind: value.kind, entries: value.entries.map(([key, entry]) => [key, plainValue(entry)]) };
    case "access":
      return { kind: value.kind, of: plainValue(value.of), name: value.name };
    case "call":
      return { kind: value.kind, function: plainValue(value.function), args: value.args.map(plainValue) };
    case "index":
      return { kind: value.kind, of: plainValue(value.of), key: plainValue(value.key) };
    case "negation":
      return { kind: value.kind, operator: value.operator, of: plainValue(value.of) };
    case "operation":
      return { kind: value.kind, operator: value.operator, parts: value.parts.map(plainValue) };
    case "parentheses":
      return { kind: value.kind, of: plainValue(value.of) };
  }
}
