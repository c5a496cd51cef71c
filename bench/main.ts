import { readdirSync, readFileSync } from "node:fs";
import { fleet } from "./fleet";
import { medians } from "./measure";
import { typeCheckTimes } from "./type-check";

// Times are medians of runs that take turns in this one process's run; what is judged are ratios and differences.
const app = ["--require", "./scripts/register.js", "main.ts"];
const cli = ["node_modules/cdk8s-cli/bin/cdk8s", "synth", "--check-upgrade=false"];

/** Loads modules, and does nothing with them. */
function load(...modules: readonly string[]): readonly string[] {
  return [...app.slice(0, 2), "-e", modules.map((module) => `require("${module}")`).join(";")];
}

/** The bindings that the pipeline's sources name. */
function pipelineBindings(): readonly string[] {
  const files = readdirSync("lib/pipeline", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const names = files.flatMap((file) =>
    [...readFileSync(`lib/pipeline/${file}`, "utf8").matchAll(/"(?:\.\.\/)+(imports\/alloy\/[^"]+)"/g)].map(
      ([, name]) => `./${name}`,
    ),
  );
  return [...new Set(names)];
}

function print(what: string, value: string, limit = ""): void {
  console.log(`${what.padEnd(58)} ${value.padStart(10)}${limit === "" ? "" : `   at most ${limit}`}`);
}

const { node, synth, synthByCli, library, bindings } = medians(9, {
  node: ["-e", "0"],
  synth: app,
  synthByCli: cli,
  library: load("./lib/alloy"),
  bindings: load("./lib/alloy", ...pipelineBindings()),
});
print("node -e 0", `${node.milliseconds.toFixed(0)} ms`);
print("the app over the committed environments", `${synth.milliseconds.toFixed(0)} ms`);
print("  as often as node -e 0", `${(synth.milliseconds / node.milliseconds).toFixed(1)}`, "8");
print("cdk8s synth", `${synthByCli.milliseconds.toFixed(0)} ms`);
print("  of which the CLI", `${(synthByCli.milliseconds - synth.milliseconds).toFixed(0)} ms`);

print(
  "the pipeline's bindings, beyond lib/alloy",
  `${(bindings.milliseconds - library.milliseconds).toFixed(0)} ms`,
  "30 ms",
);
const types = typeCheckTimes(5);
print("type check of the whole project", `${types.bindings.toFixed(0)} ms`);
print("  as often as with bindings that have no types", (types.bindings / types.stubs).toFixed(1), "3");

const sizes = [1, 10, 100, 1000];
const fleets = sizes.map((size) => {
  const { environments, output } = fleet(size);
  const run = medians(size < 1000 ? 5 : 3, {
    synth: [...app, "--environments", environments, "--output", output],
  });
  return { size, ...run.synth };
});
fleets.slice(1).forEach(({ size, milliseconds, megabytes }, index) => {
  const before = fleets[index];
  if (before === undefined) return;
  const each = (milliseconds - before.milliseconds) / (size - before.size);
  print(`an environment more, from ${before.size} to ${size}`, `${each.toFixed(2)} ms`, "5 ms");
  print(`  memory at ${size}`, `${megabytes.toFixed(0)} MB`, size === 1000 ? "250 MB" : "");
});
