import type { Answer } from "./connection";
import { type Ask, describeWithProgram } from "./describe";
import type { Block, Json } from "./engines";

/** The labels of a series or a target. */
export type Labels = Readonly<Record<string, string>>;

/** A `rule` block of Alloy, by the names of its attributes. */
export type RelabelRule = Readonly<Record<string, Json>>;

/** Prometheus' own rules of labels: those of Alloy's `discovery.relabel` and `prometheus.relabel`. */
export class Prometheus {
  constructor(private readonly ask: Ask) {}

  /** The labels that rules leave of each series; null where they drop it. */
  relabel(
    rules: readonly RelabelRule[],
    series: readonly Labels[],
  ): Promise<Answer<readonly (Labels | null)[]>> {
    return this.ask("relabel", { rules, series });
  }
}

/**
 * The rules of a block, as they are on a node.
 *
 * @param node the value of what depends on the node
 */
export function rulesOf({ blocks }: Block, node: string): readonly RelabelRule[] {
  return blocks
    .filter(({ name }) => name === "rule")
    .map(({ attributes }) =>
      Object.fromEntries(
        attributes.map(({ name, value, calls }) => {
          if (value === undefined && !calls.includes("sys.env")) throw new Error(`${name} is not known`);
          return [name, value ?? node];
        }),
      ),
    );
}

/** A `describe` block whose tests ask Prometheus: skipped without Go, failing without Go where `CI` is set. */
export function describeWithPrometheus(title: string, define: (prometheus: Prometheus) => void): void {
  describeWithProgram(title, { folder: "prometheus" }, (ask) => define(new Prometheus(ask)));
}
