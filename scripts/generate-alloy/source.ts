import { className, propertyName } from "../../lib/alloy";
import { commentOf, formatOf, type MemberSource } from "./attributes";
import type { Body } from "./bodies";
import { componentFacts, configBlockFacts, type Saying } from "./facts";
import { needsOf, surroundingsOf } from "./needs";
import { rulesOf } from "./rules";
import type { ComponentSchema, ConfigBlockSchema, ExportSchema, TypeSchema } from "./schema";
import { valueType } from "./types";

/**
 * The components that have data of their own to send although they have a receiver. All others with one send only
 * what they are sent.
 */
const sources: ReadonlySet<string> = new Set([
  "database_observability.postgres",
  // It has an `input` that it never gives.
  "otelcol.receiver.googlecloudpubsub",
]);

/** The components whose optional secrets are always secrets. */
const ofSecrets: ReadonlySet<string> = new Set(["remote.kubernetes.secret"]);

/**
 * What a component exports. An optional secret is a string, unless arguments such as `is_secret` have it be a secret: the check
 * of the config knows them.
 */
function exportsOf({ name, exports }: ComponentSchema): readonly ExportSchema[] {
  return exports.map((one) => (ofSecrets.has(name) ? { ...one, type: asSecret(one.type) } : one));
}

/** How arguments say what the component gives and takes, if they do. */
function byArguments({ name, args }: ComponentSchema): readonly string[] {
  if (name === "otelcol.exporter.loadbalancing") return ["byArguments: signalsByRoutingKey"];
  return args.attributes.some((one) => one.name === "is_secret") ? ["byArguments: secretByArgument"] : [];
}

function asSecret(type: TypeSchema): TypeSchema {
  if (type.k === "list" || type.k === "map") return { ...type, of: asSecret(type.of) };
  return type.k === "optional_secret" ? { k: "secret" } : type;
}

function asString(type: TypeSchema): TypeSchema {
  if (type.k === "list" || type.k === "map") return { ...type, of: asString(type.of) };
  return type.k === "optional_secret" ? { k: "string" } : type;
}

/** The interface and the definition of a body. */
export function bodySource(body: Body): string {
  const members = body.members.map(memberSource).join("");
  const interfaceSource =
    members === ""
      ? `export type ${body.interfaceName} = Readonly<Record<string, never>>;\n`
      : `export interface ${body.interfaceName} {\n${members}}\n`;
  const blocks = [...body.blocks]
    .map(([name, definition]) => `  ${JSON.stringify(name)}: ${definition},\n`)
    .join("");
  const rules = rulesOf(body.names, body.memberNames);
  const args = [
    JSON.stringify(body.attributes),
    `() => ({${blocks === "" ? "" : `\n${blocks}`}})`,
    `[${rules.join(", ")}]`,
    ...(/:[[{]*regexp\b/.test(body.attributes) ? ["regexpMistake"] : []),
  ];
  while (["() => ({})", "[]"].includes(args.at(-1) ?? "")) args.pop();
  return `${interfaceSource}\nexport const ${body.constant} = body(${args.join(", ")});\n`;
}

/** The class of a component. */
export function componentSource(component: ComponentSchema, props: Body, saying: Saying): string {
  const { name, accepts = [], emits = [] } = component;
  const exports = exportsOf(component);
  const exported = exports.map(
    ({ name: of, type }) =>
      `\n  get ${propertyName(of)}() {\n    return this.exported<${valueType(asString(type), accepts)}>("${of}");\n  }\n`,
  );
  const facts = [
    ...(exports.length > 0 ? [`exports: ${JSON.stringify(exportKinds(exports))}`] : []),
    ...(accepts.length > 0 ? [`accepts: ${JSON.stringify(accepts)}`] : []),
    ...(emits.length > 0 ? [`emits: ${JSON.stringify(emits)}`] : []),
    ...(sources.has(name) ? ["source: true"] : []),
    ...byArguments(component),
  ];
  return `/** ${componentFacts(component, saying)} */
export class ${className(name)} extends Component {
  static readonly definition: ComponentDefinition = ${definitionSource(component, props, facts)};

  constructor(scope: Construct, label: string, ${propsParameter(props)}) {
    super(scope, label, props, ${className(name)}.definition);
  }
${exported.join("")}}
`;
}

/** The class of a block that configures Alloy itself; one that Alloy has once has no label. */
export function configBlockSource(block: ConfigBlockSchema, props: Body, saying: Saying): string {
  const { name, label } = block;
  const parameters = label === "none" ? "" : "label: string, ";
  return `/** ${configBlockFacts(block, saying)} */
export class ${className(name)} extends Component {
  static readonly definition: ComponentDefinition = ${definitionSource(block, props)};

  constructor(scope: Construct, ${parameters}${propsParameter(props)}) {
    super(scope, ${label === "none" ? "undefined" : "label"}, props, ${className(name)}.definition);
  }
}
`;
}

function definitionSource(
  { name, stability }: ComponentSchema | ConfigBlockSchema,
  props: Body,
  facts: readonly string[] = [],
): string {
  const [needs, surroundings] = [needsOf(name), surroundingsOf(name)];
  const all = [
    `name: "${name}"`,
    `stability: "${stability}"`,
    `body: ${props.constant}`,
    ...facts,
    ...(needs.length > 0 ? [`needs: [${needs.join(", ")}]`] : []),
    ...(surroundings === undefined ? [] : [`surroundings: [${surroundings.join(", ")}]`]),
  ];
  return `{ ${all.join(", ")} }`;
}

function exportKinds(exports: readonly ExportSchema[]): Readonly<Record<string, string>> {
  return Object.fromEntries(exports.map(({ name, type }) => [name, formatOf(type)]));
}

function propsParameter(props: Body): string {
  return `props: ${props.interfaceName}${props.members.every((member) => member.optional) ? " = {}" : ""}`;
}

function memberSource(member: MemberSource): string {
  const { name, optional, type } = member;
  // What is undefined is left out: a caller passes on what may be set as it is.
  return `  ${commentOf(member)}\n  readonly ${name}${optional ? "?" : ""}: ${type}${optional ? " | undefined" : ""};\n`;
}
