import { availableParallelism, loadavg } from "node:os";
import { printAgentThroughput } from "./agent-throughput";
import { printCheckTimes } from "./check-times";
import { printFleetTimes } from "./fleet-times";
import { print } from "./print";
import { printRecordTimes } from "./record-times";
import { printRecordedSynthTimes } from "./recorded-synth-times";
import { printStartTimes } from "./start-times";
import { printTypeCheckTimes } from "./type-check";

// Times are medians of runs that take turns in this one process's run; what is judged are ratios and differences.
async function bench(): Promise<void> {
  print(`load, on ${availableParallelism()} processors`, loadavg()[0]?.toFixed(1) ?? "");
  printStartTimes();
  printTypeCheckTimes();
  printCheckTimes();
  printFleetTimes();
  printRecordedSynthTimes();
  await printRecordTimes();
  await printAgentThroughput();
  print("load in the end", loadavg()[0]?.toFixed(1) ?? "");
}

bench();
