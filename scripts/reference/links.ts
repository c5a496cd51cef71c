/** The name by which a forge's links reach a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

export function link(text: string, target: string): string {
  return `[${text}](${target})`;
}
