import { readFileSync } from "node:fs";
import { agentContainer } from "../../lib/chart";
import { alertsOf } from "../../lib/monitoring/rules";
import { everyAlert } from "../monitoring/every-alert";
import { environmentOf, pipelineOf } from "../pipeline/pipeline-of";

const [, ...sections] = readFileSync("docs/alerts.md", "utf8").split("\n## ");
const pages = new Map(sections.map((text) => [text.split("\n", 1).join(), text] as const));
const alerts = alertsOf(environmentOf(everyAlert), pipelineOf(everyAlert), agentContainer);

test("each alert leads to a section of docs/outages.md", () => {
  const headings = [...readFileSync("docs/outages.md", "utf8").matchAll(/^## (.*)$/gm)];
  const anchors = headings.map(([, text = ""]) =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z -]/g, "")
      .replaceAll(" ", "-"),
  );
  expect(anchors.length).toBeGreaterThan(5);
  expect(alerts.filter(({ outages }) => !anchors.includes(outages))).toEqual([]);
});

describe("docs/alerts.md", () => {
  test("has a section for each alert, and for no other", () => {
    const named = [...pages.keys()].filter((heading) => !heading.includes(" "));
    expect(named.toSorted()).toEqual([...new Set(alerts.map(({ name }) => name))].toSorted());
  });

  test.each([...new Set(alerts.map(({ name }) => name))])("says how severe %s is", (name) => {
    const severities = new Set(alerts.filter((one) => one.name === name).map(({ severity }) => severity));
    const [, first = ""] = pages.get(name)?.split("\n\n") ?? [];
    expect(
      new Set(
        first
          .split(". ", 1)
          .join()
          .toLowerCase()
          .match(/critical|warning/g),
      ),
    ).toEqual(severities);
  });
});
