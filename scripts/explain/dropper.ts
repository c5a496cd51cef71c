import { App } from "cdk8s";
import { OtelcolExporterDebug } from "../../imports/alloy/otelcol.exporter";
import { OtelcolProcessorFilter } from "../../imports/alloy/otelcol.processor";
import { AlloyConfig, type BlockSyntax, type Component, nameOf, printValue } from "../../lib/alloy";
import { type Data, isEmpty, type Stage, type Surroundings, type Trace, trace } from "../../lib/testing";

/** How many lines, records, samples or targets there are. */
export function count(data: Data): number {
  return Object.values(data).reduce((sum, items: readonly unknown[]) => sum + items.length, 0);
}

/** The part of a component that let nothing through, as the config has it. */
export function dropper(run: Trace, { address, block }: Component, around: Surroundings): string {
  const conditions = conditionsIn(block);
  if (conditions.length > 0) return met(run.arrived(`${address}.input`), conditions, around).join("; ");
  const dropping = run.steps.findLast(
    ({ component, stage, in: before, out }) =>
      component === address && stage !== undefined && !isEmpty(before) && isEmpty(out),
  );
  return dropping?.stage === undefined ? "all of it" : written(block, dropping.stage);
}

/** The conditions by which a filter drops log records; none of another component. */
function conditionsIn({ name, body }: BlockSyntax): readonly string[] {
  if (name !== "otelcol.processor.filter") return [];
  return body.blocks
    .filter((inner) => inner.name === "logs")
    .flatMap((inner) => inner.body.attributes.filter((one) => one.name === "log_record"))
    .flatMap(({ value }) => (value.kind === "list" ? value.items : []))
    .flatMap((item) => (item.kind === "literal" ? [String(item.value)] : []));
}

/** Those of a filter's conditions that drop a record: each is asked by itself. */
function met({ records }: Data, conditions: readonly string[], around: Surroundings): readonly string[] {
  if (conditions.length === 1) return conditions;
  const config = new AlloyConfig(new App(), "conditions");
  const end = new OtelcolExporterDebug(config, "end");
  const filters = conditions.map(
    (condition, index) =>
      new OtelcolProcessorFilter(config, `condition_${index}`, {
        errorMode: "ignore",
        logs: { logRecord: [condition] },
        output: { logs: [end.input] },
      }),
  );
  const { steps } = trace(
    config,
    filters.map(({ input }) => ({ to: input, records })),
    around,
  );
  return conditions.filter((_, index) =>
    steps.some(({ component, out }) => component === filters[index]?.address && count(out) < records.length),
  );
}

/** A part of a component as the config has it, on one line. */
export function written(block: BlockSyntax, { name, path }: Stage): string {
  let found = block;
  for (const index of path) {
    const inner = found.body.blocks[index];
    if (inner === undefined) return name;
    found = inner;
  }
  const own = found.body.attributes.map(
    (one) => `${one.name} = ${nameOf(one.value) ?? printValue(one.value)}`,
  );
  return `${found.name} { ${own.join(", ").replaceAll(/\s+/g, " ")} }`;
}
