import { className } from "../../lib/alloy";
import { signalsOf } from "../generate-alloy/facts";
import type { ConfigBlockSchema } from "../generate-alloy/schema";
import { code, table } from "../pages/markdown";
import { fileOf } from "./bodies";
import type { ComponentFacts } from "./component-page";
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
    "The column Signals has what a component takes, and, after the arrow, what it sends.",
    ...namespaces.flatMap((namespace) => [
      `## ${namespace}`,
      table(
        ["Component", "Signals", "Stability", "What it is"],
        components.filter(({ described }) => fileOf(described) === namespace).map(rowOf),
      ),
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

function rowOf({ described, words = "" }: ComponentFacts): readonly string[] {
  const { takes, sends } = "exports" in described ? signalsOf(described) : { takes: [], sends: [] };
  const signals = [takes.join(", "), "→", sends.join(", ")].filter((part) => part !== "").join(" ");
  return [
    link(code(described.name), `${described.name}.md`),
    signals === "→" ? "" : signals,
    described.stability === "generally-available" ? "" : described.stability.replace("-", " "),
    words,
  ];
}
