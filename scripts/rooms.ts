import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** A module below lib/. */
export interface Module {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

/** An import of a module of this project. */
export interface Import {
  /** As a path from the project's folder, without an ending. */
  readonly target: string;
  readonly names: readonly string[];
}

/** The TypeScript files of folders, and what they import of each other. */
export function modulesIn(...folders: readonly string[]): readonly Module[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .sort()
      .map((file) => moduleOf(join(folder, file))),
  );
}

export function moduleOf(path: string): Module {
  const text = readFileSync(path, "utf8");
  const statements = /^(?:import|export)\s(?:type\s)?(?:\{([^}]*)\}|[^"{;]*)\s?from\s"(\.[^"]*)"/gm;
  const imports = [...text.matchAll(statements)].map(([, names = "", target = ""]) => ({
    target: normalize(join(dirname(path), target)),
    names: names.split(",").flatMap((name) => /(\w+)(?: as \w+)?\s*$/.exec(name.trim())?.[1] ?? []),
  }));
  return { path, lines: text.split("\n").length - 1, imports };
}

/** The folder that a module is in. */
export function folderOf({ path }: Module): string {
  return dirname(path);
}

/** The folder that an import leads to. */
function targetFolder(target: string, modules: readonly Module[]): string {
  return modules.some(({ path }) => path === join(target, "index.ts")) ? target : dirname(target);
}

/** Pairs of folders that import from each other. */
export function cyclesOfFolders(modules: readonly Module[]): readonly string[] {
  const edges = new Set(
    modules.flatMap((module) =>
      module.imports
        .map(({ target }) => targetFolder(target, modules))
        .filter((folder) => folder.startsWith("lib") && folder !== folderOf(module))
        .map((folder) => `${folderOf(module)} -> ${folder}`),
    ),
  );
  return [...edges].filter((edge) => {
    const [from = "", to = ""] = edge.split(" -> ");
    return from < to && edges.has(`${to} -> ${from}`);
  });
}

/** How large lib/ is, and in how many files. */
export function measures(modules: readonly Module[]) {
  const lines = modules.map((module) => module.lines);
  const folders = modules.map(folderOf);
  return {
    files: modules.length,
    linesOnAverage: Math.round(lines.reduce((sum, count) => sum + count, 0) / modules.length),
    longest: Math.max(...lines),
    ofAtMost25Lines: lines.filter((count) => count <= 25).length,
    filesInLargestFolder: Math.max(
      ...folders.map((folder) => folders.filter((other) => other === folder).length),
    ),
    cyclesOfFolders: cyclesOfFolders(modules).length,
  };
}
