import fc from "fast-check";
import { visible } from "../../scripts/pages/markdown";
import { mermaidOf, quoted } from "../../scripts/pages/mermaid";
import { full, logsOnly, pipelineOf } from "./pipelines";

describe("a Mermaid text", () => {
  test.each([
    ['"]', '"#34;#93;"'],
    ["#quot;", '"#35;quot#59;"'],
    ["`**bold**`", '"#96;#42;#42;bold#42;#42;#96;"'],
    ["", '" "'],
  ])("of %j is %s", (text, label) => {
    expect(quoted(text)).toBe(label);
  });

  test("reads as the text, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
        const inner = /^"([^"`<>\n]*)"$/.exec(quoted(text))?.[1] ?? "";
        const read = inner.replace(/#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number)));
        expect(read).toBe(visible(text));
      }),
    );
  });
});

describe("the flowchart", () => {
  const config = pipelineOf({ ...full, livedebugging: true });
  const lines = mermaidOf(config).split("\n");

  test("has each component but those that configure Alloy itself, once, in its stage", () => {
    const nodes = lines.flatMap(
      (line) => /^ {6}c\d+\["<b>(.*)<\/b><br\/><small>(.*)<\/small>"\]$/.exec(line) ?? [],
    );
    const addresses = nodes.length / 3;
    expect(addresses).toBe(config.components.length - 1);
    const stages = lines.filter((line) => line.includes("subgraph")).map((line) => line.trim());
    expect(stages).toEqual([
      'subgraph pipeline[" "]',
      'subgraph sources["Sources"]',
      'subgraph processing["Processing"]',
      'subgraph destinations["Destinations"]',
      'subgraph legend["Legend"]',
    ]);
  });

  test("gives each arrow one style, by what goes along it", () => {
    const arrows = lines.filter((line) => / (-->|-\.->) /.test(line));
    const styled = lines.flatMap((line) => /^ {2}linkStyle ([\d,]+) /.exec(line)?.[1]?.split(",") ?? []);
    expect(styled.map(Number).sort((a, b) => a - b)).toEqual(arrows.map((_, index) => index));
    const dashed = lines.find((line) => line.includes("linkStyle") && line.includes("dasharray")) ?? "";
    const numbers = (/ ([\d,]+) /.exec(dashed)?.[1] ?? "").split(",").map(Number);
    expect(arrows.flatMap((arrow, index) => (arrow.includes("-.->") ? [index] : []))).toEqual(numbers);
  });

  test("has a legend of the signals that there are", () => {
    expect(lines).toContain('      metrics["metrics"]');
    expect(mermaidOf(pipelineOf(logsOnly))).not.toContain("metrics[");
  });
});
