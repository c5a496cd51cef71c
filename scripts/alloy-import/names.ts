import * as library from "../../lib/alloy";
import { propertyName } from "../../lib/alloy";

/** Words that can't be variables, or mean something else where an imported config uses them. */
const reserved: ReadonlySet<string> = new Set([
  ..."arguments await break case catch class const continue debugger default delete do else enum eval".split(
    " ",
  ),
  ..."export exports extends false finally for function if implements import in instanceof interface".split(
    " ",
  ),
  ..."let module new null package private process protected public require return static super".split(" "),
  ..."switch this throw true try typeof undefined var void while with yield Infinity NaN".split(" "),
  ..."app argument config console scope".split(" "),
  ...Object.keys(library),
]);

/** The names of variables that a config in TypeScript has: each once, whatever it is nested in. */
export class Names {
  private readonly taken = new Set<string>();

  /** A variable for a component: its label, with the last words of what it is where that is taken. */
  of(componentName: string, label: string): string {
    const words = componentName.split(".");
    const candidates = words.map((_, count) => [label, ...words.slice(words.length - count)].join("_"));
    const names = [...candidates, [label, ...words].join("_")].map(variable);
    const free =
      names.find((name) => !this.taken.has(name) && !reserved.has(name)) ?? this.numbered(names[0] ?? "x");
    this.taken.add(free);
    return free;
  }

  private numbered(name: string): string {
    for (let number = 2; ; number++) if (!this.taken.has(name + number)) return name + number;
  }
}

/** A name in camel case that begins with a small letter. */
function variable(text: string): string {
  const name = propertyName(text.replace(/^_+/, "").replace(/[^\p{L}\p{Nd}_]/gu, "_")).replace(/_/g, "");
  const first = name.slice(0, 1);
  return /^\p{Nd}?$/u.test(first) ? `_${name}` : first.toLowerCase() + name.slice(1);
}
