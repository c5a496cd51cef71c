import type { StabilityLevel } from "../schema/definition";
import { type Format, formatOf, typeName } from "../schema/format";
import { functions } from "../schema/functions";
import { nearest } from "../schema/nearest";
import { unwritable } from "../syntax/literals";
import { type AttributeSyntax, nameOf, type Operator, type Syntax } from "../syntax/tree";
import type { Diagnostics } from "./diagnostics";
import { checkLevel } from "./limits";
import { type Named, partOf, type Scope } from "./scope";
import type { Wire } from "./wiring";

const [any, bool, number, text] = [formatOf("any"), formatOf("bool"), formatOf("float"), formatOf("string")];

/** Knows what values give, and reports names and calls that Alloy would refuse. Each part is visited once. */
export class Values {
  /** What the values refer to, in the order of the text; each once. */
  readonly wires: Wire[] = [];
  private readonly known = new Map<Syntax, Format>();
  private attribute = "";
  private holder: AttributeSyntax | undefined;

  /**
   * @param stability the agent's, if there is one
   * @param component whose values are visited
   */
  constructor(
    private readonly scope: Scope,
    private readonly diagnostics: Diagnostics,
    private readonly stability: StabilityLevel | undefined,
    private readonly component: Named,
  ) {}

  /** Visits the value of an attribute. @param path the blocks around it, such as `output.` */
  visitAttribute(attribute: AttributeSyntax, path: string): void {
    this.diagnostics.attribute = attribute;
    this.attribute = path + attribute.name;
    this.holder = attribute;
    // What stands in two attributes is visited for each.
    this.known.clear();
    this.formatOf(attribute.value);
  }

  /** What a value gives. */
  formatOf(value: Syntax): Format {
    if (value.kind === "literal") return this.literal(value);
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const format = this.visit(value);
    this.known.set(value, format);
    return format;
  }

  private literal(value: Syntax & { readonly kind: "literal" }): Format {
    this.writable(value);
    if (typeof value.value === "string") return text;
    if (typeof value.value === "boolean") return bool;
    return value.value === null ? any : number;
  }

  private visit(value: Exclude<Syntax, { readonly kind: "literal" }>): Format {
    switch (value.kind) {
      case "list":
        for (const item of value.items) this.formatOf(item);
        return { kind: "list", of: any };
      case "map":
        this.writable(value);
        for (const [, entry] of value.entries) this.formatOf(entry);
        return { kind: "map", of: any };
      case "mistake":
        this.diagnostics.add("error", value, value.message);
        return any;
      case "identifier":
      case "export":
        return this.name(value);
      case "access":
        return nameOf(value) === undefined ? partOf(this.formatOf(value.of)) : this.name(value);
      case "parentheses":
        return this.formatOf(value.of);
      case "index":
        this.formatOf(value.key);
        return partOf(this.formatOf(value.of));
      case "negation":
        return this.negation(value, value.operator, this.formatOf(value.of));
      case "operation":
        return this.operation(
          value,
          value.operator,
          value.parts.map((part) => this.formatOf(part)),
        );
      case "call":
        return this.call(value.function, value.args);
    }
  }

  /** What a program made has to come back from its text. */
  private writable(value: Syntax): void {
    const mistake = value.at === undefined ? unwritable(value) : undefined;
    if (mistake !== undefined) this.diagnostics.add("error", value, mistake);
  }

  private operation(value: Syntax, operator: Operator, parts: readonly Format[]): Format {
    const mistake = operandMistake(operator, parts);
    if (mistake !== undefined) this.diagnostics.add("error", value, mistake);
    return formatOfOperation(operator, parts);
  }

  private negation(value: Syntax, operator: "!" | "-", of: Format): Format {
    const wanted = operator === "!" ? bool : number;
    if (of.kind !== "any" && typeName(of) !== typeName(wanted)) {
      this.diagnostics.add("error", value, `${operator} takes a ${typeName(wanted)}, not a ${typeName(of)}`);
    }
    return wanted;
  }

  private name(value: Syntax): Format {
    const resolved = this.scope.resolved(value, this.component);
    if (resolved.kind === "mistake") {
      this.diagnostics.add("error", value, resolved.message, { about: "reference" });
      // It is used all the same.
      if (resolved.of !== undefined) this.refer(value, resolved.of, "");
      return any;
    }
    if (resolved.kind === "export") this.refer(value, resolved.of, resolved.exportName);
    return resolved.format;
  }

  private refer(value: Syntax, to: Named, exportName: string): void {
    const { component: from, attribute, holder } = this;
    const isKnown = this.wires.some(
      (wire) => wire.to === to && wire.exportName === exportName && wire.attribute === attribute,
    );
    if (!isKnown && holder !== undefined) this.wires.push({ from, to, exportName, attribute, value, holder });
  }

  private call(callee: Syntax, args: readonly Syntax[]): Format {
    const name = nameOf(callee);
    const definition = name === undefined ? undefined : functions.get(name);
    for (const arg of args) this.formatOf(arg);
    if (definition === undefined) {
      if (name === undefined) return any;
      const near = nearest(name, functions.keys());
      this.diagnostics.add(
        "error",
        callee,
        `there is no function ${name}${near === undefined ? "" : `; write ${near}`}`,
      );
      return any;
    }
    const { params, isVariadic, optional, now, returns } = definition;
    if (definition.isExperimental) this.experimental(definition.name, callee);
    if (now !== undefined) this.diagnostics.add("warning", callee, `${name} is deprecated; write ${now}`);
    const least = isVariadic ? params.length - 1 : params.length - optional;
    if (args.length < least || (!isVariadic && args.length > params.length)) {
      const wanted = isVariadic
        ? `${least} or more`
        : optional > 0
          ? `${least} to ${params.length}`
          : String(least);
      this.diagnostics.add("error", callee, `${name} takes ${wanted} arguments, not ${args.length}`);
    }
    args.forEach((arg, index) => {
      const param = params[Math.min(index, params.length - 1)];
      if (param !== undefined) this.checkArgument(param, arg);
    });
    return returns;
  }

  private experimental(name: string, callee: Syntax): void {
    checkLevel(name, "experimental", callee, this.stability, this.diagnostics);
  }

  private checkArgument(param: Format, arg: Syntax): void {
    this.diagnostics.format(param, arg, (part) => this.formatOf(part));
  }
}

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
function operandMistake(operator: Operator, operands: readonly Format[]): string | undefined {
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
function formatOfOperation(operator: Operator, operands: readonly Format[]): Format {
  if (/^[=!<>&|]/.test(operator)) return bool;
  if (operator !== "+") return number;
  const secret =
    operands.find(({ kind }) => kind === "secret") ?? operands.find(({ kind }) => kind === "any");
  if (secret !== undefined) return secret;
  return operands.every((one) => typeName(one) === "number") ? number : text;
}
