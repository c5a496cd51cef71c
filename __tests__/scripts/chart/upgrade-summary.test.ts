import { compareManifests } from "../../../scripts/chart/compare-manifests";
import { upgradeSummary } from "../../../scripts/chart/upgrade-summary";

const service = (port: number) => `apiVersion: v1
kind: Service
metadata: {name: alloy, namespace: monitoring}
spec: {ports: [{name: http, port: ${port}}], type: ClusterIP}
`;
const role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: alloy}\n";

describe("the summary of an upgrade", () => {
  test("tells what changes, and environments with the same changes together", () => {
    const objects = compareManifests([service(1), role], [service(2), `${role}rules: []\n`]);
    expect(
      upgradeSummary(["a", "b", "c"].map((name) => ({ name, objects: name === "b" ? [] : objects }))),
    ).toBe(
      `a, c:
  ~ ClusterRole alloy
      + rules: []
  ~ Service alloy in monitoring
      ~ spec.ports[http].port: 1 → 2

b:
  nothing changes`,
    );
  });

  test("tells objects apart by kind, name and namespace", () => {
    const other = service(1).replace("monitoring", "ais");
    expect(
      compareManifests([service(1), role], [role, other]).map(({ object, change }) => [object, change]),
    ).toEqual([
      ["Service alloy in ais", "added"],
      ["Service alloy in monitoring", "removed"],
    ]);
  });

  test("quotes what could be misread, and cuts what is long", () => {
    const objects = compareManifests(
      [role],
      [`${role}a: "two words"\nb: "1"\nc: ${"x".repeat(300)}\nd: {e: true}\n`],
    );
    expect(
      upgradeSummary([{ name: "a", objects }])
        .split("\n")
        .slice(2),
    ).toEqual([
      '      + a: "two words"',
      "      + b: 1",
      `      + c: ${"x".repeat(240)}…`,
      '      + d: {"e":true}',
    ]);
  });

  test("says when no environment is concerned", () => {
    expect(upgradeSummary([])).toBe("every environment has it already");
  });
});
