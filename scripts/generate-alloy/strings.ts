import type { AttributeSchema, Strings, TypeSchema } from "./schema";

/** What the reference documentation says of strings, where the schema knows no more than that they are strings. */
export class StringFacts {
  private readonly unused: Set<string>;

  constructor(private readonly strings: Strings) {
    this.unused = new Set([...strings.regexps, ...Object.keys(strings.words)]);
  }

  /** An attribute of a body of some Go type, with what is known of its strings. */
  added(go: string, attribute: AttributeSchema): AttributeSchema {
    const key = `${go}.${attribute.name}`;
    const words = this.strings.words[key];
    const isRegexp = this.strings.regexps.includes(key);
    if (words === undefined && !isRegexp) return attribute;
    this.unused.delete(key);
    const fact = words === undefined ? { regexp: true } : { enum: words };
    return { ...attribute, type: withFact(attribute.type, fact) };
  }

  /** @throws where something is said of an attribute that there is not. */
  assertAllUsed(): void {
    if (this.unused.size > 0) throw new Error(`no such strings: ${[...this.unused].join(", ")}`);
  }
}

function withFact(type: TypeSchema, fact: { enum: readonly string[] } | { regexp: boolean }): TypeSchema {
  switch (type.k) {
    case "string":
      return { ...type, ...fact };
    case "list":
    case "map":
      return { ...type, of: withFact(type.of, fact) };
    default:
      throw new Error(`a ${type.k} is no string`);
  }
}
