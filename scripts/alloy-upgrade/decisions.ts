import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Signal } from "../../lib/alloy";
import { bindingsFolder } from "../generate-alloy/schema";

/**
 * What people have read and decided, as no program can tell it from Alloy's sources or its documentation. Attributes are
 * named by the Go type of their body and their name. A decision holds as long as what it was made on says the same.
 */
export interface Decisions {
  /** The words that an attribute, or a Go type, takes; null: any text. */
  readonly words: Readonly<Record<string, WordDecision>>;
  /** What takes a regular expression of RE2, though its Go type is a string. */
  readonly regexps: Readonly<Record<string, Documented>>;
  /** Defaults that Alloy takes from other modules. */
  readonly defaults: Readonly<Record<string, DefaultDecision>>;
  /** The signals of components, by name. */
  readonly signals: Readonly<Record<string, SignalDecision>>;
}

/** Digests of what the documentation said when it was decided, by `digestOf`. */
interface Documented {
  readonly docs: readonly string[];
}

/** Of a Go type there are no digests, as no documentation describes it. */
export interface WordDecision extends Partial<Documented> {
  readonly words: readonly string[] | null;
}

export interface DefaultDecision {
  /** null: the bindings tell none. */
  readonly default: unknown;
  /** The expression that gives it in Alloy's sources. */
  readonly of: string;
}

export interface SignalDecision extends Documented {
  readonly accepts?: readonly Signal[];
  readonly emits?: readonly Signal[];
}

/** Something to decide before there can be bindings. */
export interface OpenQuestion {
  /** Where a decision goes. */
  readonly part: keyof Decisions;
  readonly key: string;
  /** What it is asked about, in words. */
  readonly about: string;
  /** What to write if the answer is the one that the documentation hints at. */
  readonly answer: unknown;
}

export const decisionsFile = join(bindingsFolder, "decisions.json");

export function readDecisions(): Decisions {
  return JSON.parse(readFileSync(decisionsFile, "utf8"));
}

/** By its digest a text is known again without a copy of it here: it is somebody else's. */
export function digestOf(text: string): string {
  const words = text.replace(/\s+/g, " ").trim();
  return createHash("sha256").update(words).digest("hex").slice(0, 8);
}
