import { type BodySyntax, nameOf, parse, type Syntax, walkBody } from "../../../lib/alloy";
import { groupBy } from "../../../lib/schema";
import { plainBody } from "./values";

/** A component of a config, or a block that configures Alloy itself. */
export interface ConfigComponent {
  /** Such as `prometheus.scrape.node`. */
  readonly address: string;
  /** Such as `prometheus.scrape`. */
  readonly name: string;
  /** Without the places and the layout of its text. */
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

/** Components by their labels, behind the name of their kind: `otelcol.exporter.otlphttp local_logs, local_metrics`. */
export function addresses(components: readonly ConfigComponent[]): string {
  return [...groupBy(components, ({ name }) => name)]
    .map(([name, same]) => `${name} ${same.map(({ address }) => address.slice(name.length + 1)).join(", ")}`)
    .join("; ");
}
