import type { ResourceAmounts, Resources } from "./environment";
import { hasValue, type PlainSettings } from "./plain-settings";
import type { Report } from "./report";
import type { Settings } from "./settings";

const kinds = ["requests", "limits"] as const;
const names = ["cpu", "memory"] as const;

/** A number with a suffix, as Kubernetes writes amounts. No unit is smaller than a thousandth. */
export const quantityPattern = /^(\d+(?:\.\d+)?|\.\d+)(m|k|[MGTPE]|[KMGTPE]i|)$/;

/** What an environment asks for; `none` takes one away. */
export function agentResources(settings: Settings["resources"]): Resources {
  return { requests: amounts("requests", settings), limits: amounts("limits", settings) };
}

/**
 * Reports each amount that is asked for and more than its limit.
 *
 * @param settings as they stand in the file
 */
export function checkResources(
  { requests, limits }: Resources,
  settings: PlainSettings,
  report: Report,
): void {
  for (const name of names) {
    const [request, limit] = [requests[name], limits[name]];
    if (request !== undefined && limit !== undefined && inBaseUnits(request) > inBaseUnits(limit)) {
      const asked = hasValue(settings, ["resources", "requests", name]);
      report.add(
        ["resources", asked ? "requests" : "limits", name],
        asked
          ? `is more than resources.limits.${name}, which is ${limit}; write less, or raise that`
          : `is less than resources.requests.${name}, which is ${request}; write more, or lower that`,
      );
    }
  }
}

function amounts(kind: (typeof kinds)[number], settings: Settings["resources"]): ResourceAmounts {
  const entries = names.flatMap((name): [string, string][] => {
    const amount = settings[kind][name];
    return amount === "none" ? [] : [[name, amount]];
  });
  return Object.fromEntries(entries);
}

const decimal = ["", "k", "M", "G", "T", "P", "E"];
const binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** In cores or bytes; what is no quantity, and reported as that, is no number. */
export function inBaseUnits(quantity: string): number {
  const [, digits = "", suffix = ""] = quantityPattern.exec(quantity) ?? [];
  if (digits === "") return Number.NaN;
  if (suffix === "m") return Number(digits) / 1000;
  return (
    Number(digits) * (suffix.endsWith("i") ? 1024 ** binary.indexOf(suffix) : 1000 ** decimal.indexOf(suffix))
  );
}
