import { join } from "node:path";
import { type AlloyConfig, Component, Expression, parse, print } from "../../lib/alloy";
import { checkRules } from "../../lib/alloy/rules/rules";
import { printValue } from "../../lib/alloy/syntax/printer";
import { className, propertyName } from "../../lib/alloy/syntax/tree";
import { isPlain, namespaceOf } from "../../scripts/generate-alloy/bindings";
import { bindingsFolder, readSchema } from "../../scripts/generate-alloy/schema";
import { type Body, describeWithEngines } from "../engines/engines";
import { newConfig } from "./new-config";
import { SampleArguments, type SampleBody, stub, unseen } from "./sample-arguments";

const schema = readSchema();
const [minimal, all] = [false, true].map((every) => new SampleArguments(schema, every));

/** What has a class: every component, and the blocks that configure Alloy itself. */
const classes = [
  ...schema.components.map((component) => ({ ...component, file: namespaceOf(component), labelled: true })),
  ...schema.configBlocks
    .filter(isPlain)
    .map((block) => ({ ...block, exports: [], file: "config", labelled: block.label === "required" })),
];
type Described = (typeof classes)[number];

function construct({ name, file, labelled }: Described, props: object) {
  const bindings: unknown = require(join(bindingsFolder, `${file}.ts`));
  const componentClass: unknown = Object(bindings)[className(name)];
  if (typeof componentClass !== "function") throw new Error(`${file}.ts has no ${className(name)}`);
  const config = newConfig({ strict: false, communityComponents: true });
  const component: unknown = Reflect.construct(componentClass, [config, ...(labelled ? ["one"] : []), props]);
  if (!(component instanceof Component)) throw new Error(`${className(name)} is no component`);
  return { component, mistakes: mistakesOf(config, component), text: config.toString() };
}

/** What is wrong with arguments themselves: samples break rules between them, and have values of no component. */
function mistakesOf({ diagnostics }: AlloyConfig, { definition, block, node }: Component): readonly string[] {
  const broken = new Set<string>();
  checkRules(definition.name, definition.body, block.body, ({ message }) => broken.add(message));
  return diagnostics
    .filter(({ severity, message }) => severity === "error" && !broken.has(message))
    .map(({ at, message }) => `${at}: ${message}`.replace(`${node.path}: `, ""))
    .filter((mistake) => !mistake.includes(stub));
}

/** A body that Alloy's parser read, in the form of a sample. */
function read({ attributes, blocks }: Body): SampleBody {
  return {
    attributes: Object.fromEntries(attributes.map(({ name, value = unseen }) => [name, value])),
    blocks: sorted(blocks.map((block) => [`${block.name} ${block.label}`, read(block)] as const)),
  };
}

function inOrder({ attributes, blocks }: SampleBody): SampleBody {
  return { attributes, blocks: sorted(blocks.map(([head, body]) => [head, inOrder(body)] as const)) };
}

function sorted<T>(blocks: readonly (readonly [string, T])[]) {
  return blocks.toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}

test("there are 184 components and 10 blocks that hold none", () => {
  expect(schema.components).toHaveLength(184);
  expect(classes).toHaveLength(194);
});

describeWithEngines("Alloy's parser and formatter", (engines) => {
  describe.each([
    ["minimal", minimal],
    ["all", all],
  ])("read with %s arguments", (_, samples) => {
    test.each(classes.map((one) => [one.name, one] as const))("%s", async (name, described) => {
      const { props, expected } = samples?.of(described.args) ?? {};
      const { mistakes, text } = construct(described, props ?? {});
      expect(mistakes).toEqual([]);
      expect(await engines.format(text)).toEqual({ ok: true, value: text });
      expect(print(parse(text))).toBe(text);
      const answer = await engines.evaluate(text);
      expect(answer.ok && read(answer.value)).toEqual({
        attributes: {},
        blocks: [[`${name} ${described.labelled ? "one" : ""}`, expected && inOrder(expected)]],
      });
    });
  });
});

describe("without one of its required arguments", () => {
  const required = classes.flatMap((described) =>
    [...described.args.attributes, ...described.args.blocks]
      .filter(({ optional }) => !optional)
      .map((member) => [described.name, propertyName(member.name), described] as const),
  );

  test.each(required)("%s says that %s is required", (_, argument, described) => {
    const { [argument]: __, ...props } = minimal?.of(described.args).props ?? {};
    expect(construct(described, props).mistakes).toEqual([
      expect.stringMatching(new RegExp(`^${argument}: the (attribute|block) .* is missing; .* needs it$`)),
    ]);
  });
});

test.each(schema.components.map((one) => [one.name, one] as const))(
  "%s has its exports and its stability",
  (name) => {
    const described = classes.find((one) => one.name === name);
    if (described === undefined) throw new Error("every component has a class");
    const { component } = construct(described, minimal?.of(described.args).props ?? {});
    const { exports } = described;
    expect(Object.keys(component.definition.exports ?? {})).toEqual(exports.map((one) => one.name));
    for (const { name: exportName } of exports) {
      const value: unknown = Reflect.get(component, propertyName(exportName));
      expect(value instanceof Expression && printValue(value.syntax)).toBe(`${name}.one.${exportName}`);
    }
    expect(component.definition.stability).toBe(described.stability);
  },
);
