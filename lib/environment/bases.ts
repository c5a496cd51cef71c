import { isRecord, type Mistake, type PlainSettings, type SettingKey, wrongKind } from "../schema";
import { AlloyFiles, pathMistake, pathOf } from "./named-files";
import { namesIn } from "./setting-tree";
import type { AlloyFile } from "./settings/alloy";
import type { Diagnostic } from "./yaml/diagnostic";
import { readText, YamlFile } from "./yaml/file";
import { EnvironmentSource } from "./yaml/source";
import { yamlValue } from "./yaml/value";

/** What a file says, together with what it extends. */
export interface Layers {
  readonly source: EnvironmentSource;
  /** Absent when the file itself can't be read. */
  readonly value?: PlainSettings;
  /** Something that it extends can't be read, or the rest of a file isn't: what it has of there is unknown. */
  readonly isIncomplete: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** The keys that are set twice in a file, or whose values are left out as they are none. */
  readonly wrong: readonly SettingKey[];
  /** Keys with nothing after them that take nothing away: mistakes, unless another one is known of the key. */
  readonly idle: readonly Mistake[];
  /** The files in Alloy's language that are named, but for those that are wrong. */
  readonly alloyFiles: readonly AlloyFile[];
}

/** Reads files with what they extend. What several extend is read once. */
export class Bases {
  private readonly known = new Map<string, Layers>();
  /** The files that are being read, each of which extends the next. */
  private readonly chain: string[] = [];
  private readonly alloyFiles: AlloyFiles;

  /** @param folder of the environments, which has all that they extend and name */
  constructor(private readonly folder: string) {
    this.alloyFiles = new AlloyFiles(folder);
  }

  /** @param file an environment's, as it is shown to the operator: a path from the current directory, or an absolute one */
  layers(file: string, text: string): Layers {
    const least = "its settings, at least container_runtime and local.endpoint";
    return this.known.get(file) ?? this.read(file, text, least);
  }

  private read(path: string, text: string, least: string): Layers {
    this.chain.push(path);
    const layers = this.layered(new YamlFile(path, text), least);
    this.chain.pop();
    return layers;
  }

  private layered(own: YamlFile, least: string): Layers {
    const source = new EnvironmentSource(own);
    const { value: all, diagnostics, wrong, isIncomplete = false } = yamlValue(own, least);
    if (all === undefined) {
      return { source, isIncomplete: true, diagnostics, wrong, idle: [], alloyFiles: [] };
    }
    const { extends: extended, ...value } = all;
    const named = this.alloyFiles.named(value.alloy_files, own.path);
    const alone = {
      source,
      value,
      isIncomplete,
      diagnostics: [
        ...diagnostics,
        ...named.mistakes.map(({ key, message }) => source.diagnostic(key, message)),
        ...named.diagnostics,
      ],
      wrong: [...wrong, ...named.wrong],
      idle: [],
      alloyFiles: named.files,
    };
    if (extended === undefined || extended === null || extended === "") return alone;
    const base = this.base(extended, own.path);
    if (typeof base === "string") {
      const mistake = source.diagnostic(["extends"], base);
      return { ...alone, isIncomplete: true, diagnostics: [...alone.diagnostics, mistake] };
    }
    const ofBase = base.idle.map(({ key, message }) => base.source.diagnostic(key, message));
    const idle: SettingKey[] = [];
    const message = `takes nothing away, as ${base.source.file} says nothing of it; remove it`;
    return {
      source: new EnvironmentSource(own, base.source.files),
      value: onTop(value, base.value ?? {}, [], idle),
      isIncomplete: isIncomplete || base.isIncomplete,
      diagnostics: [...alone.diagnostics, ...base.diagnostics, ...ofBase],
      wrong: [...alone.wrong, ...base.wrong],
      idle: idle.map((key) => ({ key, message })),
      alloyFiles: "alloy_files" in value ? named.files : base.alloyFiles,
    };
  }

  /** What a file that another names says, or what is wrong with the name. */
  private base(named: unknown, by: string): Layers | string {
    if (typeof named !== "string") {
      return Array.isArray(named)
        ? "must be one file, is a list; write one, which may extend another itself"
        : wrongKind(named, ["string"]);
    }
    const file = { named, by, folder: this.folder, ending: ".yaml", example: "fleet.yaml" } as const;
    const path = pathOf(file);
    const mistake = pathMistake(file);
    if (mistake !== undefined) return mistake;
    if (path === by) return "is the file itself; name another, or remove this";
    if (this.chain.includes(path)) {
      return `leads back to ${path}, which extends this file; remove one of the two`;
    }
    const known = this.known.get(path);
    if (known !== undefined) return known;
    const text = readText(path);
    const layers =
      typeof text === "string"
        ? this.read(path, text, "the settings that environments have alike")
        : {
            source: new EnvironmentSource(new YamlFile(path, "")),
            isIncomplete: true,
            diagnostics: [text],
            wrong: [],
            idle: [],
            alloyFiles: [],
          };
    this.known.set(path, layers);
    return layers;
  }
}

/**
 * What a file says on top of what it extends: maps are merged, anything else takes the place of what is there, and null
 * takes a setting away. In the chart's values null stays, where it takes away what the chart has, too.
 *
 * @param idle gets the keys of nulls that take nothing away
 */
function onTop(own: PlainSettings, base: PlainSettings, key: SettingKey, idle: SettingKey[]): PlainSettings {
  const result = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(own)) {
    const below = result.get(name);
    const place = [...key, name];
    if (value === null && isSetting(place)) {
      if (below === undefined || below === null) idle.push(place);
      result.delete(name);
    } else {
      result.set(name, isRecord(value) ? onTop(value, isRecord(below) ? below : {}, place, idle) : value);
    }
  }
  return Object.fromEntries(result);
}

/** Whether there is a setting of that name, or a section in which names are the operator's. */
function isSetting(key: SettingKey): boolean {
  const [first = ""] = key;
  const names = namesIn(key.slice(0, -1));
  return namesIn().includes(String(first)) && (names.length === 0 || names.includes(String(key.at(-1))));
}
