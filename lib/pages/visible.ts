const unseen = /[^ \p{L}\p{M}\p{N}\p{P}\p{S}]/gu;

/**
 * A text for readers: what has no look of its own, such as a control character or a line break, is written as
 * `\u{a}`. The rest fits into XML, HTML and Markdown once it is escaped for them.
 */
export function visible(text: string): string {
  return text.replace(unseen, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A text in which each of some characters is written as its HTML entity of decimal digits. */
export function withEntities(text: string, characters: RegExp, prefix = "&#"): string {
  return text.replace(characters, (character) => `${prefix}${character.codePointAt(0) ?? 0};`);
}
