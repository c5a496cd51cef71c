import { readdirSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, posix, relative } from "node:path";
import { nearest } from "../alloy";
import {
  alternatives,
  isRecord,
  type Mistake,
  type PlainSettings,
  type SettingKey,
  wrongKind,
} from "../schema";
import { namesIn } from "./validate";
import { compareText, type Diagnostic } from "./yaml/diagnostic";
import { readText, reason, YamlFile } from "./yaml/file";
import { EnvironmentSource } from "./yaml/source";
import { yamlValue } from "./yaml/value";

/** What a file says, together with what it extends. */
export interface Layers {
  readonly source: EnvironmentSource;
  /** Absent when the file itself can't be read. */
  readonly value?: PlainSettings;
  /** Something that it extends can't be read: what it has of there is unknown. */
  readonly isIncomplete: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** The keys that are set twice in a file, or whose values are left out as they are none. */
  readonly wrong: readonly SettingKey[];
  /** What takes nothing away, unless more is wrong with it. */
  readonly idle: readonly Mistake[];
}

/** Reads files with what they extend. What several extend is read once. */
export class Bases {
  private readonly known = new Map<string, Layers>();
  /** The files that are being read, each of which extends the next. */
  private readonly chain: string[] = [];

  /** @param folder of the environments, which has all that they extend */
  constructor(private readonly folder: string) {}

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
    const { value: all, diagnostics, wrong } = yamlValue(own, least);
    if (all === undefined) return { source, isIncomplete: true, diagnostics, wrong, idle: [] };
    const { extends: named, ...value } = all;
    const alone = { source, value, isIncomplete: false, diagnostics, wrong, idle: [] };
    if (named === undefined || named === null || named === "") return alone;
    const base = this.base(named, own.path);
    if (typeof base === "string") {
      const mistake = source.diagnostic(["extends"], base);
      return { ...alone, isIncomplete: true, diagnostics: [...diagnostics, mistake] };
    }
    const ofBase = base.idle.map(({ key, message }) => base.source.diagnostic(key, message));
    const idle: SettingKey[] = [];
    const message = `takes nothing away, as ${base.source.file} says nothing of it; remove it`;
    return {
      source: new EnvironmentSource(own, base.source.files),
      value: onTop(value, base.value ?? {}, [], idle),
      isIncomplete: base.isIncomplete,
      diagnostics: [...diagnostics, ...base.diagnostics, ...ofBase],
      wrong: [...wrong, ...base.wrong],
      idle: idle.map((key) => ({ key, message })),
    };
  }

  /** What a file that another names says, or what is wrong with the name. */
  private base(named: unknown, by: string): Layers | string {
    if (typeof named !== "string") {
      return Array.isArray(named)
        ? "must be one file, is a list; write one, which may extend another itself"
        : wrongKind(named, ["string"]);
    }
    const path = join(dirname(by), named);
    const mistake = pathMistake(named, path, by, this.folder);
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
          };
    this.known.set(path, layers);
    return layers;
  }
}

/** What is wrong with the path of a file to extend. */
function pathMistake(named: string, path: string, by: string, folder: string): string | undefined {
  if (/\p{Cc}/u.test(named)) return "has a control character in it; write the path without it";
  if (named.includes("\\")) return "has \\ in it; write / between folders";
  if (isAbsolute(named) || /^[A-Za-z]:/.test(named)) {
    const better = leadsOut(named, folder) ? `one to a file in ${folder}` : relative(dirname(by), named);
    return `is no path from this file; write ${better}`;
  }
  if (leadsOut(path, folder)) return `leads out of ${folder}; move the file into it, or into a folder there`;
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) {
      return `is a folder; name a file in it, such as ${posix.join(named, "fleet.yaml")}`;
    }
    if (!stats.isFile()) return "is no file that can be read; name one";
  } catch (error) {
    return /^ENO(ENT|TDIR)/.test(reason(error))
      ? `names no file that there is; write ${meant(named, path, by)}`
      : `cannot be read: ${reason(error)}; name a file that can be`;
  }
  return path.endsWith(".yaml") ? undefined : "doesn't end in .yaml; rename the file";
}

function leadsOut(path: string, folder: string): boolean {
  return /^\.\.([/\\]|$)/.test(relative(folder, path));
}

/** The files that may be meant by the path of none. */
function meant(named: string, path: string, by: string): string {
  const folder = dirname(path);
  const files = filesIn(folder).filter((file) => file.endsWith(".yaml") && join(folder, file) !== by);
  const name = basename(path);
  const one = files.find((file) => file === `${name}.yaml`) ?? nearest(name, files);
  const several = one === undefined ? files.filter((file) => file.startsWith("_")) : [one];
  return alternatives(several.map((file) => posix.join(posix.dirname(named), file))) || "the path of one";
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort(compareText);
  } catch {
    return [];
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
