import { canonicalJson, type Json } from "../../lib/chart";
import type { ObjectChange } from "./compare-manifests";
import type { FieldChange } from "./compare-objects";

/** How an environment changes. */
export interface EnvironmentChange {
  readonly name: string;
  readonly objects: readonly ObjectChange[];
}

/** A value that is longer is cut: what it is can be read in the manifests. */
const longest = 240;

/** What changes in which environments. Those in which the same changes are told together. */
export function upgradeSummary(changes: readonly EnvironmentChange[]): string {
  if (changes.length === 0) return "every environment has it already";
  const groups = new Map<string, string[]>();
  for (const { name, objects } of changes) {
    const text = objects.length === 0 ? "  nothing changes" : objects.flatMap(objectLines).join("\n");
    groups.set(text, [...(groups.get(text) ?? []), name]);
  }
  return [...groups].map(([text, names]) => `${names.join(", ")}:\n${text}`).join("\n\n");
}

function objectLines({ object, change, fields }: ObjectChange): readonly string[] {
  const sign = { added: "+", removed: "-", changed: "~" }[change];
  return [`  ${sign} ${object}`, ...fields.map((field) => `      ${fieldLine(field)}`)];
}

function fieldLine({ path, before, after }: FieldChange): string {
  if (before === undefined) return `+ ${path}: ${shown(after)}`;
  if (after === undefined) return `- ${path}: ${shown(before)}`;
  return `~ ${path}: ${shown(before)} → ${shown(after)}`;
}

function shown(value: Json | undefined): string {
  const text = typeof value === "string" && /^[\x21-\x7e]+$/.test(value) ? value : canonicalJson(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
