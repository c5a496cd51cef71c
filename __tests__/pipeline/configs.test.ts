import { App, Chart } from "cdk8s";
import fc from "fast-check";
import { parse, print } from "../../lib/alloy";
import { AistorePipeline } from "../../lib/pipeline";
import { type Block, type Body, describeWithEngines, type Engines } from "../engines/engines";
import { fleet } from "../fleet/fleet";
import { agent, mistakesIn, pipelineOf } from "./pipeline-of";
import { randomSettings } from "./random-settings";

const ofFleet = fleet.map(
  (environment) =>
    [
      environment.name,
      new AistorePipeline(new Chart(new App(), environment.name), "config", environment, agent),
    ] as const,
);
const random = fc
  .sample(randomSettings, { numRuns: 500, seed: 20 })
  .map((settings, index) => [`random ${index}`, pipelineOf(settings)] as const);

/** The attributes that hold regexps, whatever component they are in. */
const regexps = new Set([
  "device_include",
  "device_exclude",
  "metrics_include",
  "ignored_devices",
  "mount_points_exclude",
  "fs_types_exclude",
  "fields",
  "regex",
]);

// Hundreds of configs go through a process each time.
jest.setTimeout(180_000);

describeWithEngines("the configs of the fleet and of 500 random ones", (engines) => {
  test("are what Alloy's formatter leaves as it is, and nothing in them is wired wrongly", async () => {
    for (const [name, pipeline] of [...ofFleet, ...random]) {
      const text = pipeline.toString();
      expect([name, await engines.format(text)]).toEqual([name, { ok: true, value: text }]);
      expect([name, mistakesIn(pipeline)]).toEqual([name, []]);
      expect([name, print(parse(text))]).toEqual([name, text]);
    }
  });

  test("refer only to components that they have, and call no deprecated function", async () => {
    for (const [name, pipeline] of [...ofFleet, ...random]) {
      const body = await parsed(engines, pipeline.toString());
      const own = new Set(body.blocks.map((block) => `${block.name}.${block.label}`));
      const attributes = body.blocks.flatMap(attributesIn);
      const strangers = attributes
        .flatMap(({ references }) => references)
        .filter((reference) => !reference.startsWith("constants."))
        .filter((reference) => !own.has(reference.slice(0, reference.lastIndexOf("."))));
      expect([name, strangers]).toEqual([name, []]);
      const calls = new Set(attributes.flatMap(({ calls }) => calls));
      expect(
        [...calls].filter(
          (call) =>
            ![
              "coalesce",
              "convert.nonsensitive",
              "encoding.to_base64",
              "string.format",
              "string.trim_space",
              "sys.env",
            ].includes(call),
        ),
      ).toEqual([]);
    }
  });

  test("have OTTL and regexps that OpenTelemetry and RE2 take", async () => {
    const blocks = new Map<string, () => Promise<unknown>>();
    for (const [, pipeline] of [...ofFleet, ...random]) {
      const body = await parsed(engines, pipeline.toString());
      for (const block of body.blocks) collect(engines, block, block.name, blocks);
    }
    expect(blocks.size).toBeGreaterThan(20);
    for (const [what, ask] of blocks) expect([what, await ask()]).toMatchObject([what, { ok: true }]);
  });
});

async function parsed(engines: Engines, text: string): Promise<Body> {
  const answer = await engines.evaluate(text);
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
}

function attributesIn(block: Block): Body["attributes"] {
  return [...block.attributes, ...block.blocks.flatMap(attributesIn)];
}

/** Notes how to ask the engines about each different piece of OTTL, and each different regexp, of a component. */
function collect(
  engines: Engines,
  block: Block,
  component: string,
  asks: Map<string, () => Promise<unknown>>,
): void {
  const strings = (name: string) =>
    block.attributes.find((attribute) => attribute.name === name)?.strings ?? [];
  if (component === "otelcol.processor.transform" && block.name.endsWith("_statements")) {
    const [context = ""] = strings("context");
    const place = placeOf(context, block.name);
    const run = {
      ...place,
      statements: strings("statements"),
      conditions: strings("conditions"),
      records: [],
    };
    asks.set(JSON.stringify(run), () => engines.runOttl(run));
  }
  for (const condition of strings("log_record")) {
    asks.set(condition, () => engines.ottl("condition", { context: "log" }, condition));
  }
  for (const { name, strings: patterns } of block.attributes.filter((attribute) =>
    regexps.has(attribute.name),
  )) {
    for (const pattern of patterns) asks.set(`${name} ${pattern}`, () => engines.regexp(pattern));
  }
  for (const inner of block.blocks) collect(engines, inner, component, asks);
}

function placeOf(context: string, block: string) {
  const signal = block === "metric_statements" ? ("metric" as const) : ("log" as const);
  switch (context) {
    case "log":
    case "datapoint":
    case "resource":
      return { context, signal } as const;
    default:
      throw new Error(`the pipeline has no OTTL in the context ${JSON.stringify(context)}`);
  }
}
