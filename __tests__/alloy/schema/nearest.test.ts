import { nearest } from "../../../lib/alloy/schema/nearest";

describe("nearest", () => {
  test.each([
    ["docker", "docker"],
    ["dokcer", "docker"],
    ["dcker", "docker"],
    ["dockerr", "docker"],
    ["Docker", "docker"],
    ["cri-o", "crio"],
    ["contianerd", "containerd"],
    ["metrics_endpoint", "metricsEndpoint"],
  ])("%s is meant to be %s", (word, meant) => {
    expect(nearest(word, ["docker", "crio", "containerd", "endpoint", "metricsEndpoint"])).toBe(meant);
  });

  test.each(["podman", "", "x", "oci"])("%j is like none", (word) => {
    expect(nearest(word, ["docker", "crio", "containerd"])).toBeUndefined();
  });

  test("of equally near words the first wins", () => {
    expect(nearest("ab", ["ac", "ad"])).toBe("ac");
    expect(nearest("ab", new Set(["ad", "ac"]))).toBe("ad");
  });
});
