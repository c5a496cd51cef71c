import { App, Chart } from "cdk8s";
import { manifest } from "../../../lib/workload/manifests/manifest";

// The type check that `npm test` runs first proves these: each must be an error of the compiler.
test("what no manifest has does not compile", () => {
  const metadata = { name: "alloy", namespace: "monitoring" };
  const chart = new Chart(new App(), "chart");
  manifest(chart, "policy", "NetworkPolicy", {
    metadata,
    spec: { podSelector: { matchLabels: { app: "alloy" } }, policyTypes: ["Egress"] },
  });
  expect(chart.toJson()).toHaveLength(1);
  expect(() => wrong(chart, metadata)).toThrow();
});

function wrong(chart: Chart, metadata: { readonly name: string }): void {
  manifest(chart, "policy types", "NetworkPolicy", {
    metadata,
    // @ts-expect-error: policyTypes
    spec: { podSelector: {}, policyTypess: ["Egress"] },
  });
  manifest(chart, "selector", "NetworkPolicy", {
    metadata,
    // @ts-expect-error: podSelector
    spec: { podSelectr: {}, policyTypes: ["Egress"] },
  });
  // @ts-expect-error: Namespace
  manifest(chart, "namespace", "Namespase", { metadata });
  // @ts-expect-error: data
  manifest(chart, "config map", "ConfigMap", { metadata, dta: { a: "b" } });
  // @ts-expect-error: a text
  manifest(chart, "number", "ConfigMap", { metadata, data: { a: 1 } });
  // @ts-expect-error: roleRef is needed
  manifest(chart, "binding", "RoleBinding", { metadata });
}
