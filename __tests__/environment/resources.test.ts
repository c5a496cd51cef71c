import { diagnosticsOf, environmentOf, least } from "./reading";

function resources(text: string): readonly string[] {
  return [...least, `resources: ${text}`];
}

describe("resources", () => {
  test("have defaults, one by one", () => {
    expect(environmentOf(...least).resources).toEqual({
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "2", memory: "1Gi" },
    });
    expect(environmentOf(...resources("{requests: {cpu: 50m}, limits: {memory: 2Gi}}")).resources).toEqual({
      requests: { cpu: "50m", memory: "256Mi" },
      limits: { cpu: "2", memory: "2Gi" },
    });
  });

  test("none takes a default away", () => {
    const none = "{cpu: none, memory: none}";
    expect(environmentOf(...resources(`{requests: ${none}, limits: ${none}}`)).resources).toEqual({
      requests: {},
      limits: {},
    });
  });

  test.each(["1", "0.5", ".5", "100m", "1k", "2M", "3G", "4T", "5P", "1E", "1Ki", "1.5Gi"])(
    "%s is a quantity",
    (amount) => {
      expect(diagnosticsOf(...resources(`{limits: {cpu: none}, requests: {cpu: "${amount}"}}`))).toEqual([]);
    },
  );

  test.each(["1 Gi", "-1", "1KB", "1gi", "all", "1e", "m", "None"])("%s is none", (amount) => {
    expect(diagnosticsOf(...resources(`{requests: {cpu: "${amount}"}}`))).toEqual([
      "x.yaml:4:24: resources.requests.cpu: is no quantity; write a number with or without a unit, such as 500m or 512Mi, or none",
    ]);
  });

  test("a request that is more than its limit, a default included", () => {
    expect(diagnosticsOf(...resources("{requests: {memory: 2Gi}}"))).toEqual([
      "x.yaml:4:24: resources.requests.memory: is more than resources.limits.memory, which is 1Gi; write less, or raise that",
    ]);
    expect(diagnosticsOf(...resources("{limits: {cpu: 50m}}"))).toEqual([
      "x.yaml:4:22: resources.limits.cpu: is less than resources.requests.cpu, which is 100m; write more, or lower that",
    ]);
    expect(diagnosticsOf(...resources("{requests: {memory: 1Gi}, limits: {cpu: 100m}}"))).toEqual([]);
    expect(diagnosticsOf(...resources("{requests: {memory: 1025Mi}}"))).toHaveLength(1);
    expect(diagnosticsOf(...resources("{requests: {memory: 1G}}"))).toEqual([]);
  });

  test("a misspelt key, in a section of a section", () => {
    expect(diagnosticsOf(...resources("{limits: {cpus: 100m}}"))).toEqual([
      "x.yaml:4:22: resources.limits.cpus: is no setting; write cpu",
    ]);
    expect(diagnosticsOf(...resources("{limit: {cpu: 100m}}"))).toEqual([
      "x.yaml:4:13: resources.limit: is no setting; write limits",
    ]);
  });
});
