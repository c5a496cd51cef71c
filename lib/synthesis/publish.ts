import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifests } from "./manifests";

const extension = ".k8s.yaml";

/** Which of the environments in the output folder are given: then the folders of others go away. */
export type Scope = "all" | "some";

/** Brings the output folder up to date: a folder for each environment. Writes only what has changed. */
export function publish(output: string, environments: ReadonlyMap<string, Manifests>, scope: Scope): void {
  for (const [name, manifests] of environments) update(join(output, name), manifests);
  if (scope === "all") {
    for (const folder of foldersIn(output)) {
      if (!environments.has(folder)) removeEnvironment(join(output, folder));
    }
  }
}

function update(folder: string, manifests: Manifests): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name.endsWith(extension) && !manifests.has(name)) rmSync(join(folder, name));
  }
  for (const [name, text] of manifests) {
    const path = join(folder, name);
    if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
    // Renamed into place, so that no reader sees half a file.
    const temporary = `${path}.tmp`;
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  }
}

/** Removes the folder of an environment that is no more; one that holds anything else stays. */
function removeEnvironment(folder: string): void {
  const files = readdirSync(folder);
  if (files.every((name) => name.endsWith(extension))) rmSync(folder, { recursive: true });
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
