import type { ImageVersion } from "./environment";

const tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const digest = "sha256:[0-9a-f]{64}";

/** What stands behind an image's name: a tag, a digest, or both with `@` between them. */
export const imageVersionPattern = new RegExp(`^(?:${tag}|${digest}|${tag}@${digest})$`);

/** @param text fits {@link imageVersionPattern} */
export function imageVersion(text: string): ImageVersion {
  const at = text.search(/sha256:/);
  if (at === -1) {
    return { tag: text };
  }
  const [name, hash] = [text.slice(0, at).replace("@", ""), text.slice(at)];
  return name === "" ? { digest: hash } : { tag: name, digest: hash };
}
