import { type RenderInput, renderKey } from "../../lib/chart";

/** The inputs without those that render the same. */
export function distinctInputs(inputs: readonly RenderInput[]): readonly RenderInput[] {
  return [...new Map(inputs.map((input) => [renderKey(input), input])).values()];
}
