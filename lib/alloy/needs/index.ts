import type { ComponentDefinition } from "../schema/definition";
import { experimentalFunctions } from "../schema/functions";
import type { FindBlock, Requirement, StabilityRequirement } from "../schema/requirement";
import { Memory, type Reading } from "../syntax/memory";
import { type BlockSyntax, type BodySyntax, nameOf, walkBody } from "../syntax/tree";
import { clientNeed } from "./connections";
import { bodyIn, isTrue } from "./literals";

// The needs of all components, each of which stands once: the bindings name those that a component has, so that no others
// come with it.
export * from "./connections";
export * from "./kubernetes";
export * from "./paths";
export * from "./ports";

/** Positions or queues that must outlive the pod. */
export function storageNeed(): readonly Requirement[] {
  return [{ kind: "storage" }];
}

/** Storage for a write-ahead log, which is off by default. */
export function walNeed(body: BodySyntax): readonly Requirement[] {
  return isTrue(bodyIn(body, "wal"), "enabled") ? storageNeed() : [];
}

/** What a component needs of its surroundings, as its name and its arguments alone tell. */
export function requirementsOf(
  definition: ComponentDefinition,
  block: BlockSyntax,
  reading?: Reading,
): readonly Requirement[] {
  const { needs = [] } = definition;
  return requirements.of(reading, [definition], () => [
    ...stability(definition, block),
    ...needs.flatMap((need) => need(block.body)),
  ]);
}

const requirements = new Memory<readonly Requirement[]>();

/** A component that calls an experimental function is itself experimental. */
function stability(definition: ComponentDefinition, block: BlockSyntax): readonly StabilityRequirement[] {
  let callsExperimental = false;
  walkBody(block.body, (value) => {
    callsExperimental ||= value.kind === "call" && experimentalFunctions.has(nameOf(value.function) ?? "");
  });
  if (callsExperimental) return [{ kind: "stability", level: "experimental" }];
  return definition.stability === "community" ? [] : [{ kind: "stability", level: definition.stability }];
}

/**
 * What a component connects to, listens on and reads of the node, as far as it can be known before Alloy runs.
 *
 * @param find the components that it may have its targets of
 * @param reading what its block says, where that is known
 */
export function surroundingsOf(
  definition: ComponentDefinition,
  { body }: BlockSyntax,
  find: FindBlock,
  reading?: Reading,
): readonly Requirement[] {
  const { surroundings = [clientNeed] } = definition;
  let found: readonly Requirement[] = [];
  let asksOthers = false;
  const findOther: FindBlock = (address) => {
    asksOthers = true;
    return find(address);
  };
  const known = ownSurroundings.of(reading, [definition], () => {
    found = surroundings.flatMap((need) => need(body, findOther));
    return asksOthers ? undefined : found;
  });
  return known ?? found;
}

/** What components need of which their own blocks tell all. */
const ownSurroundings = new Memory<readonly Requirement[] | undefined>();

/**
 * Kinds of requirements, in groups: where a program says one of a group by `requires`, that takes the place of all of the group
 * that arguments tell.
 */
const groups: Readonly<Partial<Record<Requirement["kind"], string>>> = {
  connection: "connection",
  hostPath: "hostPath",
  loopbackPort: "port",
  port: "port",
};

/** What arguments tell, without the groups of which a program says something itself. */
export function unsaid(told: readonly Requirement[], said: readonly Requirement[]): readonly Requirement[] {
  if (told.length === 0) return told;
  const groupOf = (needed: Requirement) => (needed.kind === "unknown" ? needed.of : groups[needed.kind]);
  const known = new Set(said.flatMap((needed) => groups[needed.kind] ?? []));
  return told.filter((needed) => !known.has(groupOf(needed) ?? ""));
}
