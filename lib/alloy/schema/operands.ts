import type { Operator } from "../syntax/tree";
import { type Format, formatOf, typeName } from "./format";

const [bool, number, text] = [formatOf("bool"), formatOf("float"), formatOf("string")];

/** What operators take. Those that compare for being equal take all. */
const taken: Readonly<Partial<Record<Operator, readonly (readonly string[])[]>>> = {
  "||": [["bool"]],
  "&&": [["bool"]],
  "<": [["number"], ["string", "secret"]],
  "<=": [["number"], ["string", "secret"]],
  ">": [["number"], ["string", "secret"]],
  ">=": [["number"], ["string", "secret"]],
  // With a secret among strings, all is one.
  "+": [["number"], ["string", "secret"]],
  "-": [["number"]],
  "*": [["number"]],
  "/": [["number"]],
  "%": [["number"]],
  "^": [["number"]],
};

const words: Readonly<Record<string, string>> = { bool: "bools", number: "numbers", string: "strings" };

/** What keeps an operator from taking operands, if anything does that is known before Alloy runs. */
export function operandMistake(operator: Operator, operands: readonly Format[]): string | undefined {
  const types = taken[operator];
  const given = operands.filter(({ kind }) => kind !== "any");
  const names = given.map(typeName);
  if (types === undefined) return undefined;
  const isCompared = operator.startsWith("<") || operator.startsWith(">");
  const areSecrets = given.length > 1 && given.every(({ kind }) => kind === "optional_secret");
  const isHidden = isCompared && (areSecrets || given.some(({ kind }) => kind === "secret"));
  if (!isHidden && types.some((type) => names.every((name) => type.includes(name)))) return undefined;
  const wanted = types.map(([name = ""]) => words[name]).join(" or ");
  return `${operator} takes ${wanted}, not a ${[...new Set(names)].join(" and a ")}`;
}

/** What an operation gives. */
export function formatOfOperation(operator: Operator, operands: readonly Format[]): Format {
  if (/^[=!<>&|]/.test(operator)) return bool;
  if (operator !== "+") return number;
  const secret =
    operands.find(({ kind }) => kind === "secret") ?? operands.find(({ kind }) => kind === "any");
  if (secret !== undefined) return secret;
  return operands.every((one) => typeName(one) === "number") ? number : text;
}
