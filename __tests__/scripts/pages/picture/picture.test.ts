import fc from "fast-check";
import { pagesOf } from "../../../../scripts/pages";
import { boxesOf } from "../../../../scripts/pages/picture/boxes";
import { svgOf } from "../../../../scripts/pages/picture/picture";
import { palettes } from "../../../../scripts/pages/picture/svg";
import { fleet } from "../../../fleet/fleet";
import { tracesAndProfiles } from "../graphs";
import { boxesIn, full, logsOnly } from "../pipelines";

const graph = boxesIn(full);

/** The names of the elements, where all are closed in order and nothing else looks like one. */
function elements(svg: string): readonly string[] {
  const open: string[] = [];
  const names: string[] = [];
  const text = svg.replace(/<(\/?)([a-z]+)((?: [a-zA-Z-]+="[^"<]*")*)(\/?)>/g, (_, end, name, __, empty) => {
    if (end === "/") {
      expect(open.pop()).toBe(name);
    } else {
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

  test("has a ground, stages, and a legend of what there is", () => {
    const svg = svgOf(graph, "title");
    expect(svg).toContain('rx="10" class="background"');
    for (const text of ["Sources", "Processing", "Destinations", "metrics", "logs"]) {
      expect(svg).toContain(`>${text}</text>`);
    }
    expect(svgOf(boxesIn(logsOnly), "title")).not.toContain(">metrics</text>");
  });

  test("names every component and box", () => {
    const svg = svgOf(graph, "title");
    for (const { title, steps } of graph.boxes) {
      expect(svg).toContain(`>${title}</text>`);
      for (const { component } of steps) expect(svg).toContain(`>${component.definition.name}</text>`);
    }
  });

  test("gives what has a colour a class of the light and of the dark colours", () => {
    const svg = svgOf(boxesOf(tracesAndProfiles()), "title");
    const used = new Set([...svg.matchAll(/ class="(\w+)"/g)].map(([, name]) => name));
    for (const name of used) expect(svg.split(`.${name}{color:#`)).toHaveLength(3);
    expect(svg).not.toMatch(/(fill|stroke)="(?!none"|currentColor")/);
  });
});

/** The brightness of a colour as WCAG 2 computes it. */
function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test.each(Object.entries(palettes))(
  "the %s colours stand out from the ground and from boxes",
  (_, palette) => {
    const { background, card, ...others } = palette;
    for (const ground of [background, card]) {
      for (const colour of Object.values(others)) {
        const [less = 0, more = 0] = [brightness(ground), brightness(colour)].sort((a, b) => a - b);
        expect((more + 0.05) / (less + 0.05)).toBeGreaterThanOrEqual(4.5);
      }
    }
  },
);

const pictures = [...pagesOf(fleet)].filter(([name]) => name.endsWith(".svg"));

test.each(pictures)(
  "the text of %s is at least 11 pixels high on a page that is 880 wide, and whole",
  (_, svg) => {
    const own = Number(/ viewBox="0 0 (\d+) \d+"/.exec(svg)?.[1]);
    const sizes = [...svg.matchAll(/<text [^>]*font-size="([\d.]+)"/g)].map(([, size]) => Number(size));
    expect(sizes.length).toBe(svg.split("<text").length - 1);
    expect(Math.min(...sizes) * Math.min(1, 880 / own)).toBeGreaterThanOrEqual(11);
    expect(svg).not.toContain("…");
  },
);
