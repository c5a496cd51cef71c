import { diagnosticsOf, environmentOf, least } from "../reading";

const mistake =
  "x.yaml:4:1: max_unavailable: is neither a number nor a percentage of nodes; write a whole number from 1 to 2147483647, or a percentage from 1% to 100%";

describe("max_unavailable", () => {
  test("is a tenth by default", () => {
    expect(environmentOf(...least).maxUnavailable).toBe("10%");
    expect(environmentOf(...least, "max_unavailable:").maxUnavailable).toBe("10%");
  });

  test.each([
    ["1", 1],
    ["20", 20],
    ["1%", "1%"],
    ["100%", "100%"],
  ])("%s is taken", (text, value) => {
    expect(environmentOf(...least, `max_unavailable: ${text}`).maxUnavailable).toBe(value);
  });

  test.each(["0", "-1", "1.5", "0%", "101%", "10 %", "all", "true", "[1]"])("%s is refused", (text) => {
    expect(diagnosticsOf(...least, `max_unavailable: ${text}`)).toEqual([mistake]);
  });

  test("stands beside no chart value that says the same", () => {
    const chartValue = "controller: {updateStrategy: {type: OnDelete}}";
    expect(diagnosticsOf(...least, "max_unavailable: 2", chartValue)).toEqual([
      "x.yaml:5:14: controller.updateStrategy: says what max_unavailable says; keep one of the two",
    ]);
    expect(diagnosticsOf(...least, chartValue)).toEqual([]);
  });
});
