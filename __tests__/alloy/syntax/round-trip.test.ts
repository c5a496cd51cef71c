import type { Construct } from "constructs";
import fc from "fast-check";
import { DiscoveryRelabel } from "../../../imports/alloy/discovery";
import { LokiProcess } from "../../../imports/alloy/loki";
import { type AnyValue, body, Component } from "../../../lib/alloy";
import { describeWithEngines } from "../../engines/engines";
import { mistakesIn, newConfig } from "../new-config";

/** Any string, whatever it holds. */
const anyString = fc.string({ unit: "binary" });

/** Any number that Alloy has. It knows no negative zero. */
const anyNumber = fc
  .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => value + 0);

/** Keys that Alloy can hold. The formatter escapes characters that are younger than its Unicode: there are none here. */
const key = fc.string({ unit: fc.constantFrom(..."azAZ_09 .-[]{}=,:/$'`éß漢😀"), minLength: 1 });

const { anyValue } = fc.letrec<{ anyValue: AnyValue }>((tie) => ({
  anyValue: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    anyString,
    anyNumber,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("anyValue"), { maxLength: 4 }),
    fc.dictionary(key, tie("anyValue"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

class Anything extends Component {
  constructor(
    scope: Construct,
    label: string,
    props: { readonly value: AnyValue; readonly other: AnyValue },
  ) {
    super(scope, label, props, {
      name: "any.thing",
      stability: "generally-available",
      body: body("value other"),
    });
  }
}

function printed(value: AnyValue, other: AnyValue = 0) {
  const config = newConfig();
  new Anything(config, "x", { value, other });
  return { text: config.toString(), mistakes: mistakesIn(config) };
}

describeWithEngines("what a config says", (engines) => {
  test("comes back from Alloy's parser, and the formatter leaves it as it is", async () => {
    await fc.assert(
      fc.asyncProperty(anyValue, anyValue, async (value, other) => {
        const { text, mistakes } = printed(value, other);
        expect(mistakes).toEqual([]);
        expect(await engines.evaluate(text)).toMatchObject({
          ok: true,
          value: {
            attributes: [],
            blocks: [
              { name: "any.thing", label: "x", attributes: [{ value }, { value: other }], blocks: [] },
            ],
          },
        });
        expect(await engines.format(text)).toEqual({ ok: true, value: text });
      }),
      { numRuns: 300 },
    );
  });

  test("is that key, or else a mistake", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyString, fc.string()), async (name) => {
        const { text, mistakes } = printed({ [name]: 1 });
        if (mistakes.length > 0) {
          expect(mistakes).toEqual([expect.stringContaining("can't be a key")]);
        } else {
          const value = { [name]: 1 };
          expect(await engines.evaluate(text)).toMatchObject({
            ok: true,
            value: { blocks: [{ attributes: [{ value }, {}] }] },
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  test("can't be said otherwise: what is refused as a key comes back as another", async () => {
    for (const name of ['"', "\\", "\n"]) {
      const answer = await engines.evaluate(`a = { ${JSON.stringify(`k${name}`)} = 1 }`);
      expect(answer).not.toMatchObject({ ok: true, value: { attributes: [{ value: { [`k${name}`]: 1 } }] } });
    }
    expect(await engines.evaluate('a = { "" = 1 }')).toMatchObject({
      value: { attributes: [{ value: { '""': 1 } }] },
    });
  });

  test("is one component with any string in any of its settings", async () => {
    await fc.assert(
      fc.asyncProperty(anyString, anyString, async (one, other) => {
        const config = newConfig();
        const relabel = new DiscoveryRelabel(config, "x", {
          targets: [{ __address__: one, job: other }],
          rule: [{ sourceLabels: [one, other], separator: one, replacement: other, targetLabel: one }],
        });
        new LokiProcess(config, "y", {
          forwardTo: [],
          stage: [{ template: { source: one, template: other } }, { staticLabels: { values: { a: one } } }],
        });
        const text = config.toString();
        expect(await engines.evaluate(text)).toMatchObject({
          ok: true,
          value: {
            blocks: [
              {
                name: "discovery.relabel",
                attributes: [{ value: [{ __address__: one, job: other }] }],
                blocks: [
                  {
                    attributes: [
                      { name: "source_labels", value: [one, other] },
                      { name: "separator", value: one },
                      { name: "target_label", value: one },
                      { name: "replacement", value: other },
                    ],
                  },
                ],
              },
              {
                name: "loki.process",
                blocks: [
                  { name: "stage.template", attributes: [{ value: one }, { value: other }] },
                  { name: "stage.static_labels", attributes: [{ value: { a: one } }] },
                ],
              },
            ],
          },
        });
        expect(relabel.address).toBe("discovery.relabel.x");
        expect(await engines.format(text)).toEqual({ ok: true, value: text });
      }),
    );
  });
});
