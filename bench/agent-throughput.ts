import { Connection } from "../__tests__/engines/connection";
import { pause } from "../__tests__/field/agent";
import { Field } from "../__tests__/field/field";
import { build } from "../scripts/go-program";
import { print } from "./print";

const lineBytes = 205;

/** How records get from their source to the queue on disk, and lines enough for seconds. */
const chains = [
  { title: "log lines in batches, as written", lines: 200_000, change: (config: string) => config },
  {
    title: "log lines one by one",
    lines: 20_000,
    change: (config: string) =>
      config.replace("[otelcol.processor.batch.pods.input]", "[otelcol.processor.groupbyattrs.pods.input]"),
  },
] as const;

/** What log lines cost a real agent with a queue on disk, by the batch behind their source and without it. */
export async function printAgentThroughput(): Promise<void> {
  const [alloy, field] = [build({ folder: "alloy", script: true, slow: true }), build({ folder: "field" })];
  if ("missing" in alloy || "missing" in field) {
    const reasons = [alloy, field].flatMap((built) => ("missing" in built ? [built.missing.trim()] : []));
    console.log(`the agent is not measured: ${reasons.join(", ")}`);
    return;
  }
  const costs: number[] = [];
  for (const { title, lines, change } of chains) {
    const connection = new Connection(field.executable);
    const { rate, cost } = await measureChain(
      new Field((op, fields) => connection.ask(op, fields), alloy.executable),
      lines,
      change,
    );
    await connection.close();
    costs.push(cost);
    print(`${title}, a second`, rate.toFixed(0));
    print("  seconds of processor time a million", cost.toFixed(0));
  }
  const [batched = Number.NaN, single = Number.NaN] = costs;
  print("  of the processor time of one by one", (batched / single).toFixed(2), "0.4");
}

async function measureChain(field: Field, lines: number, change: (config: string) => string) {
  await field.pod({ namespace: "a", name: "busy", container: "a" });
  await field.write("busy", 1, lineBytes);
  const url = await field.destination("sink");
  const agent = await field.agentOf(
    { local: { logsEndpoint: `${url}/v1/logs`, queue: { storage: "disk" } } },
    { change },
  );
  await untilReceived(field, 1);
  const [processorTime, start] = [await agent.processorTime(), Date.now()];
  await field.write("busy", lines, lineBytes);
  await untilReceived(field, lines + 1);
  const rate = (lines / (Date.now() - start)) * 1000;
  const cost = (((await agent.processorTime()) - processorTime) / lines) * 1e6;
  await field.clear();
  return { rate, cost };
}

async function untilReceived(field: Field, lines: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if ((await field.received("sink")).distinct.busy === lines) return;
    await pause(100);
  }
  throw new Error(`the agent has not sent ${lines} lines within a minute`);
}
