import type { Format } from "./body";
import { regexpMistake } from "./regexp";
import type { Syntax } from "./syntax";

const duration = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const size = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*(?:(?:[KMGTPE]i?)?B?)$/;

/** Reports a literal that Alloy would refuse for its format. What an expression gives is Alloy's to check. */
export function checkFormat(format: Format, value: Syntax, report: (message: string) => void): void {
  if (format === "any") return;
  if (value.kind === "list") {
    for (const item of value.items) checkFormat(format, item, report);
  } else if (value.kind === "map") {
    for (const [, entry] of value.entries) checkFormat(format, entry, report);
  } else if (value.kind === "literal") {
    const mistake = mistakeIn(format, value.value);
    if (mistake !== undefined) report(`${JSON.stringify(value.value)} ${mistake}`);
  }
}

function mistakeIn(
  format: Exclude<Format, "any">,
  value: string | number | boolean | null,
): string | undefined {
  switch (format) {
    case "duration":
      return typeof value === "string" && duration.test(value)
        ? undefined
        : 'is no duration; write one such as "30s"';
    case "size":
      return typeof value === "string" && size.test(value)
        ? undefined
        : 'is no size; write one such as "512MiB"';
    case "regexp":
      return typeof value === "string" ? regexpMistake(value) : "is no regexp";
    case "integer":
      return Number.isSafeInteger(value) ? undefined : "is no whole number";
    case "count":
      return Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : "is no whole number from 0 on";
  }
}
