import { type Described, describedOf, withoutWords } from "../generate-alloy/described";
import { type Descriptions, wordsOf } from "../generate-alloy/descriptions";
import type { Schema } from "../generate-alloy/schema";

/**
 * The words for another version. Where a body's Go type has another name there, its words move along. Words of what that
 * version no longer has are dropped.
 */
export function movedWords(before: Schema, after: Schema, descriptions: Descriptions): Descriptions {
  const places = [describedOf(before), describedOf(after)] as const;
  return {
    components: movedPart("components", places, descriptions.components),
    blocks: movedPart("blocks", places, descriptions.blocks),
    attributes: movedPart("attributes", places, descriptions.attributes),
  };
}

function movedPart<W extends string | null>(
  part: keyof Descriptions,
  [before, after]: readonly [readonly Described[], readonly Described[]],
  words: Readonly<Record<string, W>>,
): Readonly<Record<string, W>> {
  const old = new Map(before.filter((one) => one.part === part).map(({ path, keys }) => [`${path}`, keys]));
  const moved = new Map<string, W>();
  for (const { path, keys } of after.filter((one) => one.part === part)) {
    const known = keys.find((key) => Object.hasOwn(words, key));
    const oldKeys = old.get(`${path}`) ?? [];
    const at = oldKeys.findIndex((key) => Object.hasOwn(words, key));
    const key = at < 0 || Object.hasOwn(words, keys[at] ?? "") ? known : keys[at];
    const value = words[(at < 0 ? known : oldKeys[at]) ?? ""];
    if (key !== undefined && value !== undefined) moved.set(key, value);
  }
  const isOfType = (key: string) => Number(key.includes("/"));
  const inOrder = [...moved].sort(
    ([one], [other]) => isOfType(one) - isOfType(other) || (one < other ? -1 : 1),
  );
  return Object.fromEntries(inOrder);
}

/**
 * What is to write about what a version brings: the places that have no words, and those whose words are the ones for
 * their name, which may mean something else there.
 *
 * @param words those for the later version
 * @returns nothing where there is nothing to write
 */
export function wordsReport(before: Schema, after: Schema, words: Descriptions): string {
  const exact = ({ part, keys }: Described) => `${part}: ${keys[0]}`;
  const known = new Set(describedOf(before).flatMap((one) => [placeText(one), exact(one)]));
  const general = new Map(
    describedOf(after)
      .filter((one) => !known.has(placeText(one)) && !known.has(exact(one)))
      .filter(({ part, keys }) => !Object.hasOwn(words[part], keys[0] ?? ""))
      .filter(({ part, keys }) => wordsOf(words[part], keys) !== undefined)
      .map((one) => [exact(one), one]),
  );
  return [
    section(
      "to describe in imports/alloy/descriptions.json",
      withoutWords(after, words),
      ({ keys }) => keys[0] ?? "",
    ),
    section(
      "described by the words for the name: write others where these don't fit",
      [...general.values()],
      ({ part, keys }) => `${keys[0]}: ${wordsOf(words[part], keys)}`,
    ),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

function placeText({ part, path }: Described): string {
  return `${part}: ${path.join(" > ")}`;
}

function section(title: string, places: readonly Described[], text: (place: Described) => string): string {
  if (places.length === 0) return "";
  const lines = places.flatMap((one) => [`  ${placeText(one)}`, `    ${text(one)}`]);
  return [`${title}:`, ...lines].join("\n");
}
