import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../lib/environment";
import { run } from "../lib/synthesis";
import { pagesOf } from "./pages";

// Writes docs/environments anew: a page and a picture of each environment.
run(() => {
  const folder = "docs/environments";
  const pages = pagesOf(loadEnvironments("environments"));
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!pages.has(name)) rmSync(join(folder, name));
  }
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
  return { notices: [] };
});
