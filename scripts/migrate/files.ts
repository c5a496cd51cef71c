import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { shownPath } from "../../lib/environment";
import type { SettingKey } from "../../lib/schema";
import { type ReadFile, readValues } from "./read-values";
import type { Said } from "./report";
import { type Filled, fillIn, unreadIn } from "./template";
import type { Place, Value } from "./value";

/** The files of today's: the helmfile, and values files that it names. */
export class TodaysFiles {
  /** @param values the folder of values files that the helmfile has from elsewhere; absent: there is none */
  constructor(
    readonly helmfile: string,
    private readonly values: string | undefined,
    private readonly said: Said,
    private readonly noteRead: (file: string) => void = () => undefined,
  ) {}

  /**
   * Reads a file, with its templates filled in where helmfile does so.
   *
   * @param data what the dot of templates stands for
   */
  read(path: string, data: unknown): ReadFile | undefined {
    const file = shownPath(path);
    const text = this.textOf(path, file);
    if (text === undefined) return undefined;
    const { tell, refuse } = this.said;
    this.noteRead(file);
    const isTemplate = path.endsWith(".gotmpl") || path === this.helmfile;
    if (!isTemplate) {
      const read = readValues(file, text, refuse, tell);
      return { ...read, documents: read.documents.flatMap((value) => this.withoutBraces(value) ?? []) };
    }
    const filled = fillIn(text, data);
    const read = readValues(file, filled.text, refuse, tell);
    this.tellBlocks(file, filled);
    return {
      ...read,
      comments: [],
      // What it says is of the template, and of all environments.
      documents: read.documents
        .flatMap((value) => this.withoutUnread(value, filled) ?? [])
        .map(withoutComments),
    };
  }

  /**
   * The file that a helmfile means by a path or by the address of a file in a repository, such as
   * `git::https://git.example.com/fleet.git//alloy/@ais-qa.yaml?ref=main`.
   */
  find(text: string, place: Place): string | undefined {
    const folder = dirname(this.helmfile);
    const isElsewhere = /^[\w+.-]+::|^[\w+.-]+:\/\//.test(text);
    const path = isElsewhere ? pathInRepository(text) : text;
    const name = basename(path);
    const places = [
      ...(isElsewhere ? [] : [join(folder, path)]),
      ...(this.values === undefined ? [] : [join(this.values, name), join(this.values, path)]),
    ];
    const found = places.find((one) => existsSync(one) && statSync(one).isFile());
    if (found !== undefined) return found;
    const where = this.values === undefined ? "--values FOLDER" : shownPath(this.values);
    const missing =
      this.values === undefined
        ? `${name} is not here; name the folder that has it, by --values`
        : `${name} is not in ${where}; put it there`;
    this.said.refuse(place, [], missing);
    return undefined;
  }

  private textOf(path: string, file: string): string | undefined {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
    } catch (error) {
      const isText = error instanceof TypeError;
      const message = isText
        ? "is no UTF-8 text; save the file as UTF-8"
        : "can't be read; name a file that can be";
      this.said.refuse({ file, line: 0, column: 0 }, [], message);
      return undefined;
    }
  }

  /** Nothing fills in templates in a file of this name: the braces would be the value. */
  private withoutBraces(value: Value): Value | undefined {
    return mapTexts(value, (text, { place }, key) => {
      if (!text.includes("{{")) return text;
      this.said.tell(
        place,
        key,
        "is left out: it has {{ }}, and in a file that doesn't end in .gotmpl nothing is filled in; write the value, and migrate again",
      );
      return undefined;
    });
  }

  private withoutUnread(value: Value, filled: Filled): Value | undefined {
    return mapTexts(value, (text, { place }, key) => {
      const unread = unreadIn(text, filled);
      if (unread === undefined) return text;
      this.said.tell(
        place,
        key,
        `is left out: {{ ${unread.action} }} can't be read here; write what it gives in its place, and migrate again`,
      );
      return undefined;
    });
  }

  private tellBlocks(file: string, { unread, text }: Filled): void {
    for (const { from, to, action } of unread) {
      const isValue = unreadIn(text.split("\n")[from - 1] ?? "", { unread }) !== undefined;
      if (isValue) continue;
      this.said.tell(
        { file, line: from, column: 1 },
        [],
        `up to line ${to} all is left out: {{ ${action} }} can't be read here; write what it gives in its place, and migrate again`,
      );
    }
  }
}

/** The path of a file by its address: behind `//` is what is in the repository, and @ may stand before the file. */
function pathInRepository(address: string): string {
  const bare = address.replace(/\?.*$/s, "").replace(/^([\w+.-]+::)?([\w+.-]+:\/\/)?/, "");
  const [, inside = bare] = /\/\/(.*)$/.exec(bare) ?? [];
  return inside.replace(/@(?=[^@]*$)/, "");
}

/** Changes the texts in a value. Those that become empty are left out, with their keys. */
function mapTexts(
  value: Value,
  change: (text: string, value: Value, key: SettingKey) => string | undefined,
  key: SettingKey = [],
): Value | undefined {
  const { content } = value;
  if (typeof content === "string") {
    const text = change(content, value, key);
    return text === undefined ? undefined : { ...value, content: text };
  }
  if (content instanceof Map) {
    const entries = [...content].flatMap(([name, inner]): [string, Value][] => {
      const changed = mapTexts(inner, change, [...key, name]);
      return changed === undefined ? [] : [[name, changed]];
    });
    return { ...value, content: new Map(entries) };
  }
  if (!Array.isArray(content)) return value;
  return {
    ...value,
    content: content.flatMap((item, index) => mapTexts(item, change, [...key, index]) ?? []),
  };
}

function withoutComments({ place, content }: Value): Value {
  if (content instanceof Map) {
    return { place, content: new Map([...content].map(([name, value]) => [name, withoutComments(value)])) };
  }
  return { place, content: Array.isArray(content) ? content.map(withoutComments) : content };
}
