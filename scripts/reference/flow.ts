import { signalsOf } from "../generate-alloy/facts";
import type { TypeSchema } from "../generate-alloy/schema";
import type { Described } from "./bodies";

/** What a component takes of others, and what it gives them: signals, and targets. */
export function flowOf(described: Described) {
  if (!("exports" in described)) return { takes: [], gives: [] };
  const { takes, sends } = signalsOf(described);
  const { args, exports } = described;
  return {
    takes: [...(args.attributes.some(({ type }) => isTargets(type)) ? ["targets"] : []), ...takes],
    gives: [...(exports.some(({ type }) => isTargets(type)) ? ["targets"] : []), ...sends],
  };
}

function isTargets(type: TypeSchema): boolean {
  return type.k === "list" && type.of.k === "target";
}
