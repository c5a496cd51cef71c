import { App, Chart } from "cdk8s";
import { Construct } from "constructs";
import { LokiSourceKubernetes } from "../../imports/alloy/loki.source";
import { OtelcolProcessorBatch, OtelcolProcessorTransform } from "../../imports/alloy/otelcol.processor";
import { PrometheusScrape } from "../../imports/alloy/prometheus";
import {
  type Component,
  type Consumer,
  Expression,
  type LogsReceiver,
  type MetricsReceiver,
  WrittenComponent,
} from "../../lib/alloy";
import { AistorePipeline } from "../../lib/pipeline";
import { type Block, describeWithEngines } from "../engines/engines";
import { fleet } from "../fleet/fleet";
import { agent, mistakesIn } from "./pipeline-of";

// What a slip in the pipeline's source would do to each environment, and that it is found before anything is written.
const environments = fleet.map((environment) => [environment.name, environment] as const);

describe.each(environments)("the pipeline of %s", (name, environment) => {
  let pipeline: AistorePipeline;
  beforeEach(() => {
    pipeline = new AistorePipeline(new Chart(new App(), name), "config", environment, agent);
  });

  test("is right as it is", () => {
    expect(mistakesIn(pipeline)).toEqual([]);
  });

  test("is wrong without any one of the components that another needs", () => {
    const made = pipeline.edges.filter(({ to }) => !(to instanceof WrittenComponent));
    const addresses = made.map(({ to }) => to.address);
    expect(new Set(addresses).size).toBeGreaterThan(10);
    for (const address of new Set(addresses)) {
      const broken = new AistorePipeline(new Chart(new App(), name), "config", environment, agent);
      const component = find(broken, address);
      component.node.scope?.node.tryRemoveChild(component.node.id);
      expect(mistakesIn(broken)).toContainEqual(
        expect.stringContaining(`${address} is of another config or module`),
      );
    }
  });

  test("is wrong with a second component of a name", () => {
    const label = "cluster";
    const sink = find(pipeline, `otelcol.processor.transform.${label}`);
    const input = new Expression<Consumer<"logs">>({ kind: "export", component: sink, name: "input" });
    new OtelcolProcessorTransform(new Construct(pipeline, "elsewhere"), label, { output: { logs: [input] } });
    expect(mistakesIn(pipeline)).toContainEqual(
      expect.stringContaining(`otelcol.processor.transform.${label} is there already, at `),
    );
  });

  test("is wrong with a component that nothing uses", () => {
    new OtelcolProcessorBatch(pipeline, "extra", { output: {} });
    expect(mistakesIn(pipeline)).toEqual([expect.stringContaining("otelcol.processor.batch.extra")]);
  });
});

test("a receiver of another signal does not compile", () => {
  const chart = new Chart(new App(), "test");
  const logs = (forwardTo: Expression<LogsReceiver>) =>
    new LokiSourceKubernetes(chart, "x", { targets: [], forwardTo: [forwardTo] });
  const metrics = (forwardTo: Expression<MetricsReceiver>) =>
    new PrometheusScrape(chart, "x", { targets: [], forwardTo: [forwardTo] });
  // @ts-expect-error metrics are no logs
  const swapped: typeof logs = metrics;
  expect(swapped).toBe(metrics);
});

describeWithEngines("a typo in OTTL", (engines) => {
  test.each(environments)("of %s is refused by OpenTelemetry's parser", async (name, environment) => {
    const pipeline = new AistorePipeline(new Chart(new App(), name), "config", environment, agent);
    const answer = await engines.evaluate(pipeline.toString());
    const blocks = answer.ok ? answer.value.blocks.flatMap(withInner) : [];
    const statements = blocks
      .filter((block) => block.name === "log_statements")
      .flatMap((block) => stringsOf(block, "statements"));
    expect(statements.length).toBeGreaterThan(0);
    for (const statement of new Set(statements)) {
      const place = { context: "log" } as const;
      expect(await engines.ottl("statement", place, statement)).toMatchObject({ ok: true });
      expect(await engines.ottl("statement", place, statement.replace("(", "x("))).toMatchObject({
        ok: false,
      });
      expect(await engines.ottl("statement", place, statement.replace(")", ""))).toMatchObject({ ok: false });
    }
  });
});

function find(pipeline: AistorePipeline, address: string): Component {
  const component = pipeline.components.find((one) => one.address === address);
  if (component === undefined) throw new Error(`no ${address}`);
  return component;
}

function withInner(block: Block): readonly Block[] {
  return [block, ...block.blocks.flatMap(withInner)];
}

function stringsOf(block: Block, name: string): readonly string[] {
  return block.attributes.filter((attribute) => attribute.name === name).flatMap(({ strings }) => strings);
}
