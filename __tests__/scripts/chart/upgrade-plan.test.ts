import { ChartError } from "../../../lib/chart/render/names";
import type { Environment } from "../../../lib/environment";
import { readEnvironment } from "../../../lib/environment/read";
import { type UpgradeRequest, upgradePlan } from "../../../scripts/chart/upgrade-plan";

const [oldDigest, digest] = ["0".repeat(64), "1".repeat(64)];
const pins = {
  name: "alloy",
  // What has its digest already asks for nothing there.
  repository: "https://charts.example.com",
  version: "1.0.0",
  digests: { "1.0.0": oldDigest },
};

function environmentsOf(versions: Readonly<Record<string, string | undefined>>): readonly Environment[] {
  return Object.entries(versions).flatMap(([name, chartVersion]) => {
    const text = "container_runtime: crio\nlocal: {endpoint: http://a}\n";
    const { environment } = readEnvironment(name, `${name}.yaml`, text);
    return environment === undefined ? [] : { ...environment, ...(chartVersion && { chartVersion }) };
  });
}

const environments = environmentsOf({ a: undefined, b: undefined, lab: "1.0.0" });

function plan(request: Partial<UpgradeRequest>) {
  const {
    chart,
    steps,
    pins: after,
  } = upgradePlan({ version: "2.0.0", names: [], digest, ...request }, environments, pins);
  return {
    digest: chart.digest,
    moved: steps
      .filter((step) => step.after.version !== step.before.version)
      .map((step) => step.environment.name),
    version: after.version,
    digests: after.digests,
  };
}

describe("the plan of an upgrade", () => {
  const digests = { "1.0.0": oldDigest, "2.0.0": digest };

  test("moves the environments that name no version, and the version that they have", () => {
    expect(plan({})).toEqual({ digest, moved: ["a", "b"], version: "2.0.0", digests });
  });

  test("moves those that are named, whatever version they have, and leaves the others theirs", () => {
    expect(plan({ names: ["b", "lab"] })).toEqual({ digest, moved: ["b", "lab"], version: "1.0.0", digests });
  });

  test("keeps the digest that is pinned", () => {
    expect(upgradePlan({ version: "1.0.0", names: [] }, environments, pins).chart.digest).toBe(oldDigest);
    expect(() => plan({ version: "1.0.0" })).toThrow(
      new ChartError(`chart alloy 1.0.0 is pinned with SHA-256 ${oldDigest}, and ${digest} is given`),
    );
  });

  test.each([
    ["bb", "bb is no environment; write b"],
    ["production", "production is no environment; write a, b, lab"],
  ])("refuses %s, which is no environment", (name, message) => {
    expect(() => plan({ names: [name] })).toThrow(new ChartError(message));
  });
});
