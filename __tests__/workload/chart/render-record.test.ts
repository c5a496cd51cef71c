import { formatRecord, readRecord } from "../../../lib/workload/chart/render-record";
import { alloyRenderInput } from "../../../lib/workload/chart-values";
import { ChartError } from "../../../lib/workload/workload-error";

const manifests = "---\n# Source: alloy/templates/service.yaml\nkind: Service\n";
const record = formatRecord(
  alloyRenderInput({ chartValues: { image: { tag: "v1" } } }),
  { source: "archive", helm: "v4.3" },
  manifests,
);

describe("a recorded render", () => {
  test("says in its header what made it", () => {
    expect(record.split("\n---\n")[0]?.split("\n")).toEqual([
      expect.stringMatching(/^# sha256: [0-9a-f]{64}$/),
      "# Written by `npm run chart:record`, never by hand: the checksum above covers all that follows.",
      "# chart: alloy 1.11.1",
      "# archive: sha256:cc4cd48a885c070fe8b2929971552852375c11e92d95fc6337d0c3fa277ac575",
      "# read from: archive",
      "# helm: v4.3",
      "# release: alloy",
      "# namespace: monitoring",
      "# Kubernetes: 1.28.0",
      '# values: {"alloy":{"configMap":{"create":false,"key":"config.alloy","name":"alloy-config"}},"controller":{"type":"daemonset"},"crds":{"create":false},"image":{"tag":"v1"},"rbac":{"create":false}}',
    ]);
  });

  test("is read back as it was rendered", () => {
    expect(readRecord(record, "record.yaml")).toContain(manifests);
  });

  test.each([
    ["its body", record.replace("kind: Service", "kind: Secret")],
    ["its header", record.replace("# helm: v4.3", "# helm: v4.4")],
    ["its end", `${record}\n`],
    ["its checksum", record.replace(/^# sha256: ./, "# sha256: x")],
    ["everything", ""],
  ])("is refused when a hand changed %s", (_, edited) => {
    expect(() => readRecord(edited, "imports/chart/alloy-1.11.1/0123.yaml")).toThrow(
      new ChartError(
        "imports/chart/alloy-1.11.1/0123.yaml: changed since it was recorded; `npm run chart:record` renders it anew, and what is to differ from the chart belongs in lib/workload or in the environment's chart values",
      ),
    );
  });
});
