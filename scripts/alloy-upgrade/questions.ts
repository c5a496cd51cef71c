import type { ComponentSchema, TypeSchema } from "../generate-alloy/schema";
import { type Decisions, digestOf, type OpenQuestion } from "./decisions";
import { anchorFor, type DocumentedAttribute, type Page } from "./docs";
import { documentedValue } from "./documented-value";
import type { SourceAttribute, SourceComponent, SourceType } from "./sources";

/** Where an attribute stands. */
export interface Place {
  readonly component: string;
  /** The blocks on the way. */
  readonly path: readonly string[];
  /** The Go type of the body. */
  readonly go: string;
  /** The names of the body's attributes. */
  readonly attributes: readonly string[];
  /** The section that describes the body. */
  readonly anchor: string | undefined;
}

type Pages = ReadonlyMap<string, Page>;
type Part = keyof Decisions;

/** Answers what Alloy's sources don't tell, by the documentation and by what was decided; and keeps what is open. */
export class Questions {
  private readonly asked = new Map<string, OpenQuestion>();
  private readonly used = new Set<string>();

  /** @param before the documentation that was read before: what stands there alike is not asked again. */
  constructor(
    private readonly decisions: Decisions,
    private readonly pages: Pages,
    private readonly before: Pages | undefined,
  ) {}

  open(): readonly OpenQuestion[] {
    return [...this.asked.values()];
  }

  /** Decisions on what the version doesn't have. */
  unused(): readonly string[] {
    const parts: readonly Part[] = ["words", "regexps", "defaults", "signals"];
    return parts.flatMap((part) =>
      Object.keys(this.decisions[part])
        .map((key) => `${part}: ${key}`)
        .filter((name) => !this.used.has(name)),
    );
  }

  /** What a page says of an attribute. */
  documented({ component, anchor = "" }: Place, name: string): DocumentedAttribute | undefined {
    return this.pages.get(component)?.sections.get(anchor)?.attributes.get(name);
  }

  /** The type of an attribute, with the words that it takes and whether it is a regular expression. */
  type(type: SourceType, place: Place, name: string): TypeSchema {
    switch (type.k) {
      case "list":
      case "map":
        return { ...type, of: this.type(type.of, place, name) };
      case "object":
        throw new Error(`${place.go}.${name}: an object is no value of one`);
      case "string":
        return this.text(type, place, name);
      default:
        return type;
    }
  }

  private text({ go, words }: SourceType & { readonly k: "string" }, place: Place, name: string): TypeSchema {
    const known = words ?? (go === undefined ? undefined : this.wordsOfType(go, place, name));
    if (known !== undefined) return { k: "string", go, enum: known };
    const key = `${place.go}.${name}`;
    const row = this.documented(place, name);
    const chosen = this.decided("words", this.decisions.words, key);
    if (chosen?.words === null) {
      // It takes any text, though the documentation names some words.
      const isKnown = chosen.docs?.includes(digestOfRow(row)) === true;
      if (row !== undefined && !isKnown) this.askOfHints(row, place, name);
      return { k: "string", go };
    }
    if (chosen !== undefined) {
      const { words: all, docs = [] } = chosen;
      this.askAgain("words", key, docs, row, place, (digests) => ({ words: all, docs: digests }));
      return { k: "string", go, enum: all };
    }
    const regexp = this.decided("regexps", this.decisions.regexps, key);
    if (regexp !== undefined) {
      this.askAgain("regexps", key, regexp.docs, row, place, (docs) => ({ docs }));
      return { k: "string", go, regexp: true };
    }
    const isAsked = go === undefined && row !== undefined && this.isNews(row, place, name);
    if (isAsked) this.askOfHints(row, place, name);
    return { k: "string", go };
  }

  /** A type that reads its text itself takes some texts, and refuses others. */
  private wordsOfType(go: string, place: Place, name: string): readonly string[] | undefined {
    const decision = this.decided("words", this.decisions.words, go);
    if (decision !== undefined) return decision.words ?? undefined;
    this.ask(
      "words",
      go,
      `the type of ${placeText(place, name)} reads its text itself: which does it take?`,
      {
        words: null,
      },
    );
    return undefined;
  }

  /** Asks for a decision once more where the documentation says something new. */
  private askAgain(
    part: Part,
    key: string,
    digests: readonly string[],
    row: DocumentedAttribute | undefined,
    place: Place,
    answer: (docs: readonly string[]) => unknown,
  ): void {
    const digest = digestOfRow(row);
    if (digests.includes(digest)) return;
    const said = row === undefined ? "nothing" : JSON.stringify(row.description);
    const about = `${placeText(place, key.slice(place.go.length + 1))}: the documentation says ${said}`;
    this.ask(part, key, about, answer([...digests, digest]));
  }

