import { App, Chart } from "cdk8s";
import { definitions } from "../imports/alloy/definitions";
import { check, parse, print as printConfig } from "../lib/alloy";
import { loadEnvironments } from "../lib/environment";
import { AistorePipeline } from "../lib/pipeline";
import { median } from "./measure";
import { milliseconds, print } from "./print";

/** How long an own config takes: per 1,000 lines of those of the committed environments. */
export function printCheckTimes(): void {
  const agent = { namespace: "monitoring", name: "alloy" };
  const texts = loadEnvironments("environments").map((environment) =>
    new AistorePipeline(new Chart(new App(), environment.name), "config", environment, agent).toString(),
  );
  const thousands = texts.join("").split("\n").length / 1000;
  const time = (run: (text: string) => unknown) => {
    const times = Array.from({ length: 15 }, () => {
      const start = process.hrtime.bigint();
      for (const text of texts) run(text);
      return Number(process.hrtime.bigint() - start) / 1e6;
    });
    return median(times) / thousands;
  };
  const parsing = time((text) => parse(text));
  const checking = time((text) => check(parse(text), { definitions }));
  const printing = time((text) => printConfig(parse(text)));
  print("1,000 lines of Alloy: parse", milliseconds(parsing));
  print("  check", milliseconds(checking - parsing));
  print("  print", milliseconds(printing - parsing));
}
