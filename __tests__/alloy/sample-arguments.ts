import { Expression } from "../../lib/alloy";
import { propertyName } from "../../lib/alloy/syntax/tree";
import type {
  AttributeSchema,
  BlockSchema,
  BodySchema,
  Schema,
  TypeSchema,
} from "../../scripts/generate-alloy/schema";

/** The name that stands in for a value that only a running Alloy has. */
export const stub = "argument.stub";

const unknownValue = new Expression<never>({ kind: "identifier", name: `${stub}.value` });

/** Arguments as a program writes them, and the body that Alloy must read of them. */
export interface Sample {
  readonly props: Record<string, unknown>;
  readonly expected: SampleBody;
}

export interface SampleBody {
  /** Values by Alloy's names; {@link unseen} where Alloy can't tell before it runs. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Blocks in no order, as `name label`. */
  readonly blocks: readonly (readonly [head: string, body: SampleBody])[];
}

export const unseen = "only a running Alloy knows";

/** Makes arguments of the schema alone: what the bindings print of them is compared with it. */
export class SampleArguments {
  constructor(
    private readonly schema: Schema,
    /** All arguments, not only those that are required. */
    private readonly all: boolean,
  ) {}

  of(body: BodySchema, inside: readonly string[] = []): Sample {
    const props: Record<string, unknown> = {};
    const attributes: Record<string, unknown> = {};
    const blocks: (readonly [string, SampleBody])[] = [];
    for (const raw of body.attributes.filter(({ optional }) => this.all || !optional)) {
      const [written, read] = this.value(raw.type);
      props[propertyName(raw.name)] = written;
      attributes[raw.name] = read;
    }
    for (const block of body.blocks.filter(({ optional }) => this.all || !optional)) {
      const content = this.contentOf(block);
      // A body that contains itself ends after one turn.
      if (inside.includes(content.go)) continue;
      const sample = this.of(content, "$ref" in block.body ? [...inside, content.go] : inside);
      blocks.push([content.label === true ? `${block.name} one` : `${block.name} `, sample.expected]);
      this.write(props, block, content, sample);
    }
    return { props, expected: { attributes, blocks } };
  }

  private write(
    props: Record<string, unknown>,
    block: BlockSchema,
    content: BodySchema,
    sample: Sample,
  ): void {
    const name = propertyName(block.enum ?? block.name);
    if (block.enum !== undefined) {
      const stages = props[name];
      const key = propertyName(block.name.slice(block.enum.length + 1));
      props[name] = [...(Array.isArray(stages) ? stages : []), { [key]: sample.props }];
    } else if (content.label === true) {
      props[name] = { one: sample.props };
    } else {
      props[name] = block.repeated === true ? [sample.props] : sample.props;
    }
  }

  private contentOf({ name, body }: BlockSchema): BodySchema {
    if ("$ref" in body) {
      const named = this.schema.types[body.$ref];
      if (named !== undefined) return named;
    } else if (!("config" in body)) return body;
    throw new Error(`${name} is no plain block`);
  }

  /** A value as it is written, and as it is read. */
  private value(type: TypeSchema): readonly [written: unknown, read: unknown] {
    switch (type.k) {
      case "string":
        return same(stringOf(type));
      case "number":
        return same(type.num === "float" ? 0.5 : 1);
      case "bool":
        return same(true);
      case "duration":
        return same("1m30s");
      case "optional_secret":
      case "any":
        return same("text");
      case "target":
        return same({ __address__: "localhost" });
      case "secret":
      case "capsule":
        return [unknownValue, unseen];
      case "list": {
        const [written, read] = this.value(type.of);
        return [[written], read === unseen ? unseen : [read]];
      }
      case "map": {
        const [written, read] = this.value(type.of);
        return [{ "a key": written }, read === unseen ? unseen : { "a key": read }];
      }
      case "object":
        return this.object(type.fields);
    }
  }

  private object(fields: readonly AttributeSchema[]): readonly [Record<string, unknown>, unknown] {
    const values = fields.map(({ name, type }) => [name, this.value(type)] as const);
    return [
      Object.fromEntries(values.map(([name, [written]]) => [propertyName(name), written])),
      Object.fromEntries(values.map(([name, [, read]]) => [name, read])),
    ];
  }
}

function stringOf({ enum: words, go, regexp }: TypeSchema & { readonly k: "string" }): string {
  if (words !== undefined) return words.at(-1) ?? "";
  if (go === "github.com/alecthomas/units.Base2Bytes") return "1MiB";
  return regexp === true || go === "component/common/relabel.Regexp" ? "^a\\d+$" : 'any "text"';
}

function same(value: unknown): readonly [unknown, unknown] {
  return [value, value];
}