  private isNews(row: DocumentedAttribute, { component, path, attributes }: Place, name: string): boolean {
    if (this.before === undefined) return false;
    const page = this.before.get(component);
    const anchor = page && anchorFor(page, path, attributes);
    const old = page?.sections.get(anchor ?? "")?.attributes.get(name);
    return digestOfRow(old) !== digestOfRow(row);
  }

  /** Asks whether the words in a description are all that the attribute takes, or whether it takes a regular expression. */
  private askOfHints(row: DocumentedAttribute, place: Place, name: string): void {
    const key = `${place.go}.${name}`;
    const about = `${placeText(place, name)}: the documentation says ${JSON.stringify(row.description)}`;
    const docs = [digestOfRow(row)];
    const words = [...row.description.matchAll(/`"?([\w.+:-]+)"?`/g)]
      .map(([, word = ""]) => word)
      .filter((word) => !place.attributes.includes(word));
    if (/regular expression|regexp?\b|\bRE2\b/i.test(row.description))
      this.ask("regexps", key, about, { docs });
    else if (new Set(words).size > 1 || /\b(one of|either)\b/i.test(row.description)) {
      this.ask("words", key, about, { words: [...new Set(words)].sort(), docs });
    }
  }

  /** The default of an attribute that may be left out. */
  default(attribute: SourceAttribute, type: TypeSchema, place: Place): unknown {
    const { name, unknownDefault: of } = attribute;
    if (attribute.default !== undefined) return attribute.default;
    const documented = documentedValue(this.documented(place, name)?.default, type);
    if (of === undefined) return documented;
    const key = `${place.go}.${name}`;
    const decision = this.decided("defaults", this.decisions.defaults, key);
    if (decision?.of === of) return decision.default ?? undefined;
    if (documented === undefined) {
      const about = `${placeText(place, name)}: the sources give it ${of}, and the documentation says nothing`;
      this.ask("defaults", key, about, { default: null, of });
    }
    return documented;
  }

  /** What a number counts, where the documentation says so. */
  unit(place: Place, name: string): string | undefined {
    const { description = "" } = this.documented(place, name) ?? {};
    return /\bin (bytes|nanoseconds|milliseconds|seconds|minutes|hours|days)\b/i
      .exec(description)?.[1]
      ?.toLowerCase();
  }

  /** The signals that a component takes and gives. */
  signals(component: SourceComponent, emits: boolean): Pick<ComponentSchema, "accepts" | "emits"> {
    const { name, exports = [], accepts: named } = component;
    const accepts = exports.some(({ type }) => type.k === "capsule" && type.name === "otelcol.Consumer");
    if (!accepts && !emits) return {};
    if (named !== undefined && !emits) return { accepts: named };
    const page = this.pages.get(name);
    const sections = ["exported-fields", "output"].map((anchor) => page?.sections.get(anchor)?.text ?? "");
    const digest = digestOf(sections.join("\n"));
    const decision = this.decided("signals", this.decisions.signals, name);
    if (decision === undefined || !decision.docs.includes(digest)) {
      const all = ["metrics", "logs", "traces"];
      const { accepts: before, emits: after, docs = [] } = decision ?? {};
      this.ask(
        "signals",
        name,
        `the signals of ${name}: ${page?.path ?? "no page"}, Exported fields and output`,
        {
          ...(accepts ? { accepts: before ?? all } : {}),
          ...(emits ? { emits: after ?? all } : {}),
          docs: [...docs, digest],
        },
      );
    }
    const { accepts: taken = named, emits: given } = decision ?? {};
    return { accepts: taken, emits: given };
  }

  private decided<D>(part: Part, known: Readonly<Record<string, D>>, key: string): D | undefined {
    if (!Object.hasOwn(known, key)) return undefined;
    this.used.add(`${part}: ${key}`);
    return known[key];
  }

  private ask(part: Part, key: string, about: string, answer: unknown): void {
    const name = `${part}: ${key}`;
    if (!this.asked.has(name)) this.asked.set(name, { part, key, about, answer });
  }
}

function digestOfRow(row: DocumentedAttribute | undefined): string {
  return row === undefined ? "none" : digestOf(`${row.type}|${row.description}|${row.default ?? ""}`);
}

function placeText({ component, path }: Place, name: string): string {
  return [component, ...path, name].join(" > ");
}
