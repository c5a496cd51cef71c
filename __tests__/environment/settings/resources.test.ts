import { diagnosticsOf, environmentOf, least } from "../reading";

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

  test.each(["1", "0.5", ".5", "100m", "1k", "2", "1Ki", "1.5Ki"])("%s is a quantity", (amount) => {
    expect(diagnosticsOf(...resources(`{limits: {cpu: none}, requests: {cpu: "${amount}"}}`))).toEqual([]);
  });

  const cores = "a number of cores, such as 2 or 500m, or none";
  const bytes = "a number of bytes, such as 512Mi, or none";
  test.each([
    ["cpu", "-1", cores],
    ["cpu", "all", cores],
    ["cpu", "1e", cores],
    ["cpu", "m", cores],
    ["cpu", "None", cores],
    ["cpu", "1 Gi", cores],
    ["cpu", "2 cores", "2"],
    ["cpu", "500 M", "500m"],
    ["memory", "1 Gi", "1Gi"],
    ["memory", "1KB", "1Ki"],
    ["memory", "1gi", "1Gi"],
    ["memory", "512 bytes", "512"],
    ["memory", "lots", bytes],
  ])("%s: %s is none", (name, amount, meant) => {
    expect(diagnosticsOf(...resources(`{requests: {${name}: "${amount}"}}`))).toEqual([
      `x.yaml:4:24: resources.requests.${name}: is no quantity; write ${meant}`,
    ]);
  });

  test("a number is a quantity too", () => {
    const { resources: amounts } = environmentOf(
      ...resources("{requests: {cpu: .5, memory: 536870912}, limits: {cpu: 2}}"),
    );
    expect(amounts).toMatchObject({ requests: { cpu: "0.5", memory: "536870912" }, limits: { cpu: "2" } });
  });

  test.each([
    ["limits: {cpu: 0}", "limits.cpu: is 0, which Kubernetes takes for no limit; write none, or a limit"],
    [
      "requests: {cpu: 0.1m}",
      "requests.cpu: is finer than a thousandth of a core, the least that there is; write 1m or more",
    ],
    [
      "requests: {cpu: 1E}",
      "requests.cpu: is more than 8192 cores, the most that Linux has; write less, or thousandths, such as 2000m",
    ],
    ["limits: {memory: 0.3Gi}", "limits.memory: is no whole number of bytes; write 308Mi"],
    ["limits: {memory: 16Ei}", "limits.memory: is more than 4Pi, the most that is taken; write less"],
  ])("%s is no amount", (bad, says) => {
    expect(diagnosticsOf(...resources(`{${bad}}`))).toEqual([expect.stringMatching(/^x\.yaml:4:\d+: /)]);
    expect(diagnosticsOf(...resources(`{${bad}}`)).join()).toContain(`resources.${says}`);
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
