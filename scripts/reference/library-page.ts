import { code } from "../pages/markdown";
import { type DeclarationSources, declarationParts } from "./declaration-text";
import type { Declaration } from "./declarations";
import { anchorsOf, link } from "./links";

/** The parts of the library's page: what each is of, by its modules and by names. What is in none is in the last one. */
const parts: readonly (readonly [title: string, of: readonly string[]])[] = [
  ["A config", ["config", "component", "comment", "text", "snapshot"]],
  ["Modules", ["declare", "foreach"]],
  ["Expressions", ["Expression", "expressions", "schema/languages"]],
  ["Types of arguments", ["schema/types"]],
  ["Requirements", ["schema/requirement", "needs/connections", "needs/paths"]],
  ["Versions", ["versions", "check/limits"]],
  [
    "Reading and printing",
    ["syntax/parser", "syntax/printer", "syntax/source", "syntax/token-reader", "syntax/tree"],
  ],
  ["Checking", ["check/check", "check/diagnostics", "check/graph", "check/property"]],
  ["What Alloy knows", []],
];

/** The module that has a page of its own. */
export const standardLibraryModule = "standard-library";

/** The page of what lib/alloy exports. */
export function libraryPage(sources: DeclarationSources, mark: string): string {
  const others = [...sources.keys()].filter(({ module }) => module !== standardLibraryModule);
  const placed = new Set(parts.flatMap(([, of]) => of));
  const wordOf = ({ name, module }: Declaration) => (placed.has(name) ? name : module);
  const sections = parts.map(([title, of]) => {
    const own = others
      .filter((one) => (of.length === 0 ? !placed.has(wordOf(one)) : of.includes(wordOf(one))))
      .toSorted((one, other) => of.indexOf(wordOf(one)) - of.indexOf(wordOf(other)));
    return { title, own };
  });
  const all = sections.flatMap(({ title, own }) => [title, ...own]);
  const anchors = anchorsOf(["The library", ...all.map((one) => (typeof one === "string" ? one : one.name))]);
  const anchorOfOne = new Map(all.map((one, index) => [one, anchors[index + 1]]));
  return `${[
    "# The library",
    mark,
    "What `alloy-constructs` exports, in this repository `lib/alloy`. What it is for, with examples, is in [the library](../library.md); functions of Alloy's standard library are on [a page of their own](functions.md). What is `private` is left out.",
    sections
      .map(
        ({ title, own }) =>
          `- **${title}**: ${own.map((one) => link(code(one.name), `#${anchorOfOne.get(one)}`)).join(", ")}`,
      )
      .join("\n"),
    ...sections.flatMap(({ title, own }) => [
      `## ${title}`,
      ...own.flatMap((one) => declarationParts(one, sources.get(one) ?? "")),
    ]),
  ].join("\n\n")}\n`;
}
