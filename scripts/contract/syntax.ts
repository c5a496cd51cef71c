import { unquote } from "../../lib/alloy";
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

/** The text of a query, by its parts. */
export class QueryText {
  constructor(private readonly text: string) {}

  /** What stands there. */
  of({ from, to }: QueryNode): string {
    return this.text.slice(from, to);
  }

  /** The name of a label, which may stand in quotation marks. */
  label(node: QueryNode): string {
    const written = this.of(node);
    return written.startsWith('"') ? unquote(written) : written;
  }
}
