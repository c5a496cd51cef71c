import type { RequirementOf } from "../../../lib/alloy";
import { WorkloadError } from "../../../lib/chart/render/names";
import { secretVolumes } from "../../../lib/workload/grants/pod-grants";

function files(secret: string, mountPath: string, component = "exporter", keys = ["k"]): RequirementOf {
  return { component, requirement: { kind: "secretFiles", secret, mountPath, keys } };
}

describe("secretVolumes", () => {
  test("mounts a Secret once, optional and read-only, with the keys that are read over empty files", () => {
    const required = [
      files("remote", "/s/remote", "a", ["tls.key", "ca.crt"]),
      files("remote", "/s/remote", "b", ["ca.crt"]),
    ];
    expect(secretVolumes(required)).toEqual([
      {
        what: "Secret remote",
        components: ["a", "b"],
        secret: "remote",
        keys: ["ca.crt", "tls.key"],
        volume: {
          name: "secret-remote",
          projected: {
            sources: [
              { configMap: { name: "alloy-secret-placeholders" } },
              {
                secret: {
                  name: "remote",
                  optional: true,
                  items: [
                    { key: "ca.crt", path: "ca.crt" },
                    { key: "tls.key", path: "tls.key" },
                  ],
                },
              },
            ],
          },
        },
        mounts: [{ name: "secret-remote", mountPath: "/s/remote", readOnly: true }],
      },
    ]);
  });

  test("makes a volume's name of a Secret's, which may be longer and have dots", () => {
    const secrets = ["a.b", "a-b", "x".repeat(253)];
    const names = secretVolumes(secrets.map((secret) => files(secret, `/s/${secret}`))).map(
      ({ volume }) => volume.name,
    );
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });

  test("refuses two Secrets in one place", () => {
    expect(() => secretVolumes([files("b", "/s"), files("a", "/s")])).toThrow(
      new WorkloadError("the Secrets a and b are both wanted at /s"),
    );
  });
});
