import { stringify } from "yaml";
import type { Json } from "../../../lib/chart";
import { changeLines, itemLines, type Line, sequenceChange } from "../statement";
import type { FieldChange } from "./compare-objects";

/** How a field changes, with both values. */
export function fieldChangeLines({ path, before, after }: FieldChange): readonly Line[] {
  // A list is a change as a whole only where its items stand in another order.
  if (Array.isArray(before) && Array.isArray(after)) {
    const [old, present] = [before.map(flow), after.map(flow)];
    return itemLines(`${path}, in another order`, ...sequenceChange(old, present));
  }
  return changeLines(path, shown(before), shown(after));
}

/** A value as YAML: on one line where it fits there. */
function shown(value: Json | undefined): string | undefined {
  // Texts of several lines are compared line by line.
  if (value === undefined || (typeof value === "string" && value.includes("\n"))) return value;
  const line = flow(value);
  const isLong = typeof value === "object" && (line.length > longestMap || line.includes("\n"));
  return isLong ? stringify(value, { lineWidth: 0 }).trimEnd() : line;
}

/** A value as YAML on one line, unless it is a text of several. */
function flow(value: Json): string {
  return stringify(value, { lineWidth: 0, collectionStyle: "flow", flowCollectionPadding: false }).trimEnd();
}

/** The longest map or list that stands on one line, in characters. */
const longestMap = 80;
