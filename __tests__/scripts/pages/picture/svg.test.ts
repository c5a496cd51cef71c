import fc from "fast-check";
import { visible } from "../../../../scripts/pages/markdown";
import { element, fitted, textWidth } from "../../../../scripts/pages/picture/svg";

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? "");
}

describe("element", () => {
  test("nests elements and keeps text in line", () => {
    expect(element("g", { x: 1 / 3 }, element("text", {}, "a")).text).toBe(
      '<g x="0.3">\n<text>a</text>\n</g>',
    );
  });

  test("holds any text as text and as an attribute", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (attribute, content) => {
        const { text } = element("text", { title: attribute }, content);
        const match = /^<text title="([^"<>]*)">([^"<>]*)<\/text>$/.exec(text);
        expect(decoded(match?.[1] ?? "")).toBe(visible(attribute));
        expect(decoded(match?.[2] ?? "")).toBe(visible(content));
        expect(text.replace(/&(amp|lt|gt|quot|apos);/g, "")).not.toContain("&");
      }),
    );
  });
});

describe("fitted", () => {
  test("leaves what fits", () => {
    expect(fitted("short", 100, 12)).toBe("short");
  });

  test("cuts what doesn't, with an ellipsis", () => {
    expect(fitted("a text that is far too long", 60, 12)).toBe("a text …");
  });

  test("is never wider than asked for", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), fc.boolean(), (text, bold) => {
        expect(textWidth(fitted(text, 100, 14, bold), 14, bold)).toBeLessThanOrEqual(100);
      }),
    );
  });
});
