import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Who refuses a config today: `alloy validate`, `alloy run` when it starts, or nobody. */
export type Finder = "validate" | "run" | "nobody";

/** A config with a mistake that people make, what is said of it, and the nearest config that is right. */
export interface Mistake {
  readonly bad: string;
  /** `line:column: message`, with `warning: ` before it where Alloy takes it. */
  readonly says: readonly string[];
  readonly by: Finder;
  /** Whether that was read in Alloy's sources, since the mistake only shows in a cluster. */
  readonly isRead: boolean;
  readonly good: string;
}

/** The files beside this one. */
export const tables = ["syntax", "names", "references", "functions", "values", "rules", "unseen"];

/**
 * The mistakes of a file, between empty lines: the config, `=>` and each thing that is said of it, `=> by` and who else finds
 * it, and the nearest config that is right. Of what is said as a warning only what the mistake is about stands there.
 */
export function mistakesIn(table: string): readonly Mistake[] {
  const blocks = readFileSync(join(__dirname, `${table}.txt`), "utf8")
    .split(/\n\n/)
    .slice(1);
  return blocks.map((block) => {
    const lines = block.trimEnd().split("\n");
    const first = lines.findIndex((line) => line.startsWith("=> "));
    const last = lines.findLastIndex((line) => line.startsWith("=> "));
    const [by = "", read] = lines[last]?.slice("=> by ".length).split(", ") ?? [];
    if (!isFinder(by)) throw new Error(`${table}: ${block}\nhas no => by`);
    return {
      bad: `${lines.slice(0, first).join("\n")}\n`,
      says: lines.slice(first, last).map((line) => line.slice("=> ".length)),
      by,
      isRead: read === "read",
      good: `${lines.slice(last + 1).join("\n")}\n`,
    };
  });
}

function isFinder(text: string): text is Finder {
  return text === "validate" || text === "run" || text === "nobody";
}
