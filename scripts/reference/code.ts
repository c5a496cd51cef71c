/** As long may a line of code be on a page of 880 pixels before its box scrolls. */
export const widestCode = 92;

export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
