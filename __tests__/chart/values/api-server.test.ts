import { App, Yaml } from "cdk8s";
import { parse } from "yaml";
import { AlloyAgent } from "../../../lib/alloy-agent";
import { renderKey } from "../../../lib/chart/render/renders";
import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import type { Environment } from "../../../lib/environment";
import { describeWithKubernetes } from "../../engines/kubernetes";
import { environmentOf, least } from "../../environment/reading";
import { manifestsOf } from "../../workload/fixtures/manifests-of";
import { refused, taken } from "./cases";

/** Those that are put in their place: the others take helm and the chart. */
function placed(values: string): boolean {
  return (
    renderKey(alloyRenderInput({ chartValues: chartValuesIn(values) })) === renderKey(alloyRenderInput())
  );
}

/** The chart values of a text that has settings of this project too. */
function chartValuesIn(text: string): Readonly<Record<string, unknown>> {
  const { host_network, ui, max_unavailable, ...chartValues } = parse(text, { version: "1.1" });
  return chartValues;
}

/** The manifests of an environment. */
function manifests(environment: Environment): string {
  const app = new App();
  new AlloyAgent(app, environment);
  return manifestsOf(app)
    .map(({ content }) => Yaml.stringify(content))
    .join("---\n");
}

/** Those that read no chart values: as if this project let all of them by. */
function unchecked(text: string): Environment {
  const hostNetwork = /^host_network: true$/m.test(text);
  return { ...environmentOf(...least), hostNetwork, chartValues: chartValuesIn(text) };
}

/** What a cluster's API server is told by its flags, or fills in itself before it looks. */
const ofCluster = [
  "securityContext.privileged: Forbidden: disallowed by cluster policy",
  "spec.clusterIPs: Required value",
];

describeWithKubernetes("chart values", (kubernetes) => {
  /** What the API server says against the objects of an environment. */
  async function errorsOf(environment: Environment): Promise<readonly string[]> {
    const answer = await kubernetes.validate(manifests(environment));
    if (!answer.ok) throw new Error(answer.error);
    return answer.value.flatMap(({ kind, errors }) => errors.map((error) => `${kind}: ${error}`));
  }

  test.each(taken.filter(placed))("%s is taken by the API server", async (values) => {
    const errors = await errorsOf(environmentOf(...least, values));
    expect(errors.filter((error) => !ofCluster.some((known) => error.includes(known)))).toEqual([]);
  });

  test.each(refused.filter(([values, , by]) => by === "API server" && placed(values)))(
    "%s would be refused by the API server",
    async (values) => {
      expect(await errorsOf(unchecked(values))).not.toEqual([]);
    },
  );
});

test("most are judged so", () => {
  expect(taken.filter(placed).length).toBeGreaterThanOrEqual(50);
});
