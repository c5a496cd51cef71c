import type { Difference } from "./output-folder";

/**
 * A line that says what has changed, and one for each environment that is no more:
 * `2 of 8 environments changed: ais-qa (ConfigMap), lab-1 (new)`.
 *
 * @param count how many environments were synthesized
 */
export function summaryOf(differences: readonly Difference[], count: number): string {
  const changed = differences.filter(
    ({ written, removed, state }) => state !== "changed" || written.length + removed.length > 0,
  );
  if (changed.length === 0) return `${environments(count)}, nothing changed`;
  const all = count + changed.filter(({ state }) => state === "removed").length;
  const words = changed.map((one) => `${one.environment} (${wordOf(one)})`);
  const left = changed.filter(({ state, foreign }) => state === "removed" && foreign.length > 0);
  return [
    `${changed.length} of ${environments(all)} changed: ${words.join(", ")}`,
    ...left.map(
      ({ environment, foreign }) =>
        `the folder of ${environment} stays with what synth did not write: ${foreign.join(", ")}`,
    ),
  ].join("\n");
}

function wordOf({ state, written, removed }: Difference): string {
  if (state !== "changed") return state;
  const kinds = new Set([...written, ...removed].map(kindOf));
  const gone = new Set(removed.map(kindOf));
  const there = new Set(written.map(kindOf));
  return [...kinds]
    .sort()
    .map((kind) => (gone.has(kind) && !there.has(kind) ? `${kind} removed` : kind))
    .join(", ");
}

/** The kind of the object in a file. */
function kindOf(file: string): string {
  return file.split(".", 1).join();
}

function environments(count: number): string {
  return count === 1 ? "1 environment" : `${count} environments`;
}
