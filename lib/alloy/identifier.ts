const keywords: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** Whether a text can stand as a name in an Alloy config: a label, an unquoted key of a map. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !keywords.has(text);
}
