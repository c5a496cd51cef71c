import { needsOf } from "./needs/needs";
import type { Requirement, StabilityRequirement } from "./needs/requirement";
import type { ComponentDefinition } from "./schema/definition";
import { experimentalFunctions } from "./schema/functions";
import { type BlockSyntax, nameOf, walkBody } from "./syntax/tree";

export * from "./needs/requirement";

/** What a component needs of its surroundings, as its name and its arguments alone tell. */
export function requirementsOf(definition: ComponentDefinition, block: BlockSyntax): readonly Requirement[] {
  return [...stability(definition, block), ...needsOf(block)];
}

/** A component that calls an experimental function is itself experimental. */
function stability(definition: ComponentDefinition, block: BlockSyntax): readonly StabilityRequirement[] {
  let callsExperimental = false;
  walkBody(block.body, (value) => {
    callsExperimental ||= value.kind === "call" && experimentalFunctions.has(nameOf(value.function) ?? "");
  });
  if (callsExperimental) return [{ kind: "stability", level: "experimental" }];
  return definition.stability === "community" ? [] : [{ kind: "stability", level: definition.stability }];
}
