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
 * @throws where a number is not finite or a string is no valid Unicode.
 */
export function ottl(parts: TemplateStringsArray, ...values: readonly OttlLiteral[]): string {
  return parts.raw
    .map((part, index) => part + (index < values.length ? literal(values[index] ?? "") : ""))
    .join("");
}

function literal(value: OttlLiteral): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`${value} is no OTTL number`);
    return String(value);
  }
  return `[${value.map(literal).join(", ")}]`;
}
