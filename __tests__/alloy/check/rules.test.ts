import { definitions } from "../../../imports/alloy/definitions";
import { PrometheusRelabel } from "../../../imports/alloy/prometheus";
import { check, parse } from "../../../lib/alloy";
import { mistakesIn, newConfig } from "../new-config";
import { relabel, ruleCases, scrape, type Written } from "./rule-cases";

/** What is wrong between the attributes of a component, without what is wrong with its wiring. */
function found(component: string, content: string): readonly string[] {
  return check(parse(`${component} "x" {\n${content}\n}\n`), { definitions })
    .map(({ severity, message }) => (severity === "warning" ? `warning: ${message}` : message))
    .filter(
      (message) => !/is missing|nothing (?:uses|sends)|sends its data nowhere|never a literal/.test(message),
    );
}

test.each(ruleCases)("%j is refused, %j is not", (bad, good, said) => {
  expect(found(...bad)).toEqual([expect.stringContaining(said)]);
  expect(found(...good)).toEqual([]);
});

test("a regexp that Alloy would end at without a message is refused", () => {
  const match = (selector: string): Written => [
    "loki.process",
    `forward_to = []\nstage.match {\nselector = \`${selector}\`\naction = "drop"\n}`,
  ];
  expect(found(...match('{a=~"("}'))).toEqual([expect.stringContaining("is no RE2 regexp")]);
  expect(found(...match('{ a =~ "(b)" }'))).toEqual([]);
});

test("what only Alloy knows breaks no rule", () => {
  expect(found(...relabel('action = sys.env("A")'))).toEqual([]);
  expect(found(...scrape('scrape_interval = sys.env("A")\nscrape_timeout = "5m"'))).toEqual([]);
});

test("what a program builds is held to the same rules", () => {
  const config = newConfig();
  new PrometheusRelabel(config, "x", { forwardTo: [], rule: [{ action: "hashmod", targetLabel: "a" }] });
  expect(mistakesIn(config)).toContainEqual(
    expect.stringContaining("prometheus.relabel.x: rule[0].action: the action hashmod needs modulus"),
  );
});
