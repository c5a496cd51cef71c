import { body } from "./body";
import type { ComponentDefinition } from "./definition";

const stable = { stability: "generally-available", body: body("") } as const;

/** A part of a module: what the components in it need is theirs. */
const part = { ...stable, surroundings: [] } as const;

/** A custom component: it holds components, its arguments and its exports. */
export const declareDefinition: ComponentDefinition = { ...part, name: "declare" };

/** What an instance of a `declare` is given. */
export const argumentDefinition: ComponentDefinition = {
  ...part,
  name: "argument",
  body: body("optional:bool default comment:string"),
  exports: { value: "any" },
};

/** What an instance of a `declare` gives. */
export const exportDefinition: ComponentDefinition = { ...part, name: "export", body: body("value!") };

/** Components for each item of a list; they stand in its template. */
export const foreachDefinition: ComponentDefinition = {
  ...part,
  name: "foreach",
  stability: "experimental",
  body: body("collection! var!:string id:string hash_string_id:bool enable_metrics:bool", () => ({
    "template!": body(""),
  })),
};

/** The blocks that hold components, and their parts: no bindings have them. */
export const moduleDefinitions: ReadonlyMap<string, ComponentDefinition> = new Map(
  [declareDefinition, argumentDefinition, exportDefinition, foreachDefinition].map((one) => [one.name, one]),
);

/** What is known of an instance of a module whose text is not known: of an `import.*`. */
export function openDefinition(name: string): ComponentDefinition {
  return { ...stable, name, isOpen: true };
}
