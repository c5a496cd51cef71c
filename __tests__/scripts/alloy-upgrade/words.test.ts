import { movedWords, wordsReport } from "../../../scripts/alloy-upgrade/words";
import { unusedWords, withoutWords } from "../../../scripts/generate-alloy/described";
import type { Descriptions } from "../../../scripts/generate-alloy/descriptions";
import type { BodySchema, Schema } from "../../../scripts/generate-alloy/schema";

/** A component `a.b` with a block that has some attributes. */
function schema(go: string, block: string, ...attributes: readonly string[]): Schema {
  const pin = { version: "v1.0.0" };
  const body: BodySchema = {
    go,
    attributes: attributes.map((name) => ({ name, optional: true, type: { k: "string" } })),
    blocks: [],
  };
  const args = { go: "a.Args", attributes: [], blocks: [{ name: block, optional: true, body }] };
  return {
    alloy: pin,
    syntax: pin,
    components: [{ name: "a.b", stability: "experimental", exports: [], args }],
    configBlocks: [],
    types: {},
    stdlib: { identifiers: [] },
  };
}

const words: Descriptions = {
  components: { "a.b": "Does something." },
  blocks: { "c/old.Client": "How it asks." },
  attributes: { url: "Where it is.", "c/old.Client.url": "Whom it asks.", "c/old.Client.gone": "What was." },
};
const before = schema("c/old.Client", "client", "url", "gone");

test("words move with the place whose Go type is called otherwise, and go with what is gone", () => {
  const after = schema("c/new.Client", "client", "url");
  const moved = movedWords(before, after, words);
  expect(moved).toEqual({
    components: words.components,
    blocks: { "c/new.Client": "How it asks." },
    attributes: { "c/new.Client.url": "Whom it asks." },
  });
  expect(withoutWords(after, moved)).toEqual([]);
  expect(unusedWords(after, moved)).toEqual([]);
  expect(wordsReport(before, after, moved)).toBe("");
  expect(movedWords(after, before, moved).attributes).toEqual({ "c/old.Client.url": "Whom it asks." });
});

test("words stay as they are where nothing changes, and those for a name in front", () => {
  const both = schema("c/old.Client", "client", "url", "gone");
  expect(movedWords(before, both, words)).toEqual({
    ...words,
    attributes: { "c/old.Client.gone": "What was.", "c/old.Client.url": "Whom it asks." },
  });
  const { "c/old.Client.url": _, ...attributes } = words.attributes;
  expect(JSON.stringify(movedWords(before, both, { ...words, attributes }).attributes)).toBe(
    '{"url":"Where it is.","c/old.Client.gone":"What was."}',
  );
});

test("what is new is told, with the words that it has for its name, or as what has none", () => {
  const after = schema("c/new.Server", "server", "url", "port");
  const moved = movedWords(before, after, words);
  expect(wordsReport(before, after, moved)).toBe(`to describe in imports/alloy/descriptions.json:
  blocks: a.b > server
    a.Args.server
  attributes: a.b > server > port
    c/new.Server.port

described by the words for the name: write others where these don't fit:
  attributes: a.b > server > url
    c/new.Server.url: Where it is.`);
});
