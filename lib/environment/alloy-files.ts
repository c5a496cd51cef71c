import { readFileSync, statSync } from "node:fs";
import { relative, sep } from "node:path";
import { configMapLimit, parse } from "../alloy";
import type { Mistake, SettingKey } from "../schema";
import { pathMistake, pathOf } from "./named-file";
import type { AlloyFile } from "./settings/alloy";
import type { Diagnostic } from "./yaml/diagnostic";
import { decoded, reason } from "./yaml/file";

/** The files that a setting names, and what is wrong with them. */
export interface NamedAlloyFiles {
  /** Those without mistakes of syntax, in the order of the setting. */
  readonly files: readonly AlloyFile[];
  /** What is wrong with the names. */
  readonly mistakes: readonly Mistake[];
  /** What is wrong in the files' texts. */
  readonly diagnostics: readonly Diagnostic[];
  /** The keys of the files that are left out. */
  readonly wrong: readonly SettingKey[];
}

/** What a file holds, or what is wrong with it: with the file itself, or in its text. */
type Read = AlloyFile | string | readonly Diagnostic[];

/** Reads the files that environments add to their pipelines. What several add is read once. */
export class AlloyFiles {
  private readonly known = new Map<string, Read>();

  /** @param folder of the environments, which has them */
  constructor(private readonly folder: string) {}

  /**
   * Reads what a list names. What is no list, and what in it is no text, is reported elsewhere.
   *
   * @param by the file that names them
   */
  named(list: unknown, by: string): NamedAlloyFiles {
    const items: readonly unknown[] = Array.isArray(list) ? list : [];
    const files: AlloyFile[] = [];
    const mistakes: Mistake[] = [];
    const diagnostics: Diagnostic[] = [];
    const wrong: SettingKey[] = [];
    const paths = new Set<string>();
    for (const [index, named] of items.entries()) {
      if (typeof named !== "string" || named === "") continue;
      const key = ["alloy_files", index];
      const file = { named, by, folder: this.folder, ending: ".alloy", example: "gpu.alloy" } as const;
      const path = pathOf(file);
      const read = paths.has(path)
        ? "is in the list already; remove one of the two"
        : (pathMistake(file) ?? this.read(path));
      paths.add(path);
      if (typeof read === "string") mistakes.push({ key, message: read });
      else if ("config" in read) files.push(read);
      else {
        diagnostics.push(...read);
        wrong.push(key);
      }
    }
    return { files, mistakes, diagnostics, wrong: [...wrong, ...mistakes.map(({ key }) => key)] };
  }

  private read(path: string): Read {
    const known = this.known.get(path) ?? this.readAnew(path);
    this.known.set(path, known);
    return known;
  }

  private readAnew(path: string): Read {
    let bytes: Buffer;
    try {
      const { size } = statSync(path);
      if (size > configMapLimit) {
        return `has ${size} bytes, and the ConfigMap that it goes into takes ${configMapLimit}; write less`;
      }
      bytes = readFileSync(path);
    } catch (error) {
      return `cannot be read: ${reason(error)}; make it a file that can be`;
    }
    const text = decoded(path, bytes);
    if (typeof text !== "string") return [text];
    const config = parse(text, { file: path });
    if (config.mistakes.length === 0) {
      return { name: relative(this.folder, path).split(sep).join("/"), config };
    }
    return config.mistakes.map(({ at, message }) => ({
      severity: "error",
      file: path,
      line: at.line,
      column: at.column,
      key: "",
      message,
    }));
  }
}
