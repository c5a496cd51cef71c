import { isRecord, type SettingError, type SettingKey } from "../../schema";
import type { Diagnostic, Severity } from "./diagnostic";
import type { Place, YamlFile } from "./file";

/** A file, then those that it extends, the nearest first. */
type Files = readonly [own: YamlFile, ...bases: YamlFile[]];

/** The way from a setting of an environment to its place: in its file, or in one that this extends. */
export class EnvironmentSource {
  /** The environment's own file, as it is shown to the operator. */
  readonly file: string;

  /**
   * @param own the environment's file
   * @param bases the files that it extends, the nearest first
   */
  constructor(
    private readonly own: YamlFile,
    private readonly bases: readonly YamlFile[] = [],
  ) {
    this.file = own.path;
  }

  /** The environment's file, then those that it extends. */
  get files(): Files {
    return [this.own, ...this.bases];
  }

  /** Lets go of the file's document. Those of other files are asked for by other environments too. */
  release(): void {
    this.own.release();
  }

  /**
   * An error at the place of a setting, in the file that says it; of its nearest existing parent when none does. Of two
   * files it is the environment's own, or the one nearer to it.
   */
  diagnostic(key: SettingKey, message: string): Diagnostic {
    return this.diagnosticIn(this.files, key, message, "error");
  }

  /** An error that is found after the file was read: of a setting, or at a place of another file that this one names. */
  errorOf({ key, message, at }: SettingError): Diagnostic {
    if (at === undefined) return this.diagnostic(key, message);
    return { severity: "error", ...at, key: "", message, extendedBy: [this.file] };
  }

  /** What is said of a setting beside what is written, at the place of its {@link diagnostic}. */
  notice(key: SettingKey, message: string): Diagnostic {
    return this.diagnosticIn(this.files, key, message, "notice");
  }

  /** An error at the place of a setting in the environment's own file, though another file says it. */
  ownDiagnostic(key: SettingKey, message: string): Diagnostic {
    return this.diagnosticIn([this.own], key, message, "error");
  }

  /** The first setting or chart value that is a text, or has it for its own name. */
  find(text: string): SettingKey | undefined {
    const keys = this.files.map((file) => file.find(text));
    return keys.find((key) => key !== undefined);
  }

  /** The settings and chart values that are set, by the file that says them: lists as a whole, maps key by key. */
  settings(): ReadonlyMap<string, readonly SettingKey[]> {
    const settingsOf = (file: YamlFile) =>
      keysSet(file.document.toJS(), []).filter(
        (key) => key[0] !== "extends" && placeOf(key, this.files).file === file,
      );
    return new Map(this.files.map((file) => [file.path, settingsOf(file)]));
  }

  private diagnosticIn(files: Files, key: SettingKey, message: string, severity: Severity): Diagnostic {
    const { file, offset } = placeOf(key, files);
    const diagnostic = file.diagnosticAt(offset, key, message, severity);
    return file === this.own ? diagnostic : { ...diagnostic, extendedBy: [this.file] };
  }
}

/** Where files say a setting: as they are merged, what is no map takes the place of all that files after it have there. */
function placeOf(key: SettingKey, [own, ...bases]: Files): Place {
  let found = own.top();
  let places = [found, ...bases.map((file) => file.top())];
  for (const part of key) {
    places = places.flatMap((place) => place.file.child(place, part) ?? []);
    const [first] = places;
    if (first === undefined) break;
    found = first;
    const other = places.findIndex((place) => !place.file.isMap(place));
    if (other !== -1) places = places.slice(0, other + 1);
  }
  return found;
}

function keysSet(value: unknown, key: SettingKey): readonly SettingKey[] {
  if (value === null || value === "") return [];
  if (!isRecord(value)) return [key];
  return Object.entries(value).flatMap(([name, entry]) => keysSet(entry, [...key, name]));
}
