import { isPlain, pageOf } from "../generate-alloy/bindings";
import { readDescriptions, readSchema } from "../generate-alloy/schema";
import { type Described, PlacedBodies } from "./bodies";
import { type ComponentFacts, componentPage } from "./component-page";
import { formattedSources } from "./declaration-text";
import { libraryDeclarations } from "./declarations";
import { examplesOf } from "./examples";
import { functionsPage } from "./functions-page";
import { changesOf, readHistory } from "./history";
import { indexPage } from "./index-page";
import { libraryPage } from "./library-page";
import { SharedBlocks, sharedBlocksPage } from "./shared-blocks";
import { typesPage } from "./types-page";

const mark = (from: string) =>
  `<!-- Generated from ${from} by npm run generate:reference: change that, not this page. -->`;
const ofBindings = mark("imports/alloy");

/** The text of each page of the reference, by its name. */
export function referencePages(): ReadonlyMap<string, string> {
  const [schema, descriptions, history] = [readSchema(), readDescriptions(), readHistory()];
  const bodies = new PlacedBodies(schema, descriptions);
  const all: readonly Described[] = [...schema.components, ...schema.configBlocks.filter(isPlain)];
  const examples = examplesOf(all, schema);
  const facts = all.map(
    (described): ComponentFacts => ({
      described,
      words: descriptions.components[described.name],
      page: pageOf(described, schema),
      root: bodies.of(described),
      example: examples.get(described.name),
      changes: changesOf(described.name, history),
    }),
  );
  const shared = new SharedBlocks(new Map(facts.map(({ described, root }) => [described.name, root])));
  const sources = formattedSources(libraryDeclarations());
  const nested = schema.configBlocks.filter((block) => !isPlain(block));
  const [oldest = schema.alloy.version] = history.versions;
  return new Map([
    ["README.md", indexPage(facts, nested, schema.alloy.version, ofBindings)],
    [sharedBlocksPage, shared.page(ofBindings)],
    ["types.md", typesPage(mark("scripts/reference/types-page.ts"))],
    ["functions.md", functionsPage(sources, history, mark("lib/alloy"))],
    ["library.md", libraryPage(sources, mark("the comments of lib/alloy"))],
    ...facts.map((one): [string, string] => [
      `${one.described.name}.md`,
      componentPage(one, ofBindings, shared, oldest),
    ]),
  ]);
}
