import type { Finding } from "./findings";

/** A part of a query, as the grammars of PromQL and LogQL read it. */
export interface QueryNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly firstChild: QueryNode | null;
  readonly nextSibling: QueryNode | null;
  getChild(name: string): QueryNode | null;
}

export function childrenOf(node: QueryNode | null | undefined): readonly QueryNode[] {
  const children: QueryNode[] = [];
  for (let child = node?.firstChild ?? null; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** Calls `visit` on a part and all that is in it, in the order of the text. */
export function walk(node: QueryNode, visit: (node: QueryNode) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
}

/** The first place where a text is no query. */
export function syntaxMistake(text: string, top: QueryNode, language: string): Finding | undefined {
  const errors: QueryNode[] = [];
  walk(top, (node) => {
    if (node.name === "⚠") errors.push(node);
  });
  const [first] = errors;
  if (first === undefined) return undefined;
  const rest = text.slice(first.from, Math.max(first.to, first.from + 16)).trim();
  const found = rest === "" ? "its end" : JSON.stringify(rest);
  const message = `is no ${language}: it can't be read from ${found} on`;
  return { offset: first.from, severity: "error", about: "syntax", message };
}

/** What a text in quotes stands for. */
export function unquoted(quoted: string): string {
  if (quoted.startsWith("`")) return quoted.slice(1, -1);
  const known: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
  return quoted
    .slice(1, -1)
    .replaceAll(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)/g, (_, escaped: string) =>
      escaped.length > 1
        ? String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
        : (known[escaped] ?? escaped),
    );
}
