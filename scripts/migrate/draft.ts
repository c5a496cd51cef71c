import { formatKey, type SettingKey } from "../../lib/schema";
import type { Say } from "./report";
import { type Content, entriesOf, isList, isMap, type Place, type Value, valueIn } from "./value";

/** An environment's file as it comes to be: its settings and chart values, each with the line that it comes from. */
export class Draft {
  private readonly map = new Map<string, Value>();
  /** Sections of today's, by their keys. */
  private readonly sections = new Map<string, Value>();
  readonly root: Value;

  /** @param origin where the environment stands, which is shown for what comes from no line */
  constructor(
    readonly name: string,
    readonly origin: Place,
    private readonly say: Say,
  ) {
    this.root = { place: origin, content: this.map };
  }

  at(key: SettingKey): Value | undefined {
    return valueIn(this.root, key);
  }

  /** Keeps place and comment of a section for when something of it is written. */
  noteSection(key: SettingKey, section: Value): void {
    this.sections.set(formatKey(key), section);
  }

  /** Writes a setting. @param content @default - that of the line */
  set(key: SettingKey, from: Value, content: Content = from.content): void {
    let map = this.map;
    for (const [index, part] of key.slice(0, -1).entries()) {
      const inner = map.get(String(part));
      const next = new Map(isMap(inner?.content) ? inner.content : []);
      const section = inner ?? this.sections.get(formatKey(key.slice(0, index + 1)));
      map.set(String(part), { ...(section ?? { place: from.place }), content: next });
      map = next;
    }
    map.set(String(key.at(-1)), { ...from, content });
  }

  /** Takes out a setting, and the sections that are empty without it. */
  remove(key: SettingKey): void {
    const parent = this.at(key.slice(0, -1));
    const last = key.at(-1);
    if (parent === undefined || last === undefined) return;
    const { content } = parent;
    const rest = isList(content)
      ? content.filter((_, index) => index !== last)
      : new Map(isMap(content) ? [...content].filter(([name]) => name !== String(last)) : []);
    const isEmpty = isList(rest) ? rest.length === 0 : rest.size === 0;
    if (key.length === 1) {
      this.map.delete(String(last));
    } else if (isEmpty) {
      this.remove(key.slice(0, -1));
    } else {
      this.replace(key.slice(0, -1), rest);
    }
  }

  private replace(key: SettingKey, content: Content): void {
    const value = this.at(key);
    const [last] = key.slice(-1);
    const parent = this.at(key.slice(0, -1));
    if (value === undefined || parent === undefined) return;
    const next = { ...value, content };
    if (typeof last === "number" && isList(parent.content)) {
      this.replace(
        key.slice(0, -1),
        parent.content.map((item, index) => (index === last ? next : item)),
      );
    } else {
      this.set(key, value, content);
    }
  }

  /** Says what is written under another name than it had. */
  tellRenamed(): void {
    const walk = (value: Value, key: SettingKey): void => {
      if (value.origin !== undefined) this.tell(value, key, `is written as ${formatKey(key)}`);
      for (const [name, inner] of entriesOf(value)) walk(inner, [...key, name]);
    };
    walk(this.root, []);
  }

  /** Puts some sections last. */
  sort(isLast: (section: string) => boolean): void {
    for (const [section, value] of [...this.map].filter(([name]) => isLast(name))) {
      this.map.delete(section);
      this.map.set(section, value);
    }
  }

  /** Says something of a line of today's files. */
  tell(value: Pick<Value, "place" | "origin">, key: SettingKey, message: string): void {
    this.say(value.place, value.origin ?? key, message);
  }

  /** The key of what stands where a message says that something is wrong, or of what that stands in. */
  keyOf(text: string): SettingKey | undefined {
    return keysBelow(this.root, []).find((key) => formatKey(key) === text);
  }
}

function keysBelow({ content }: Value, key: SettingKey): readonly SettingKey[] {
  const inner = isMap(content) ? [...content] : isList(content) ? [...content.entries()] : [];
  return inner.flatMap(([part, value]) => [[...key, part], ...keysBelow(value, [...key, part])]);
}
