import { quote } from "./quote";

/** What may stand between the parts of an OTTL statement: it becomes a literal, whatever it holds. */
export type OttlLiteral = string | number | boolean | readonly OttlLiteral[];

/**
 * A statement or condition of the OpenTelemetry Transformation Language. What is put in becomes a literal of
 * OTTL and nothing else: a string is quoted.
 *
 * ```ts
 * ottl`set(resource.attributes["cluster"], ${cluster})`
 * ```
 *
 * @throws TypeError where a number is not finite.
 */
export function ottl(parts: TemplateStringsArray, ...values: readonly OttlLiteral[]): string {
  return parts.raw.reduce((text, part, index) => text + literal(values[index - 1] ?? "") + part);
}

function literal(value: OttlLiteral): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return numberLiteral(value);
  if (typeof value === "boolean") return String(value);
  return `[${value.map(literal).join(", ")}]`;
}

/** OTTL has 64-bit integers and floats; a float has a point, even before an exponent. */
function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no OTTL number`);
  const text = String(value);
  if (Number.isSafeInteger(value) || text.includes(".")) return text;
  return text.includes("e") ? text.replace("e", ".0e") : `${text}.0`;
}
