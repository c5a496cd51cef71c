import { readdirSync, readFileSync } from "node:fs";

/** A page that people read: its path, and its text. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

function pagesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => (folder === "." ? name : `${folder}/${name}`));
}

/** Those of the reference, which are generated. */
export const referencePages = () => pagesIn("docs/reference").map(read);

const read = (path: string): Page => ({ path, text: readFileSync(path, "utf8") });

/** Those at the top, and those of docs/. */
export const pages = [...pagesIn("."), ...pagesIn("docs")].map(read);

/** The blocks of code of one or more languages, of all pages. */
export function blocksOf(...languages: readonly string[]): readonly string[] {
  return blocksIn(pages, ...languages);
}

/** Those of some pages. */
export function blocksIn(some: readonly Page[], ...languages: readonly string[]): readonly string[] {
  return some.flatMap(({ text }) =>
    [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
      .filter(([, language = ""]) => languages.includes(language))
      .map(([, , block = ""]) => block),
  );
}
