import { isPrintable } from "./quote";
import { type Syntax, walkValue } from "./syntax";

const halfOfPair = /\p{Surrogate}/u;

/** Reports what no text of a config can say: a literal or a key that would come back as something else. */
export function checkWritable(value: Syntax, report: (message: string) => void): void {
  walkValue(value, (part) => {
    if (part.kind === "literal") {
      if (typeof part.value === "string" && halfOfPair.test(part.value))
        report(`${JSON.stringify(part.value)} is not valid Unicode`);
      if (typeof part.value === "number" && !Number.isFinite(part.value))
        report(`${part.value} is no Alloy number`);
    } else if (part.kind === "map") {
      for (const [key] of part.entries) {
        if (!isWritableKey(key))
          report(
            `${JSON.stringify(key)} can't be a key: Alloy reads no escapes in keys; write encoding.fromJson(...)`,
          );
      }
    }
  });
}

/** Alloy takes what stands between the quotes of a key as it is, and the quotes too if nothing does. */
function isWritableKey(key: string): boolean {
  return /^[^"\\]+$/.test(key) && isPrintable(key);
}
