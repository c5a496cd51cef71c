import fc from "fast-check";
import { fitted, textWidth } from "../../../scripts/pages/picture/svg";

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
