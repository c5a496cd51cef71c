import { type Line, type Statement, sentence, sequenceChange } from "../statement";
import type { ComponentChange } from "./compare-components";

/**
 * How Alloy's configuration changes, component by component.
 *
 * @param changes those of its components; undefined where one of the two configs can't be read
 */
export function configStatements(
  before: string | undefined,
  after: string | undefined,
  changes: readonly ComponentChange[] | undefined,
): readonly Statement[] {
  if (before === undefined || after === undefined || before === after) return [];
  if (changes === undefined) return [unreadable(before, after)];
  return changes.length === 0
    ? [
        sentence(
          "Config",
          " ",
          "layout",
          "only comments, layout or the order of components: it means the same",
        ),
      ]
    : changes.flatMap(componentStatements);
}

function componentStatements({ address, change, from, parts }: ComponentChange): readonly Statement[] {
  const signs = { added: "+", removed: "-", changed: "~", renamed: "~" } as const;
  const of: Line = {
    sign: signs[change],
    text: from === undefined ? address : `${from} → ${address} (renamed)`,
  };
  if (parts.length === 0) return [{ section: "Config", of, about: "", lines: [] }];
  return parts.map(({ path, lines }) => ({ section: "Config", of, about: path, lines }));
}

/** A config that this version of the project can't read is compared line by line. */
function unreadable(before: string, after: string): Statement {
  const [gone, come] = sequenceChange(before.split("\n"), after.split("\n"));
  return {
    section: "Config",
    of: { sign: "~", text: "lines, as one of the two configs can't be read" },
    about: "lines",
    lines: [
      ...gone.map((text): Line => ({ sign: "-", text })),
      ...come.map((text): Line => ({ sign: "+", text })),
    ],
  };
}
