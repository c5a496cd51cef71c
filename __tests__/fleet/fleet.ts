import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AlloyAgent } from "../../lib/alloy-agent";
import { type Environment, loadEnvironments } from "../../lib/environment";
import { type Manifests, publish, synthesize } from "../../lib/synthesis";

/** The folder of the environments on which tests run. Those in environments/ are operators': no test depends on them. */
export const fleetFolder = __dirname;

/** Environments that use every setting between them. */
export const fleet = loadEnvironments(fleetFolder);

/** What environments synthesize, by their names. */
export function manifestsOf(environments: readonly Environment[]): ReadonlyMap<string, Manifests> {
  return synthesize(environments, (app, environment) => new AlloyAgent(app, environment));
}

/** The files of an environment that kubectl reads in a folder: those of rules are none. */
export function readByKubectl(manifests: Manifests): Manifests {
  return new Map([...manifests].filter(([name]) => name.endsWith(".yaml")));
}

const outputs: string[] = [];
afterAll(() => {
  for (const output of outputs) rmSync(output, { recursive: true });
});

/** Writes a folder such as dist/, with a folder of manifests for each environment. It goes with the file's last test. */
export function writeManifests(environments: readonly Environment[]): string {
  const output = mkdtempSync(join(tmpdir(), "manifests-"));
  outputs.push(output);
  publish({ environments: "", output }, manifestsOf(environments));
  return output;
}
