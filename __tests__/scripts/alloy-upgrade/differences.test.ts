import { differences } from "../../../scripts/alloy-upgrade/differences";
import { upgradeReport } from "../../../scripts/alloy-upgrade/report";
import type {
  AttributeSchema,
  BlockSchema,
  BodySchema,
  ComponentSchema,
  Schema,
} from "../../../scripts/generate-alloy/schema";

function schema(version: string, ...components: readonly ComponentSchema[]): Schema {
  const pin = { version, sum: `h1:${version}` };
  return { alloy: pin, syntax: pin, components, configBlocks: [], types: {}, stdlib: { identifiers: [] } };
}

function component(args: Partial<BodySchema>, others: Partial<ComponentSchema> = {}): ComponentSchema {
  return { name: "a.b", stability: "experimental", exports: [], args: body(args), ...others };
}

function body(of: Partial<BodySchema>): BodySchema {
  return { go: "x", attributes: [], blocks: [], ...of };
}

function attribute(name: string, others: Partial<AttributeSchema> = {}): AttributeSchema {
  return { name, optional: true, type: { k: "string" }, ...others };
}

function block(name: string, of: Partial<BodySchema>, others: Partial<BlockSchema> = {}): BlockSchema {
  return { name, optional: true, body: body(of), ...others };
}

const linesOf = (before: ComponentSchema, after: ComponentSchema) =>
  differences(schema("v1.0.0", before), schema("v1.1.0", after)).flatMap(({ lines }) => lines);

test.each<[what: string, before: ComponentSchema, after: ComponentSchema, lines: readonly string[]]>([
  ["nothing", component({ attributes: [attribute("c")] }), component({ attributes: [attribute("c")] }), []],
  [
    "an attribute that comes and one that goes",
    component({ attributes: [attribute("c")] }),
    component({ attributes: [attribute("d", { optional: false }), attribute("e", { default: "x" })] }),
    ["- c", "+ d: string, must be written", '+ e: string, may be left out, default "x"'],
  ],
  [
    "another type, other words, another default",
    component({
      attributes: [attribute("c"), attribute("d", { type: { k: "string", enum: ["x"] } }), attribute("e")],
    }),
    component({
      attributes: [
        attribute("c", { type: { k: "bool" }, default: true }),
        attribute("d", { type: { k: "string", enum: ["x", "y"] }, optional: false }),
        attribute("e", { default: "x" }),
      ],
    }),
    [
      "~ c: string, may be left out → bool, may be left out",
      "~ c: default none → true",
      "~ d: (x), may be left out → (x|y), must be written",
      '~ e: default none → "x"',
    ],
  ],
  [
    "a block with all that it holds, and an attribute of one that stays",
    component({ blocks: [block("stays", {}), block("goes", { attributes: [attribute("c")] })] }),
    component({
      blocks: [
        block("stays", { attributes: [attribute("c")] }),
        block("comes", { attributes: [attribute("c")] }, { repeated: true }),
      ],
    }),
    ["- goes", "+ stays.c: string, may be left out", "+ comes: blocks, may be left out"],
  ],
  [
    "a block in a list of its own kind, once",
    component({ blocks: [block("stage.match", {}, { enum: "stage" })] }),
    component({
      blocks: [
        block("stage.match", { blocks: [block("stage.new", {}, { enum: "stage" })] }, { enum: "stage" }),
        block("stage.new", {}, { enum: "stage" }),
      ],
    }),
    ["+ stage.new: a block, may be left out"],
  ],
  [
    "stability, exports and signals",
    component({}, { accepts: ["logs"] }),
    component(
      {},
      {
        stability: "generally-available",
        exports: [{ name: "e", type: { k: "bool" } }],
        accepts: ["logs", "traces"],
      },
    ),
    [
      "+ export e: bool",
      "~ experimental → generally available",
      "~ signals that it takes: logs → logs, traces",
    ],
  ],
])("%s", (_, before, after, lines) => {
  expect(linesOf(before, after)).toEqual(lines);
});

test("the report has all of what is used, and of the others what matters", () => {
  const before = schema(
    "v1.0.0",
    component({}, { name: "used" }),
    component({ attributes: [attribute("c")] }, { name: "other" }),
    component({}, { name: "gone" }),
  );
  const after = schema(
    "v1.1.0",
    component({ attributes: [attribute("c")] }, { name: "used" }),
    component(
      { attributes: [attribute("c", { default: "x" }), attribute("d"), attribute("e", { optional: false })] },
      { name: "other", stability: "public-preview" },
    ),
    component({}, { name: "new" }),
  );
  expect(upgradeReport(before, after, new Set(["used"]))).toBe(`Alloy v1.0.0 → v1.1.0, h1:v1.1.0
3 components: 1 new, 1 gone, 2 changed

what the environments use:
  used
    + c: string, may be left out

new:
  new: experimental

gone:
  gone

other components: stability:
  other
    ~ experimental → public preview

other components: gone, or to be written otherwise:
  other
    + e: string, must be written

other components: defaults:
  other
    ~ c: default none → "x"`);
});
