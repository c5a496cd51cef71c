import type { HostPathRequirement, RequirementOf } from "../../../lib/alloy";
import { WorkloadError } from "../../../lib/chart/render/names";
import { hostPathVolumes, secretVolumes } from "../../../lib/workload/grants/pod-grants";

const proc: HostPathRequirement = { kind: "hostPath", name: "proc", hostPath: "/proc", mountPath: "/proc" };

function wanted(component: string, requirement: HostPathRequirement): RequirementOf {
  return { component, requirement };
}

describe("hostPathVolumes", () => {
  test("mounts a path once for all who want it, read-only unless asked otherwise", () => {
    expect(hostPathVolumes([wanted("unix", proc), wanted("cadvisor", proc)])).toEqual([
      {
        what: "mount /proc",
        components: ["unix", "cadvisor"],
        volume: { name: "proc", hostPath: { path: "/proc" } },
        mounts: [{ name: "proc", mountPath: "/proc", readOnly: true }],
      },
    ]);
  });

  test("grants what satisfies all who want a path", () => {
    const [grant] = hostPathVolumes([
      wanted("a", { ...proc, type: "Directory" }),
      wanted("b", { ...proc, readOnly: false }),
      wanted("c", { ...proc, readOnly: true, propagation: "HostToContainer" }),
    ]);
    expect(grant?.volume).toEqual({ name: "proc", hostPath: { path: "/proc", type: "Directory" } });
    expect(grant?.mounts).toEqual([
      { name: "proc", mountPath: "/proc", mountPropagation: "HostToContainer" },
    ]);
  });

  test("does not depend on the order of the components", () => {
    const paths = ["sys", "ais", "proc"].map((name) =>
      wanted("unix", { ...proc, name, hostPath: `/${name}`, mountPath: `/${name}` }),
    );
    expect(hostPathVolumes(paths).map(({ volume }) => volume.name)).toEqual(["ais", "proc", "sys"]);
    expect(hostPathVolumes(paths.toReversed())).toEqual(hostPathVolumes(paths));
  });

  test.each<[string, HostPathRequirement, string]>([
    [
      "host paths of one name",
      { ...proc, hostPath: "/sys" },
      "a and b disagree on the hostPath of volume proc: /proc and /sys",
    ],
    [
      "places of one name",
      { ...proc, mountPath: "/x" },
      "a and b disagree on the mountPath of volume proc: /proc and /x",
    ],
  ])("refuses two %s", (_, other, message) => {
    expect(() => hostPathVolumes([wanted("a", proc), wanted("b", other)])).toThrow(
      new WorkloadError(message),
    );
  });

  test("calls one path at one place as the first component does", () => {
    const [volume, ...others] = hostPathVolumes([wanted("a", proc), wanted("b", { ...proc, name: "p2" })]);
    expect([volume?.volume.name, volume?.components, others]).toEqual(["proc", ["a", "b"], []]);
  });

  test("refuses two types of one path", () => {
    const paths = [wanted("a", { ...proc, type: "Socket" }), wanted("b", { ...proc, type: "Directory" })];
    expect(() => hostPathVolumes(paths)).toThrow(
      "a and b disagree on the type of volume proc: Socket and Directory",
    );
  });
});

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
