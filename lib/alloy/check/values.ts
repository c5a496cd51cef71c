import { type Format, formatOf } from "../schema/format";
import { functions } from "../schema/functions";
import { nearest } from "../schema/nearest";
import { nameOf, type Syntax } from "../syntax/tree";
import type { Diagnostics } from "./diagnostics";
import { type Named, partOf, type Scope } from "./scope";

const [any, bool, number, text] = [formatOf("any"), formatOf("bool"), formatOf("float"), formatOf("string")];

/** Knows what values give, and reports names and calls that Alloy would refuse. Each part is visited once. */
export class Values {
  private readonly known = new Map<Syntax, Format>();

  /** @param refer told of each component that a value refers to */
  constructor(
    private readonly scope: Scope,
    private readonly diagnostics: Diagnostics,
    private readonly refer: (to: Named, value: Syntax, exportName: string) => void,
  ) {}

  /** What a value gives. */
  formatOf(value: Syntax): Format {
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const format = this.visit(value);
    this.known.set(value, format);
    return format;
  }

  private visit(value: Syntax): Format {
    switch (value.kind) {
      case "literal":
        return typeof value.value === "string"
          ? text
          : typeof value.value === "boolean"
            ? bool
            : value.value === null
              ? any
              : number;
      case "list":
        for (const item of value.items) this.formatOf(item);
        return { kind: "list", of: any };
      case "map":
        for (const [, entry] of value.entries) this.formatOf(entry);
        return { kind: "map", of: any };
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
        this.formatOf(value.of);
        return value.operator === "!" ? bool : number;
      case "operation":
        return this.operation(
          value.operator,
          value.parts.map((part) => this.formatOf(part)),
        );
      case "call":
        return this.call(value.function, value.args);
    }
  }

  private operation(operator: string, parts: readonly Format[]): Format {
    if (/^[=!<>&|]/.test(operator)) return bool;
    if (operator !== "+") return number;
    return parts.every((part) => part.kind === "float" || part.kind === "integer")
      ? number
      : (parts.find((part) => part.kind === "secret") ?? any);
  }

  private name(value: Syntax): Format {
    const name = nameOf(value) ?? "";
    const resolved = this.scope.resolve(name);
    if (resolved.kind === "mistake") {
      this.diagnostics.add("error", value, resolved.message);
      return any;
    }
    if (resolved.kind === "export") {
      this.refer(resolved.of, value, name.slice(resolved.of.address.length + 1).split(".")[0] ?? "");
    }
    return resolved.format;
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

  private checkArgument(param: Format, arg: Syntax): void {
    this.diagnostics.format(param, arg, (part) => this.formatOf(part));
  }
}
