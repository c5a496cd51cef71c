import { Expression, parse, print } from "../../lib/alloy";
import { printValue } from "../../lib/alloy/syntax/printer";
import { propertyName } from "../../lib/alloy/syntax/tree";
import { type Body, describeWithEngines } from "../engines/engines";
import { all, classes, construct, minimal, schema } from "./all-components";
import { type SampleBody, unseen } from "./sample-arguments";

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
