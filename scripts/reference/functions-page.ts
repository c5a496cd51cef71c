import {
  type Format,
  type FunctionDefinition,
  functions,
  propertyName,
  type VersionHistory,
} from "../../lib/alloy";
import { code, table } from "../pages/markdown";
import { fenced } from "./code";
import { type DeclarationSources, declarationParts } from "./declaration-text";
import { changesOf, changesText } from "./history";
import { standardLibraryModule } from "./library-page";

/** The page of the functions of Alloy's standard library. */
export function functionsPage(sources: DeclarationSources, history: VersionHistory, mark: string): string {
  const own = [...sources].filter(([{ module }]) => module === standardLibraryModule);
  const all = [...functions.values()];
  const current = all.filter(({ now }) => now === undefined);
  const former = all.flatMap(({ name, now }) => (now === undefined ? [] : [[code(name), code(now)]]));
  const changes = current
    .flatMap(({ name }) => changesOf(name, history))
    .concat(changesOf("constants.version", history));
  return `${[
    "# Functions",
    mark,
    "The functions and constants of Alloy's standard library. A call is an expression: Alloy computes it when it runs. Any argument may be an expression too.",
    fenced("ts", example),
    "## By name",
    table(
      ["In TypeScript", "In Alloy"],
      current.map((one) => [
        code(typescriptName(one.name)),
        code(signatureOf(one)) + (one.isExperimental ? ", experimental" : ""),
      ]),
    ),
    "## Declarations",
    ...own.flatMap(([one, source]) => declarationParts(one, source)),
    "## Names of older configs",
    table(["Deprecated", "Now"], former),
    ...(changes.length === 0 ? [] : ["## Versions", changesText(changes)]),
  ].join("\n\n")}\n`;
}

const example = `import { string, sys } from "alloy-constructs";

export const url = string.format("https://%s/push", sys.env("HOST"));`;

function typescriptName(name: string): string {
  const [first = "", ...rest] = name.split(".");
  return rest.length === 0 ? propertyName(first) : [first, ...rest.map(propertyName)].join(".");
}

function signatureOf({ name, params, isVariadic, optional, returns }: FunctionDefinition): string {
  const texts = params.map((param, index) => {
    const isLast = index === params.length - 1;
    return `${formatText(param)}${isVariadic && isLast ? "..." : ""}${index >= params.length - optional ? "?" : ""}`;
  });
  return `${name}(${texts.join(", ")}) → ${formatText(returns)}`;
}

function formatText(format: Format): string {
  return format.kind === "list" || format.kind === "map"
    ? `${format.kind}(${formatText(format.of)})`
    : format.kind;
}
