import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { app, typescript } from "./app";
import { medians } from "./measure";
import { milliseconds, print } from "./print";
import { temporaryFolder } from "./temporary-folder";

const cli = ["node_modules/cdk8s-cli/bin/cdk8s", "synth", "--check-upgrade=false"];

/** How long the app takes over the committed environments, of which most is loading modules. */
export function printStartTimes(): void {
  const { node, synth, synthByCli, library, bindings } = medians(9, {
    node: ["-e", "0"],
    synth: app,
    synthByCli: cli,
    library: load("./lib/alloy"),
    bindings: load("./lib/alloy", ...pipelineBindings()),
  });
  print("node -e 0", milliseconds(node.milliseconds));
  print("the app over the committed environments", milliseconds(synth.milliseconds));
  print("  as often as node -e 0", (synth.milliseconds / node.milliseconds).toFixed(1), "8");
  print("cdk8s synth", milliseconds(synthByCli.milliseconds));
  print("  of which the CLI", milliseconds(synthByCli.milliseconds - synth.milliseconds));
  print(
    "the pipeline's bindings, beyond lib/alloy",
    milliseconds(bindings.milliseconds - library.milliseconds),
    "30 ms",
  );
}

/** Loads modules, and does nothing with them. */
function load(...modules: readonly string[]): readonly string[] {
  const program = join(temporaryFolder("load"), "load.ts");
  writeFileSync(program, modules.map((module) => `import ${JSON.stringify(resolve(module))};\n`).join(""));
  return [...typescript, program];
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
