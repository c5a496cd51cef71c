import fc from "fast-check";
import { storagePathMistakes } from "../../../lib/environment/settings/node";
import { diagnosticsOf, least } from "../reading";

const relative = "is no absolute path; write it from the root on, such as /mnt/data/alloy";
const notPlain =
  "may only have letters, digits and the signs . _ + @ - between its slashes; write such a path";
const taken = (folder: string) =>
  `is in ${folder}, which is not the agent's; write another folder, such as /mnt/data/alloy`;
const shared = (folder: string) => `is shared with others; write a folder in it, such as ${folder}/alloy`;

describe("storage.path", () => {
  test.each([
    ["data/alloy", "/data/alloy", relative],
    ["./alloy", "/alloy", relative],
    ["disk", "/disk", relative],
    ["/", "/alloy", "is the root of the node; write the path of what is meant in it"],
    ["//", "/alloy", "is the root of the node; write the path of what is meant in it"],
    ["/data/../etc", "/data/etc", "has ., .., // or a / at its end; write /etc"],
    ["/data/alloy/", "/data/alloy", "has ., .., // or a / at its end; write /data/alloy"],
    ["/data//alloy", "/data/alloy", "has ., .., // or a / at its end; write /data/alloy"],
    ["/data/$(HOSTNAME)", "/data/HOSTNAME", notPlain],
    ["/data/a b", "/data/a-b", notPlain],
    ["/etc", "/etcetera", taken("/etc")],
    ["/usr/local/alloy", "/opt/alloy", taken("/usr")],
    ["/var/lib/kubelet/alloy", "/var/lib/kubelet-alloy", taken("/var/lib/kubelet")],
    ["/var/lib/containerd", "/var/lib/alloy2", taken("/var/lib/containerd")],
    ["/proc/1", "/procs/1", taken("/proc")],
    ["/ais/alloy", "/ais-alloy", taken("/ais")],
    ["/tmp/alloy", "/srv/alloy", taken("/tmp")],
    ["/var/lib", "/var/lib/x", shared("/var/lib")],
    ["/var", "/var/alloy", shared("/var")],
    ["/mnt", "/mnt/alloy", shared("/mnt")],
  ])("%s, beside %s", (bad, good, message) => {
    expect(storagePathMistakes(bad)).toEqual([message]);
    expect(storagePathMistakes(good)).toEqual([]);
    expect(diagnosticsOf(...least, "storage:", `  path: ${JSON.stringify(bad)}`)).toEqual([
      `x.yaml:5:3: storage.path: ${message}`,
    ]);
  });

  test("never leads out of what it seems to be", () => {
    const segment = fc.oneof(fc.constantFrom(".", "..", "", "etc", "var", "lib", "data"), fc.string());
    fc.assert(
      fc.property(fc.array(segment), (segments) => {
        const path = `/${segments.join("/")}`;
        fc.pre(storagePathMistakes(path).length === 0);
        expect(path).toMatch(/^(\/[\w.@+-]+)+$/);
        expect(path.split("/")).not.toEqual(expect.arrayContaining([".."]));
        expect(path.startsWith("/etc/")).toBe(false);
      }),
    );
  });
});
