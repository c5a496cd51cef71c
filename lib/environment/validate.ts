import { safeParse } from "zod/mini";
import { isKind, wrongKind, wrongWord } from "./kind";
import type { Report } from "./report";
import type { SettingKey } from "./setting-key";
import { type Settings, settings } from "./settings";
import { reportUnknownKey } from "./unknown-key";

/** What the schema says of a value, before it is put into words. */
interface Issue {
  readonly code?: string;
  readonly input?: unknown;
  readonly expected?: unknown;
  readonly values?: unknown;
  readonly issues?: unknown;
}

/**
 * Checks each setting by itself.
 *
 * @param chartValues the keys of chart values, one of which a misspelt key may stand for
 * @returns undefined when something is wrong
 */
export function validateSettings(
  values: unknown,
  chartValues: readonly string[],
  report: Report,
): Settings | undefined {
  const result = safeParse(settings, values, { error: explain, reportInput: true });
  const issues = result.error?.issues ?? [];
  for (const issue of issues) {
    for (const name of issue.code === "unrecognized_keys" ? issue.keys : []) {
      reportUnknownKey(keyOf(issue), name, issue.input, chartValues, report);
    }
  }
  for (const issue of issues) {
    const key = keyOf(issue);
    // What is missing because its key is misspelt is reported already.
    const isMisspelt = issue.input === undefined && report.has(key);
    if (issue.code !== "unrecognized_keys" && !isMisspelt) {
      report.add(key, issue.message);
    }
  }
  return result.data;
}

function keyOf({ path }: { readonly path: readonly PropertyKey[] }): SettingKey {
  return path.map((part) => (typeof part === "symbol" ? String(part) : part));
}

/** Our words for what isn't said by the schema itself. */
function explain({ code, input, expected, values, issues }: Issue): string | undefined {
  if (code === "invalid_key" && Array.isArray(issues)) {
    return issues.map(({ message }) => String(message)).join("; ");
  }
  if (code === "invalid_union") {
    // The one union is a boolean that may be quoted.
    return wrongKind(input, ["boolean"]);
  }
  if (code === "invalid_value" && Array.isArray(values)) {
    return wrongWord(input, values.map(String));
  }
  const kind = expected === "record" ? "object" : expected;
  return code === "invalid_type" && isKind(kind) ? wrongKind(input, [kind]) : undefined;
}
