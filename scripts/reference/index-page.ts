import { className } from "../../lib/alloy";
import type { ConfigBlockSchema } from "../generate-alloy/schema";
import { code, table } from "../pages/markdown";
import { type Described, fileOf } from "./bodies";
import type { ComponentFacts } from "./component-page";
import { flowOf } from "./flow";
import { link } from "./links";
import { sharedBlocksPage } from "./shared-blocks";

/** The classes of blocks that hold components, in the library. */
const modules: Readonly<Record<string, string>> = {
  argument: "ArgumentType",
  declare: "Declare",
  export: "Declare",
  foreach: "Foreach",
};

/** The list of all components, by their namespaces. */
export function indexPage(
  facts: readonly ComponentFacts[],
  nested: readonly ConfigBlockSchema[],
  version: string,
  mark: string,
): string {
  const components = facts.filter(({ described }) => "exports" in described);
  const blocks = facts.filter(({ described }) => !("exports" in described));
  const namespaces = [...new Set(components.map(({ described }) => fileOf(described)))].sort();
  return `${[
    "# Reference",
    mark,
    `The ${components.length} components of Alloy ${version} as classes of TypeScript, and all that they take. [The library](../library.md) says how they become a config; in examples, \`config\` is an \`AlloyConfig\`.`,
    [
      `- ${link("Blocks that many components have", sharedBlocksPage)}, such as TLS and HTTP clients`,
      `- ${link("Types", "types.md")} of arguments and exports`,
      `- ${link("Functions", "functions.md")} of Alloy's standard library`,
      `- ${link("The library", "library.md")}: \`AlloyConfig\`, expressions, \`parse\`, \`check\`, \`print\``,
      `- ${link("Blocks that configure Alloy itself", "#blocks-that-configure-alloy-itself")}, and modules`,
    ].join("\n"),
    "Flow is what a component takes of others, then, after the arrow, what it gives or sends them. Where no stability is told, it is generally available. An argument that has no default and is not required is not set unless it is written.",
    ...namespaces.flatMap((namespace) => [
      `## ${namespace}`,
      componentsTable(components.filter(({ described }) => fileOf(described) === namespace)),
    ]),
    "## Blocks that configure Alloy itself",
    table(
      ["Block", "What it is"],
      [
        ...blocks.map(({ described, words = "" }) => [
          link(code(described.name), `${described.name}.md`),
          words,
        ]),
        ...nested.map(({ name }) => {
          const of = modules[name] ?? className(name);
          return [
            link(code(name), `library.md#${of.toLowerCase()}`),
            `Of modules: ${code(of)} of the library.`,
          ];
        }),
      ].toSorted(([one = ""], [other = ""]) => (one < other ? -1 : 1)),
    ),
  ].join("\n\n")}\n`;
}

/** The table of the components of a namespace; a column in which nothing would stand is left out. */
function componentsTable(facts: readonly ComponentFacts[]): string {
  const columns: readonly (readonly [header: string, cell: (one: ComponentFacts) => string])[] = [
    ["Component", ({ described: { name } }) => link(code(name), `${name}.md`)],
    ["Flow", ({ described }) => flowText(described)],
    ["Stability", ({ described: { stability } }) => (isUsual(stability) ? "" : stability.replace("-", " "))],
    ["What it is", ({ words = "" }) => words],
  ];
  const shown = columns.filter(([, cell]) => facts.some((one) => cell(one) !== ""));
  return table(
    shown.map(([header]) => header),
    facts.map((one) => shown.map(([, cell]) => cell(one))),
  );
}

function isUsual(stability: Described["stability"]): boolean {
  return stability === "generally-available";
}

function flowText(described: Described): string {
  const { takes, gives } = flowOf(described);
  if (takes.length + gives.length === 0) return "";
  return [takes.join(", "), "→", gives.join(", ")].filter((part) => part !== "").join(" ");
}
