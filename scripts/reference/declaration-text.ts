import { formatted } from "../alloy-import/source";
import { code } from "../pages/markdown";
import { fenced, widestCode } from "./code";
import type { Declaration } from "./declarations";

/** Declarations as pages show them. */
export type DeclarationSources = ReadonlyMap<Declaration, string>;

/** The declarations, each as this project's formatter leaves it: one run of it for all. */
export function formattedSources(declarations: readonly Declaration[]): DeclarationSources {
  const separator = "// the next declaration\n";
  const source = declarations.map((one) => one.source).join(separator);
  const texts = formatted(source, widestCode + "declare ".length).split(separator);
  return new Map(
    declarations.map((one, index) => {
      const text = (texts[index] ?? "").trim().replaceAll(/^(?:export )?(?:declare )?/gm, "");
      return [one, withNarrowComments(text)];
    }),
  );
}

/** A declaration under a heading of its name. */
export function declarationParts({ name, comment }: Declaration, source: string): readonly string[] {
  return [`### ${name}`, ...(comment === "" ? [] : [proseOf(comment)]), fenced("ts", source)];
}

/** A comment as Markdown: its links are names, and each of its tags is a line of a list. */
function proseOf(comment: string): string {
  const text = comment.replaceAll(/\{@link (\w+(?:\.\w+)*)\}/g, (_, name: string) => code(name));
  const [prose = "", ...tags] = text.split(/^@/m);
  const list = tags.map((tag) => {
    const [, kind = "", rest = ""] = /^(\w+)\s+(.*)$/s.exec(tag.trim()) ?? [];
    const words = rest.replaceAll(/\s+/g, " ");
    const [, param = "", about = ""] = kind === "param" ? (/^(\S+) (.*)$/.exec(words) ?? []) : [];
    return kind === "param" ? `- ${code(param)}: ${about}` : `- ${kind}: ${words}`;
  });
  return [prose.trim(), list.join("\n")].filter((part) => part !== "").join("\n\n");
}

/** The comments on members, in lines that fit. */
function withNarrowComments(source: string): string {
  return source.replaceAll(/^( *)\/\*\*(.*?)\*\/$/gms, (whole: string, indent: string, inner: string) => {
    if (whole.split("\n").every((line) => line.length <= widestCode)) return whole;
    const text = inner.replaceAll(/^\s*\* ?/gm, "").trim();
    // An empty line, and a tag, begin anew.
    const parts = text.split(/\n(?=\n|@)/).map((part) => part.replaceAll(/\s*\n\s*/g, " ").trim());
    const lines = parts.flatMap((part) => wrapped(part, widestCode - indent.length - " * ".length));
    return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`].join(
      "\n",
    );
  });
}

/** A text in lines of at most some length; an empty one is a line too. */
function wrapped(text: string, length: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length > length && line !== "") {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
