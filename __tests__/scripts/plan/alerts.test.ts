import { stringify } from "yaml";
import { withIndex } from "../../../lib/synthesis";
import { environmentChange } from "../../../scripts/plan/environment-change";

const rule = (alert: string, expr = "up == 0", more: object = {}) => ({ alert, expr, ...more });

function told(before: readonly object[], after: readonly object[], write = asFile): readonly string[] {
  const change = environmentChange("lab", withIndex(write(before)), write(after));
  return (change?.statements ?? [])
    .filter(({ section }) => section === "Alerts" || section === "Objects")
    .flatMap(({ of, lines }) => [
      ...(of === undefined ? [] : [`${of.sign} ${of.text}`]),
      ...lines.map(({ sign, text }) => `${sign} ${text}`),
    ]);
}

function asFile(rules: readonly object[]): ReadonlyMap<string, string> {
  return new Map([["alerts.rules", stringify({ groups: [{ name: "g", rules }] })]]);
}

function asObject(rules: readonly object[]): ReadonlyMap<string, string> {
  const object = {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "alloy" },
    spec: { groups: [{ name: "g", rules }] },
  };
  return new Map([["PrometheusRule.alloy.k8s.yaml", stringify(object)]]);
}

describe.each([
  ["a file", asFile, ["~ File alerts.rules", "~ its rules: see Alerts"]],
  ["a PrometheusRule", asObject, ["~ PrometheusRule alloy", "~ its rules: see Alerts"]],
])("in %s", (_, write, of) => {
  test("alerts come and go by their names", () => {
    expect(told([rule("a"), rule("b")], [rule("a"), rule("c"), rule("c", "up == 1")], write)).toEqual([
      "- b",
      "+ c (2 times)",
      ...of,
    ]);
  });

  test("an alert that changes is told with both values", () => {
    expect(
      told([rule("a", "up == 0", { for: "5m" })], [rule("a", "up == 0 or x", { for: "5m" })], write),
    ).toEqual(["~ a", "~ expr: up == 0 → up == 0 or x", ...of]);
  });

  test("a word that changes in all of them is told once, and a hash by its name", () => {
    const of64 = (digit: string) => digit.repeat(64);
    const rules = (cluster: string, digit: string) => [
      rule("a", `up{cluster="${cluster}"}`, { labels: { cluster } }),
      rule("b", `down{cluster="${cluster}"}`),
      rule("c", `hash{sha="${of64(digit)}"}`),
    ];
    expect(told(rules("x", "1"), rules("y-1", "2"), write)).toEqual([
      "~ x → y-1 in 2 alerts (expr, labels.cluster)",
      "~ another hash in 1 alert (expr)",
      ...of,
    ]);
  });

  test("of one name, those that stay are found", () => {
    const first = rule("a", "one");
    expect(told([first, rule("a", "three")], [rule("a", "zero"), first, rule("a", "four")], write)).toEqual([
      "+ a",
      "~ three → zero in 1 alert (expr)",
      ...of,
    ]);
  });

  test("another order is told where it is", () => {
    const [one, two] = [rule("a"), rule("b")];
    expect(told([one, two], [two, one], write).join("\n")).toContain("in another order");
  });
});

test("a file that is gone is not pruned by anybody", () => {
  expect(told([rule("a")], [], (rules) => (rules.length === 0 ? new Map() : asFile(rules)))).toEqual([
    "- a",
    "- File alerts.rules",
  ]);
});
