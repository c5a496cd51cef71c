import { fitsGo } from "../alloy/languages";
import type { Duration } from "../alloy/types";

/** A number with a suffix, as Kubernetes writes amounts. No unit is smaller than a thousandth. */
export const quantityPattern = /^(\d+(?:\.\d+)?|\.\d+)(m|k|[MGTPE]|[KMGTPE]i|)$/;

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

const pattern = /^(?=.)(\d+h)?(\d+m)?(\d+s)?$/;

/** Whether a text is a duration such as `90s` or `1h30m`, of 292 years at most. */
export function isDuration(text: string): text is Duration {
  return pattern.test(text) && fitsGo(text);
}

/** The bytes of a size such as `512Mi`; undefined for what is none, or no whole number of bytes. */
export function bytesOf(size: string): number | undefined {
  const bytes = quantityPattern.test(size) ? inBaseUnits(size) : Number.NaN;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
