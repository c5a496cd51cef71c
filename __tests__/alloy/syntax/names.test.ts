import { alloyName, className, propertyName } from "../../../lib/alloy/syntax/tree";

test.each([
  ["forward_to", "forwardTo"],
  ["targets", "targets"],
  ["cloud.account.id", "cloudAccountId"],
  ["from_URLbase64", "fromURLbase64"],
  ["http2_port", "http2Port"],
])("%s is the property %s", (alloy, property) => {
  expect(propertyName(alloy)).toBe(property);
});

test.each(["forward_to", "targets", "http2_port"])("%s comes back from its property", (alloy) => {
  expect(alloyName(propertyName(alloy))).toBe(alloy);
});

test("a component is a class", () => {
  expect(className("prometheus.exporter.unix")).toBe("PrometheusExporterUnix");
});
