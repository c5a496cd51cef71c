import fc from "fast-check";
import { LocatedText, TextFile } from "../../../scripts/contract/located-text";
import { queriesIn } from "../../../scripts/contract/queries";
import { contractWith, said } from "./contracts";

const contract = contractWith({ local: { endpoint: "http://otlp.monitoring.svc:4318" } });

/** The text that stands where a query's words do. */
function foundAt(file: string, word: string): readonly string[] {
  const lines = file.split("\n");
  return queriesIn("x", file).queries.map(({ text }) => {
    const { line, column } = text.at(text.text.indexOf(word));
    return (lines[line - 1] ?? "").slice(column - 1, column - 1 + word.length);
  });
}

const dashboard = (expr: string) =>
  JSON.stringify({ title: "D é", panels: [{ title: 'a"\\\n😀', targets: [{ expr }] }] }, null, 2);
const indented = (text: string) => text.replaceAll(/^/gm, "    ");

describe("a query's place", () => {
  const expr = 'sum(\n  rate(x{a="é\\"", b=~"$v"}[5m])) + word';

  test.each([
    ["a dashboard", dashboard(expr)],
    ["a dashboard in a ConfigMap", `kind: ConfigMap\ndata:\n  a.json: |-\n${indented(dashboard(expr))}\n`],
    ["a dashboard in a ConfigMap of JSON", JSON.stringify({ data: { "a.json": dashboard(expr) } })],
    ["a rule in a block", `groups:\n- rules:\n  - alert: A\n    expr: |\n${indented(indented(expr))}\n`],
    ["a rule in quotes", `groups:\n- rules:\n  - alert: A\n    expr: ${JSON.stringify(expr)}\n`],
    ["a rule in folded lines", "groups:\n- rules:\n  - alert: A\n    expr: >-\n      sum(x) +\n      word\n"],
    ["a rule as it is", `groups:\n- rules:\n  - {alert: A, expr: 'a{b="it''s"} + word'}\n`],
    [
      "a PrometheusRule among others",
      "kind: Service\n---\nkind: PrometheusRule\nspec:\n  groups:\n  - rules:\n    - alert: A\n      expr: a +\n        word\n",
    ],
  ])("is found in %s", (_, file) => {
    expect(foundAt(file, "word")).toEqual(["word"]);
  });

  test("is found whatever is in the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
        const value = `${before}word${after}`;
        const file = new TextFile("x", JSON.stringify({ before, value }));
        const from = file.text.indexOf(JSON.stringify(value), JSON.stringify({ before }).length);
        const located = LocatedText.of(file).written(value, from, file.text.length);
        const { column } = located.at(before.length);
        expect(file.text.slice(column - 1, column + 3)).toBe("word");
      }),
    );
  });
});

test("what is asked of other sources of data is left alone", () => {
  const panel = (type: string) =>
    JSON.stringify({ panels: [{ title: "P", datasource: { type }, targets: [{ expr: "node_load2" }] }] });
  expect(said(panel("prometheus"), contract)).toHaveLength(1);
  expect(said(panel("graphite"), contract)).toEqual([]);
});

test("variables of dashboards are asked too", () => {
  const variable = (query: string) =>
    JSON.stringify({ templating: { list: [{ name: "v", type: "query", query: { query } }] }, panels: [] });
  expect(said(variable("label_values(node_load1, node)"), contract)).toEqual([]);
  expect(said(variable("label_values(node_load1, nod)"), contract)).toEqual([
    expect.stringContaining("variable v: nothing here has a label nod; write node"),
  ]);
  expect(said(variable('query_result(sum(node_load2{a="$b"}))'), contract)).toEqual([
    expect.stringContaining("nothing sends node_load2"),
  ]);
});

test("a template of Helm is named as what it is", () => {
  expect(said("{{- if .Values.x }}\ngroups: []\n{{- end }}\n", contract)).toEqual([
    expect.stringContaining("give what helm template prints"),
  ]);
});
