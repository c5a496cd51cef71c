import { unusedWords, withoutWords } from "../../../scripts/generate-alloy/described";
import type { Descriptions } from "../../../scripts/generate-alloy/descriptions";
import { readDescriptions, readSchema } from "../../../scripts/generate-alloy/schema";

const schema = readSchema();

describe("the words", () => {
  const words = readDescriptions();

  test("are of something", () => {
    expect(unusedWords(schema, words)).toEqual([]);
    const more = { ...words, blocks: { ...words.blocks, nothing: "Nothing." } };
    expect(unusedWords(schema, more)).toEqual(["blocks: nothing"]);
  });

  test("say of every component, block and argument what it is", () => {
    const missing = (given: Descriptions) =>
      withoutWords(schema, given).map(({ part, path }) => `${part}: ${path.join(" > ")}`);
    expect(missing(words)).toEqual([]);
    const { no_proxy: _, ...attributes } = words.attributes;
    expect(missing({ ...words, attributes })[0]).toBe("attributes: discovery.aws > no_proxy");
    const { "stage.json": __, ...blocks } = words.blocks;
    expect(missing({ ...words, blocks })).toEqual([
      "blocks: loki.process > stage.json",
      "blocks: loki.process > stage.match > stage.json",
    ]);
  });

  test("are a sentence that says more than the name", () => {
    const sentences = [words.components, words.blocks, words.attributes]
      .flatMap((part) => Object.entries(part))
      .flatMap(([key, text]) => (text === null ? [] : [{ key, text }]));
    expect(sentences.filter(({ text }) => !/^[A-Z`][^\n]*[\w`")…]\.$/.test(text))).toEqual([]);
    expect(sentences.filter(({ key, text }) => saysNoMore(key, text))).toEqual([]);
    expect(saysNoMore("component/x.Arguments.max_age", "The max. age.")).toBe(true);
  });

  test("are missing only of what neither Alloy's documentation nor its sources tell", () => {
    // Look there first. Each is a line here that the next version may end.
    const untold: readonly string[] = [];
    const all = [...Object.entries(words.blocks), ...Object.entries(words.attributes)];
    expect(all.flatMap(([key, text]) => (text === null ? [key] : []))).toEqual(untold);
  });
});

/** Whether a sentence has only the words of a name. */
function saysNoMore(key: string, text: string): boolean {
  const name = key.split(".").at(-1)?.split("_") ?? [];
  const own = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return own.every((word) => ["the", "a", "an", "of"].includes(word) || name.includes(word));
}
