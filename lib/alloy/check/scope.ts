import type { NamedMember } from "../schema/body";
import type { ComponentDefinition, ExportKind } from "../schema/definition";
import { type Format, formatOf } from "../schema/format";
import { constantNames, functions } from "../schema/functions";
import { openDefinition } from "../schema/modules";
import { nearest } from "../schema/nearest";
import { type Addressed, type BlockSyntax, nameOf, type Syntax, walkBody } from "../syntax/tree";
import type { Checked } from "./diagnostics";
import type { GraphNode } from "./graph";

/** A component, or a block such as `argument`, that others may refer to. */
export interface Named extends GraphNode, Checked {
  readonly block: BlockSyntax;
  /** The `declare` that it is an instance of. @default - of none, or of one whose text is not known */
  readonly declared?: BlockSyntax | undefined;
}

/** What a name in a value stands for. */
export type Resolved =
  | { readonly kind: "export"; readonly of: Named; readonly exportName: string; readonly format: Format }
  | { readonly kind: "other"; readonly format: Format }
  | {
      readonly kind: "mistake";
      readonly message: string;
      readonly format: Format;
      /** The component that is meant, if there is one. */
      readonly of: Named | undefined;
    };

/** A custom component, and what an instance of it takes and gives. */
export interface DeclaredComponent {
  readonly declare: BlockSyntax;
  readonly instance: ComponentDefinition;
}

const any = formatOf("any");

/** What the values of a config, or of a `declare`, may refer to. */
export class Scope {
  readonly components = new Map<string, Named>();
  /** The custom components that may stand here, by the names of their `declare`. */
  readonly declares = new Map<string, DeclaredComponent>();
  /** The `import.*` by their labels: what is below them is known to Alloy alone. */
  readonly imports = new Map<string, BlockSyntax>();
  /** The variables of `foreach`. */
  readonly variables = new Set<string>();

  /**
   * @param around the scope around that of a module. @default - it is that of the file
   * @param seesComponents whether values may refer to components of the scope around, as in a `foreach`; otherwise its custom
   * components alone are known
   */
  constructor(
    private readonly definitions: ReadonlyMap<string, ComponentDefinition>,
    private readonly around?: Scope,
    private readonly seesComponents = false,
  ) {}

  /** What is known of a block with this name. */
  definitionOf(name: string): ComponentDefinition | undefined {
    const declared = this.declared(name);
    if (declared !== undefined) return declared.instance;
    return this.imported(name) === undefined ? this.definitions.get(name) : openDefinition(name);
  }

  /** The custom component of this name. */
  declared(name: string): DeclaredComponent | undefined {
    return this.declares.get(name) ?? this.around?.declared(name);
  }

  /** The `import.*` that a custom component of this name is from. */
  imported(name: string): BlockSyntax | undefined {
    const [first = ""] = name.split(".");
    return this.imports.get(first) ?? this.around?.imported(name);
  }

  /** What is wrong with the name of a block of which nothing is known. */
  unknownBlock(name: string): string {
    const homes = [...this.definitions.values()]
      .filter(({ body }) => isBlock(body.byAlloyName.get(name)))
      .map((definition) => definition.name);
    const here = new Set([...this.components.values()].map(({ block }) => block.name));
    const [home] = homes.filter((one) => here.has(one)).concat(homes);
    if (home !== undefined) {
      return `${name} can't stand here; write it into ${homes.length === 1 ? "" : "a component such as "}${home}`;
    }
    const near = nearest(name, [...this.allDeclares(), ...this.definitions.keys()]);
    return `there is no component ${name}${near === undefined ? "" : `; write ${near}`}`;
  }

  /** Finds what a value that is a name stands for in a component. */
  resolved(value: Syntax, from: Named): Resolved {
    return value.kind === "export"
      ? this.resolveExport(value.component, value.name)
      : this.resolve(nameOf(value) ?? "", from);
  }

  /** Finds what an export of a component that a program made stands for. */
  private resolveExport(component: Addressed, exportName: string): Resolved {
    const { address } = component;
    const found = this.components.get(address);
    if (found !== undefined && found.owner === component) return exportOf(found, exportName, []);
    if (this.seesComponents && this.around !== undefined) {
      return this.around.resolveExport(component, exportName);
    }
    return mistake(`${address} is of another config or module: ${component.node.path}`);
  }

