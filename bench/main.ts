import { fleet } from "./fleet";
import { medians } from "./measure";

// Times are medians of runs that take turns in this one process's run; what is judged are ratios and differences.
const app = ["--require", "./scripts/register.js", "main.ts"];
const cli = ["node_modules/cdk8s-cli/bin/cdk8s", "synth", "--check-upgrade=false"];

function print(what: string, value: string, limit = ""): void {
  console.log(`${what.padEnd(58)} ${value.padStart(10)}${limit === "" ? "" : `   at most ${limit}`}`);
}

const { node, synth, synthByCli } = medians(9, { node: ["-e", "0"], synth: app, synthByCli: cli });
print("node -e 0", `${node.milliseconds.toFixed(0)} ms`);
print("the app over the committed environments", `${synth.milliseconds.toFixed(0)} ms`);
print("  as often as node -e 0", `${(synth.milliseconds / node.milliseconds).toFixed(1)}`, "8");
print("cdk8s synth", `${synthByCli.milliseconds.toFixed(0)} ms`);
print("  of which the CLI", `${(synthByCli.milliseconds - synth.milliseconds).toFixed(0)} ms`);

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
