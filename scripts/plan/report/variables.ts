import { type Line, words } from "../statement";

/** A word that differs between environments of which the same is said otherwise. */
export interface Variable {
  /** Stands in its place, such as `‹1›`. */
  readonly mark: string;
  /** In the order of the environments. */
  readonly values: readonly string[];
}

/** Up to so many variants are each told by themselves. */
const fewVariants = 3;

/**
 * Texts that differ by some words alone become one, with a mark for each word that differs. The same words everywhere
 * have the same mark.
 */
export class Variables {
  private readonly known = new Map<string, Variable>();

  get all(): readonly Variable[] {
    return [...this.known.values()];
  }

  /**
   * The lines that stand for all of some variants.
   *
   * @param variants what each environment says
   * @returns undefined where they differ in more than words, or are few
   */
  pattern(variants: readonly (readonly Line[])[]): readonly Line[] | undefined {
    const [first = []] = variants;
    const distinct = new Set(variants.map((lines) => JSON.stringify(lines)));
    const isAlike = variants.every(
      (lines) =>
        lines.length === first.length && lines.every(({ sign }, place) => sign === first[place]?.sign),
    );
    if (distinct.size <= fewVariants || !isAlike) return undefined;
    const columns = first.map(({ sign }, place) => ({
      sign,
      columns: wordColumns(variants.map((lines) => lines[place]?.text ?? "")),
    }));
    const isWhole = columns.every(({ columns: column }) => column !== undefined);
    return isWhole
      ? columns.map(({ sign, columns: column = [] }) => ({
          sign,
          text: column.map((values) => this.markOf(values)).join(""),
        }))
      : undefined;
  }

  /** One word where all are the same, else a mark. */
  private markOf(values: readonly string[]): string {
    if (new Set(values).size === 1) return values[0] ?? "";
    const key = JSON.stringify(values);
    const variable = this.known.get(key) ?? { mark: `‹${this.known.size + 1}›`, values };
    this.known.set(key, variable);
    return variable.mark;
  }
}

/** The words of texts, place by place; undefined where they don't have as many. */
function wordColumns(texts: readonly string[]): readonly (readonly string[])[] | undefined {
  const rows = texts.map(words);
  const [first = []] = rows;
  if (rows.some((row) => row.length !== first.length)) return undefined;
  return first.map((_, place) => rows.map((row) => row[place] ?? ""));
}
