import type { AlloyConfig, Component } from "../alloy";

/** What a component refers to by attributes such as `output.logs`; by any, if none is named. */
export type References = (from: Component, ...attributes: readonly string[]) => readonly Component[];

/** What the components of a config refer to. */
export function referencesOf({ components, edges }: AlloyConfig): References {
  const own = new Map(
    components.map((component) => [component, edges.filter(({ from }) => from === component)]),
  );
  return (from, ...attributes) =>
    (own.get(from) ?? [])
      .filter(({ attribute }) => attributes.length === 0 || attributes.includes(attribute))
      .map(({ to }) => to);
}
