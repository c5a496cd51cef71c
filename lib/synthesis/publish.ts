import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Manifests } from "./manifests";
import type { Options } from "./options";

const extension = ".k8s.yaml";

/**
 * Brings the output folder up to date: a folder for each environment. Writes only what has changed. Where all
 * environments were synthesized, the folders of others go away.
 */
export function publish(
  { output, link, names }: Options,
  environments: ReadonlyMap<string, Manifests>,
): void {
  for (const [name, manifests] of environments) update(join(output, name), manifests);
  if (names === undefined) {
    for (const folder of foldersIn(output)) {
      if (!environments.has(folder)) removeEnvironment(join(output, folder));
    }
  }
  if (link !== undefined) {
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { recursive: true, force: true });
    // On Windows a junction needs no rights of its own; elsewhere the type means nothing.
    symlinkSync(resolve(output), link, "junction");
  }
}

function update(folder: string, manifests: Manifests): void {
  mkdirSync(folder, { recursive: true });
  const there = new Set(readdirSync(folder));
  for (const name of there) {
    if (name.endsWith(extension) && !manifests.has(name)) rmSync(join(folder, name));
  }
  for (const [name, text] of manifests) {
    const path = join(folder, name);
    if (there.has(name) && readFileSync(path, "utf8") === text) continue;
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
