import fc from "fast-check";
import { relabeled } from "../../lib/contract/relabeling";
import { oneOf } from "../../lib/contract/values";
import { describeWithPrometheus, type Labels } from "../engines/prometheus";

/** A rule as Alloy's config has it. */
interface Rule {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly action: string;
}

function blockOf(rules: readonly Rule[]): Parameters<typeof relabeled>[0] {
  const blocks = rules.map((rule) => ({
    name: "rule",
    body: {
      blocks: [],
      attributes: Object.entries(rule).map(([name, value]) => ({
        name,
        value: Array.isArray(value)
          ? {
              kind: "list" as const,
              items: value.map((item: string) => ({ kind: "literal" as const, value: item })),
            }
          : { kind: "literal" as const, value: String(value) },
      })),
    },
  }));
  return { name: "prometheus.relabel", body: { attributes: [], blocks } };
}

/** What rules make of labels whose values are known. */
function own(rules: readonly Rule[], labels: Labels): Labels | null {
  const left = relabeled(
    blockOf(rules),
    new Map(Object.entries(labels).map(([name, value]) => [name, oneOf(value)])),
  );
  if (left === undefined) return null;
  return Object.fromEntries(
    [...left].map(([name, values]) => [name, values.kind === "of" ? values.texts.join() : "?"]),
  );
}

describeWithPrometheus("relabel rules", (prometheus) => {
  const name = fc.constantFrom("a", "b", "c_x", "c_y");
  const value = fc.constantFrom("x", "xy", "y;z", "1", "");
  const regex = fc.constantFrom("x", "x.*", "(x)(.*)", ".+", "x;(.*)", "c_(.*)", "(.*)", "a|b", "");
  const rule: fc.Arbitrary<Rule> = fc.oneof(
    fc.record({
      source_labels: fc.uniqueArray(name, { maxLength: 2 }),
      regex,
      target_label: name,
      replacement: fc.constantFrom("$1", "new", "$2-$1", "$3", "$$", ""),
      action: fc.constant("replace"),
    }),
    fc.record({
      source_labels: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }),
      separator: fc.constantFrom(";", "-"),
      regex,
      action: fc.constantFrom("keep", "drop"),
    }),
    fc.record({ regex, action: fc.constantFrom("labeldrop", "labelkeep") }),
    fc.record({
      regex: fc.constant("c_(.*)"),
      replacement: fc.constantFrom("m_$1"),
      action: fc.constant("labelmap"),
    }),
  );

  test("do what Prometheus' own do where values are known", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rule, { minLength: 1, maxLength: 4 }),
        fc.dictionary(name, value, { maxKeys: 4 }),
        async (rules, series) => {
          const rows = rules.map((one) => ({ ...one }));
          const answer = await prometheus.relabel(rows, [series]);
          if (!answer.ok) return;
          const present = Object.fromEntries(Object.entries(series).filter(([, text]) => text !== ""));
          expect({ rules, series, left: own(rules, present) }).toEqual({
            rules,
            series,
            left: answer.value[0],
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});

test("a label without a text is not mapped", () => {
  const map = { regex: "c_(.*)", replacement: "m_$1", action: "labelmap" };
  const empty = { regex: "(.*)", target_label: "c_x", replacement: "", action: "replace" };
  expect(own([map, empty, map], { c_x: "x" })).toEqual({ m_x: "x" });
});

test("a rule whose values are not known leaves what it may", () => {
  const labels = new Map([["a", { kind: "any" as const }]]);
  const replace = (rule: Partial<Rule>) =>
    relabeled(
      blockOf([{ action: "replace", target_label: "b", source_labels: ["a"], ...rule }]),
      labels,
    )?.get("b");
  expect(replace({})).toEqual({ kind: "any" });
  expect(replace({ replacement: "new" })).toEqual(oneOf("new"));
  expect(replace({ regex: "x", replacement: "new" })).toEqual(oneOf("new", ""));
  expect(relabeled(blockOf([{ action: "keep", source_labels: ["a"], regex: "x" }]), labels)).toEqual(labels);
});
