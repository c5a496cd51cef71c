import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "../../../lib/chart/render/manifest";
import { alloyChart, type ChartVersion } from "../../../lib/chart/render/pins";
import { RenderStore, readRecord } from "../../../lib/chart/render/renders";
import { withIndex } from "../../../lib/synthesis";
import { compareVersions } from "../../../scripts/chart/compare-versions";
import { neededRenders } from "../../../scripts/chart/needed-renders";
import { environmentChange } from "../../../scripts/plan/environment-change";
import type { ObjectChange } from "../../../scripts/plan/objects/compare-manifests";
import { groupsOf } from "../../../scripts/plan/report/groups";
import { plainText, textOf } from "../../../scripts/plan/report/text";
import { fleet } from "../../fleet/fleet";

/** As the Helm repository's index has them. */
const digests = {
  "1.8.0": "8a936791eda5cf27660899e8cd906912eedefe4fd1f307295cbc7fd858508547",
  "1.11.1": "cc4cd48a885c070fe8b2929971552852375c11e92d95fc6337d0c3fa277ac575",
};

describe("from Grafana's chart 1.8.0 to 1.11.1", () => {
  const pins = {
    name: "alloy",
    repository: "https://grafana.github.io/helm-charts",
    version: "1.8.0",
    digests,
  };
  const [before, after] = [alloyChart("1.8.0", pins), alloyChart("1.11.1", pins)];
  const store = new RenderStore("/nowhere");

  /** What the version renders without chart values, as `chart:record` wrote it; the store has it then. */
  function recorded(chart: ChartVersion): readonly Manifest[] {
    const file = join(__dirname, "records", `alloy-${chart.version}.json`);
    const manifests = readRecord(readFileSync(file, "utf8"), file);
    for (const { input } of neededRenders(fleet.map((environment) => ({ environment, chart })))) {
      store.hold(input, manifests);
    }
    return manifests;
  }

  const files = (manifests: readonly Manifest[]) =>
    new Map(manifests.map(({ kind, name, content }) => [`${kind}.${name}.yaml`, JSON.stringify(content)]));
  const change = environmentChange("chart", withIndex(files(recorded(before))), files(recorded(after)));
  const ofChart = change?.objects ?? [];

  test("the chart changes its version, its images and the reloader's privileges", () => {
    expect(
      textOf(groupsOf(change === undefined ? [] : [change]), plainText),
    ).toBe(`chart: chart 1.8.0 → 1.11.1, image v1.16.0 → v1.18.1, image of config-reloader v0.81.0 → v0.91.0; pods restart

  Pods
    ~ DaemonSet alloy restarts its pods, 1 at a time, each ready for 10 s

  Access
    + container config-reloader as user 65534
    - container config-reloader as its image's user
    - container config-reloader may gain privileges
    - container config-reloader may write to its root file system
    - container config-reloader has all system calls
    - container config-reloader keeps the capabilities of its runtime

  Objects
    ~ DaemonSet alloy
        ~ metadata.labels["app.kubernetes.io/version"]: v1.16.0 → v1.18.1
        ~ metadata.labels["helm.sh/chart"]: alloy-1.8.0 → alloy-1.11.1
        ~ spec.template.spec.containers[alloy].image
        -   docker.io/grafana/alloy:v1.16.0
        +   docker.io/grafana/alloy:v1.18.1
        ~ spec.template.spec.containers[config-reloader].image
        -   quay.io/prometheus-operator/prometheus-config-reloader:v0.81.0
        +   quay.io/prometheus-operator/prometheus-config-reloader:v0.91.0@sha256:7d9e4eea5f1139e602508871f422b0116c60e87c662f3dcd234d5ab60cd0d8c1
        + spec.template.spec.containers[config-reloader].securityContext:
        +   allowPrivilegeEscalation: false
        +   capabilities:
        +     drop:
        +       - ALL
        +   readOnlyRootFilesystem: true
        +   runAsGroup: 65534
        +   runAsNonRoot: true
        +   runAsUser: 65534
        +   seccompProfile:
        +     type: RuntimeDefault
    ~ Service alloy
        ~ metadata.labels["app.kubernetes.io/version"]: v1.16.0 → v1.18.1
        ~ metadata.labels["helm.sh/chart"]: alloy-1.8.0 → alloy-1.11.1
    ~ ServiceAccount alloy
        ~ metadata.labels["app.kubernetes.io/version"]: v1.16.0 → v1.18.1
        ~ metadata.labels["helm.sh/chart"]: alloy-1.8.0 → alloy-1.11.1
`);
  });

  test("each environment changes in that, as far as this project doesn't set it itself, and in nothing else", () => {
    const steps = fleet.map((environment) => ({
      environment,
      before,
      after,
    }));
    // The reloader of the newer chart gives up its capabilities, and so nothing is said of them any more.
    const required = 'metadata.annotations["alloy-config/required-by"]';
    const reloader = /^container config-reloader keeps the capabilities of its runtime: .*\n/m;
    // By the object without its namespace, which environments set.
    const places = (objects: readonly ObjectChange[]) =>
      objects.flatMap(({ object, fields }) =>
        fields.map(({ path }) => `${object.replace(/ in .*/, "")}: ${path}`),
      );
    const known = [...places(ofChart), `DaemonSet alloy: ${required}`];
    for (const { objects } of compareVersions(steps, store)) {
      expect(objects.every(({ change }) => change === "changed")).toBe(true);
      const found = places(objects);
      expect(found).toContain("DaemonSet alloy: spec.template.spec.containers[alloy].image");
      expect(found.filter((place) => !known.some((start) => place.startsWith(start)))).toEqual([]);
      const [said] = objects.flatMap(({ fields }) => fields.filter(({ path }) => path === required));
      expect(said?.before).toMatch(reloader);
      expect(said?.after).toBe(String(said?.before).replace(reloader, ""));
    }
  });
});
