import { inBaseUnits, quantityPattern } from "../resources";

/** The bytes of a size such as `512Mi`; undefined for what is none, or no whole number of bytes. */
export function bytesOf(size: string): number | undefined {
  const bytes = quantityPattern.test(size) ? inBaseUnits(size) : Number.NaN;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
