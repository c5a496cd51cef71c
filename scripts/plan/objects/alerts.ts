import { canonicalJson, type JsonMap, mapAt, mapsAt } from "../../../lib/chart";
import { groupBy } from "../../../lib/schema";
import { counted } from "../../counted";
import { commonPairs, type Line, type Statement, sentence, words } from "../statement";
import type { Objects } from "./compare-manifests";
import { compareObjects, type FieldChange } from "./compare-objects";
import { fieldChangeLines } from "./field-lines";

/** A rule of Prometheus, by the name of its alert. */
interface Rule {
  readonly name: string;
  readonly content: JsonMap;
}

/** Whether an object is rules alone: a file of them, or a PrometheusRule. */
export function hasRules(content: JsonMap): boolean {
  return content.kind === "PrometheusRule" || (content.kind === undefined && Array.isArray(content.groups));
}

/**
 * Which alerts come, go and change. Where only some words of them do, such as the cluster's name, these are told once for
 * all alerts.
 */
export function alertStatements(before: Objects, after: Objects): readonly Statement[] {
  const [old, present] = [rulesIn(before), rulesIn(after)];
  const names = new Set([...old.keys(), ...present.keys()]);
  const changes = [...names].map((name) => ({
    name,
    ...alertChange(old.get(name) ?? [], present.get(name) ?? []),
  }));
  const fields = changes.flatMap(({ name, changed }) =>
    changed.flatMap((own, place) => own.map((field) => ({ id: `${name} ${place}`, name, field }))),
  );
  const isReplaced = ({ field }: { readonly field: FieldChange }) => replacedWords(field) !== undefined;
  const replaced = groupBy(fields.filter(isReplaced), ({ field }) => replacedWords(field) ?? "");
  return [
    ...changes.flatMap(({ name, come, gone }) => [
      ...comingAndGoing("+", name, come),
      ...comingAndGoing("-", name, gone),
    ]),
    ...[...replaced].map(([words, same], place) => {
      const alerts = counted(new Set(same.map(({ id }) => id)).size, "alert");
      const places = [...new Set(same.map(({ field }) => field.path))].sort().join(", ");
      return sentence("Alerts", "~", `words ${place}`, `${words} in ${alerts} (${places})`);
    }),
    ...fields
      .filter((one) => !isReplaced(one))
      .map(({ id, name, field }): Statement => {
        const of: Line = { sign: "~", text: name };
        return { section: "Alerts", of, about: `${id} ${field.path}`, lines: fieldChangeLines(field) };
      }),
  ];
}

function comingAndGoing(sign: "+" | "-", name: string, count: number): readonly Statement[] {
  return count === 0
    ? []
    : [sentence("Alerts", sign, `${sign}${name}`, count === 1 ? name : `${name} (${count} times)`)];
}

function rulesIn(objects: Objects): ReadonlyMap<string, readonly Rule[]> {
  const contents = [...objects.values()].map(({ content }) => content).filter(hasRules);
  const groups = contents.flatMap((content) =>
    mapsAt(content.kind === undefined ? content : mapAt(content, "spec"), "groups"),
  );
  const rules = groups
    .flatMap((group) => mapsAt(group, "rules"))
    .map((content) => ({ name: String(content.alert ?? content.record), content }));
  return groupBy(rules, ({ name }) => name);
}

/** Compares the rules of one name in their order: equal ones are matched first, then those between. */
function alertChange(old: readonly Rule[], present: readonly Rule[]) {
  const texts = (rules: readonly Rule[]) => rules.map(({ content }) => canonicalJson(content));
  const pairs = commonPairs(texts(old), texts(present));
  const gone = old.filter((_, place) => !pairs.some(([kept]) => kept === place));
  const come = present.filter((_, place) => !pairs.some(([, kept]) => kept === place));
  const both = Math.min(gone.length, come.length);
  const changed = gone
    .slice(0, both)
    .map((rule, place) => compareObjects(rule.content, come[place]?.content ?? {}));
  return { changed, gone: gone.length - both, come: come.length - both };
}

/** The hash of the config, which an alert asks for. What changes in the config is told by its components. */
const hash = /^[0-9a-f]{64}$/;

/** Which words of a text are others: `a → b`. Undefined where the text changes in more than words. */
function replacedWords({ before, after }: FieldChange): string | undefined {
  if (typeof before !== "string" || typeof after !== "string") return undefined;
  const [old, present] = [words(before), words(after)];
  if (old.length !== present.length) return undefined;
  const pairs = old.flatMap((word, place) => {
    const other = present[place] ?? "";
    if (word === other) return [];
    return hash.test(word) && hash.test(other) ? ["another hash"] : [`${word} → ${other}`];
  });
  return [...new Set(pairs)].join(", ");
}
