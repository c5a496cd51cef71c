import { readFileSync } from "node:fs";
import { join } from "node:path";
import { least } from "../reading";

/** A file with a mistake, what is said of it, and the nearest file that is right; of one that is right, it alone. */
export interface Mistake {
  readonly bad: string;
  /** A line for each; behind `…` anything may follow. Empty: it is taken. */
  readonly says: readonly string[];
  readonly good: string;
}

/**
 * The mistakes of a file beside this one, between empty lines: the text that has one, `=>` and what is said of it, and the
 * nearest text that is right. A text stands behind the least that an environment needs, or, behind `FILE`, alone.
 * `=> taken` says that there is none. `<TAB>`, `<CR>` and `<U+202E>` stand for what isn't seen.
 */
export function mistakesIn(file: string): readonly Mistake[] {
  const blocks = readFileSync(join(__dirname, file), "utf8").split(/\n\n/).slice(1);
  return blocks.map((block) => {
    const isFile = block.startsWith("FILE\n");
    const lines = block
      .trimEnd()
      .split("\n")
      .slice(isFile ? 1 : 0);
    const said = lines.flatMap((line, index) => (line.startsWith("=> ") ? [index] : []));
    const textOf = (own: readonly string[]) =>
      seen([...(isFile ? [] : least), ...own].join("\n") + (own.length > 0 ? "\n" : ""));
    const says = said.map((index) => lines[index]?.slice("=> ".length) ?? "");
    const bad = textOf(lines.slice(0, said[0]));
    return says.join() === "taken"
      ? { bad, says: [], good: bad }
      : { bad, says, good: textOf(lines.slice((said.at(-1) ?? 0) + 1)) };
  });
}

function seen(text: string): string {
  return text
    .replaceAll("<TAB>", "\t")
    .replaceAll("<CR>", "\r")
    .replaceAll(/<U\+([\dA-F]+)>/g, (_, number: string) => String.fromCodePoint(Number.parseInt(number, 16)));
}
