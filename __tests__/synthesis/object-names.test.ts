import { ApiObject, Chart } from "cdk8s";
import { DiagnosticsError, formatDiagnostic } from "../../lib/environment";
import { synthesize } from "../../lib/synthesis";
import { environmentOf, least } from "../environment/reading";

interface Given {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly apiVersion?: string;
}

/** What is said of an object that an environment with a chart value asks for. */
function said({ kind = "ConfigMap", name = "x", namespace = "monitoring", apiVersion = "v1" }: Given) {
  const value = JSON.stringify({ annotation: name, kind, namespace });
  const environment = environmentOf(...least, `service: {annotations: ${value}}`);
  try {
    const manifests = synthesize([environment], (app) => {
      new ApiObject(new Chart(app, "chart"), "object", {
        apiVersion,
        kind,
        metadata: { name, namespace },
      });
    });
    return [...(manifests.get("x") ?? new Map()).keys()];
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    return error.diagnostics.map(formatDiagnostic);
  }
}

describe("a name that leads out of the environment's folder, or is none of Kubernetes, is refused at its place", () => {
  test.each<[string, Given, string, Given, string]>([
    [
      "a path",
      { name: "x/../../default/DaemonSet.alloy" },
      'service.annotations.annotation: "x/../../default/DaemonSet.alloy" is no name of a Kubernetes object; write lower-case letters, digits, "-" and "."',
      { name: "x.default.daemon-set" },
      "ConfigMap.x.default.daemon-set.k8s.yaml",
    ],
    [
      "the folder above",
      { name: ".." },
      'service.annotations.annotation: ".." is no name of a Kubernetes object; write lower-case letters, digits, "-" and "."',
      { name: "a.b" },
      "ConfigMap.a.b.k8s.yaml",
    ],
    [
      "Windows' separator",
      { name: "..\\x" },
      'service.annotations.annotation: "..\\\\x" is no name of a Kubernetes object; write lower-case letters, digits, "-" and "."',
      { name: "x" },
      "ConfigMap.x.k8s.yaml",
    ],
    [
      "a path as the kind",
      { kind: "../default/ConfigMap" },
      'service.annotations.kind: the kind "../default/ConfigMap" of "x" is none of Kubernetes; write letters and digits, as in ConfigMap',
      { kind: "Service" },
      "Service.x.k8s.yaml",
    ],
    [
      "a path as the namespace",
      { namespace: "../default" },
      'service.annotations.namespace: "../default" is no name of a namespace; write at most 63 lower-case letters, digits and "-"',
      { namespace: "default" },
      "ConfigMap.x.k8s.yaml",
    ],
    [
      "a colon, but of RBAC,",
      { name: "a:b" },
      'service.annotations.annotation: "a:b" is no name of a Kubernetes object; write lower-case letters, digits, "-" and "."',
      { kind: "Role", name: "a:b", apiVersion: "rbac.authorization.k8s.io/v1" },
      "Role.a_b.k8s.yaml",
    ],
    [
      "a name that no file system takes",
      { name: "x".repeat(240) },
      "service.annotations.annotation: makes a file name of more than 251 characters with its kind ConfigMap; write a shorter one",
      { name: "x".repeat(232) },
      `ConfigMap.${"x".repeat(232)}.k8s.yaml`,
    ],
  ])("%s", (_, bad, message, good, file) => {
    expect(said(bad)).toEqual([expect.stringMatching(/^x\.yaml:/)]);
    expect(said(bad).map((line) => line.replace(/^x\.yaml:\d+:\d+: /, ""))).toEqual([message]);
    expect(said(good)).toEqual([file]);
  });

  test("all of them at once", () => {
    expect(said({ kind: "a/b", name: "..", namespace: "." })).toHaveLength(3);
  });
});

test.each(["Namespace", "CustomResourceDefinition"])(
  "the file of a %s is before those of other kinds",
  (kind) => {
    const [first = ""] = said({ kind });
    expect(first).toBe(`0-${kind}.x.k8s.yaml`);
    expect([first, ...said({ kind: "APIService" })].toSorted()).toEqual([first, "APIService.x.k8s.yaml"]);
  },
);
