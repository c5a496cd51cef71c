import fc from "fast-check";
import { svgOf } from "../../../scripts/pages/picture/picture";
import { full, graphOf, logsOnly } from "../pipelines";

const graph = graphOf(full);

/** The names of the elements, where all are closed in order and nothing else looks like one. */
function elements(svg: string): readonly string[] {
  const open: string[] = [];
  const names: string[] = [];
  const text = svg.replace(/<(\/?)([a-z]+)((?: [a-zA-Z-]+="[^"<]*")*)(\/?)>/g, (_, end, name, __, empty) => {
    if (end === "/") expect(open.pop()).toBe(name);
    else {
      names.push(name);
      if (empty !== "/") open.push(name);
    }
    return "";
  });
  expect(open).toEqual([]);
  expect(text).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|apos);)/);
  return names;
}

describe("the picture", () => {
  test("is well-formed and the same but for its title, whatever that holds", () => {
    const expected = elements(svgOf(graph, "title"));
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (title) => {
        expect(elements(svgOf(graph, title))).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  test("has a ground of its own, stages, and a legend of what there is", () => {
    const svg = svgOf(graph, "title");
    expect(svg).toContain('rx="12" fill="#ffffff"');
    for (const text of [
      "Sources",
      "Processing",
      "Destinations",
      "metrics",
      "logs",
      "targets, handlers (no data)",
    ])
      expect(svg).toContain(`>${text}</text>`);
    expect(svgOf(graphOf(logsOnly), "title")).not.toContain(">metrics</text>");
  });

  test("names every component and label", () => {
    const svg = svgOf(graph, "title");
    for (const { components } of graph.chains) {
      for (const { label = "", definition } of components) {
        expect(svg).toContain(`>${label}</text>`);
        expect(svg).toContain(`>${definition.name}</text>`);
      }
    }
  });
});