  /** Finds what a dotted name stands for. */
  private resolve(name: string, from: Named): Resolved {
    const [first = ""] = name.split(".");
    if (this.hasVariable(first) || first === "module_path") return { kind: "other", format: any };
    const component = this.componentIn(name);
    if (component !== undefined) return exportIn(component, name);
    if (constantNames.includes(name)) return { kind: "other", format: formatOf("string") };
    if (functions.has(name)) return mistake(`${name} is a function; write ${name}(...)`);
    return mistake(this.unknownName(name, from));
  }

  private unknownName(name: string, from: Named): string {
    const words = name.split(".");
    const wanted = this.definitionOf(words.slice(0, -2).join("."))?.exports?.[words.at(-1) ?? ""];
    const known = [...this.exportsFor(wanted, from), ...constantNames];
    const near = nearest(
      name,
      known.filter((one) => isLike(one.split("."), words)),
    );
    if (words.length === 1) return `${name} stands for nothing; write ${near ?? `"${name}" if it is a text`}`;
    const address = words.slice(0, -1).join(".");
    return `there is no ${address}; ${near === undefined ? "add it, or refer to what there is" : `write ${near}`}`;
  }

  /** The exports that a component may refer to, without a cycle. @param wanted their kind. @default - any */
  private exportsFor(wanted: ExportKind | undefined, from: Named): readonly string[] {
    const own = [...this.components.values()].flatMap((one) => {
      const names = Object.entries(one.definition?.exports ?? {}).filter(
        ([, kind]) => wanted === undefined || kind === wanted,
      );
      return this.leadsTo(one, from) ? [] : names.map(([name]) => `${one.address}.${name}`);
    });
    return this.seesComponents && this.around !== undefined
      ? [...own, ...this.around.exportsFor(wanted, from)]
      : own;
  }

  /** Whether a component refers to another, be it by way of others. */
  private leadsTo(one: Named, other: Named, seen = new Set<Named>()): boolean {
    if (one === other) return true;
    if (seen.has(one)) return false;
    seen.add(one);
    let leads = false;
    walkBody(one.block.body, (value) => {
      const address = value.kind === "export" ? value.component.address : (nameOf(value) ?? "");
      const next = this.componentIn(address);
      if (next !== undefined && this.leadsTo(next, other, seen)) leads = true;
    });
    return leads;
  }

  /** The component that a name begins with. */
  private componentIn(name: string): Named | undefined {
    for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1)) {
      const found = this.components.get(name.slice(0, end));
      if (found !== undefined) return found;
    }
    return this.seesComponents ? this.around?.componentIn(name) : undefined;
  }

  private hasVariable(name: string): boolean {
    return this.variables.has(name) || (this.seesComponents && this.around?.hasVariable(name) === true);
  }

  private allDeclares(): readonly string[] {
    return [...this.declares.keys(), ...(this.around?.allDeclares() ?? [])];
  }
}

function isBlock(member: NamedMember | undefined): boolean {
  return member !== undefined && "multiplicity" in member;
}

/** Whether one name may be meant by another: all but one of their words are the same. */
function isLike(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.filter((word, index) => word !== other[index]).length <= 1;
}

/** What a name is of a component that it begins with. */
function exportIn(of: Named, name: string): Resolved {
  const [exportName = "", ...fields] = name.slice(of.address.length + 1).split(".");
  return exportOf(of, exportName, fields);
}

/** What an export is, or a part of it. */
function exportOf(of: Named, exportName: string, fields: readonly string[]): Resolved {
  const { address, definition } = of;
  if (definition === undefined || definition.isOpen === true) {
    return { kind: "export", of, exportName, format: any };
  }
  const exports = definition.exports ?? {};
  const kind = exports[exportName];
  if (kind !== undefined) {
    const format = fields.reduce(partOf, formatOf(kind));
    return { kind: "export", of, exportName, format };
  }
  const names = Object.keys(exports);
  if (names.length === 0) return mistake(`${address} has no exports`, of);
  const wanted = nearest(exportName, names) ?? names.join(" or ");
  return mistake(
    exportName === ""
      ? `${address} is no value; write ${names.map((one) => `${address}.${one}`).join(" or ")}`
      : `${address} has no export ${exportName}; write ${wanted}`,
    of,
  );
}

/** What a map or a list holds. */
export function partOf(format: Format): Format {
  return format.kind === "map" || format.kind === "list" ? format.of : any;
}

function mistake(message: string, of?: Named): Resolved {
  return { kind: "mistake", message, format: any, of };
}
