import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";

/** What a module exports, as the compiler declares it. */
export interface Declaration {
  readonly name: string;
  /** The module, as a path from lib/alloy without its ending. */
  readonly module: string;
  /** The comment on it, without its stars. */
  readonly comment: string;
  /** Its type, with the comments on its members, and without what is private. */
  readonly source: string;
}

const root = join(__dirname, "../..");

/**
 * The exports of lib/alloy/index.ts, by the declarations that the compiler writes of it.
 *
 * @throws Error with what the compiler says where it can't
 */
export function libraryDeclarations(): readonly Declaration[] {
  const folder = mkdtempSync(join(tmpdir(), "declarations-"));
  try {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const options = ["--emitDeclarationOnly", "--noCheck", "--outDir", folder];
    const { status, stdout } = spawnSync(
      process.execPath,
      [tsc, "--project", join(root, "packages/alloy"), ...options],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stdout);
    return withBases(join(folder, "lib/alloy"), exportsOf(join(folder, "lib/alloy"), "index"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param folder of the declarations @param module a path from there, without its ending */
function exportsOf(folder: string, module: string): readonly Declaration[] {
  const text = readFileSync(join(folder, `${module}.d.ts`), "utf8");
  const statements = statementsIn(text);
  const declarations = statements.flatMap((statement) => {
    const [, list, from] =
      /^export (?:type )?(\*(?: as \w+)?|\{[^}]*\}) from "(.*)";/.exec(statement.source) ?? [];
    if (list === undefined || from === undefined) {
      const { name, comment, source } = statement;
      if (name === undefined || !source.startsWith("export ")) return [];
      // What a member is the type of, where that is not exported itself.
      const local = [...source.matchAll(/: typeof (\w+);/g)].flatMap(
        ([, of]) => statements.find((one) => one.name === of && !one.source.startsWith("export ")) ?? [],
      );
      return [{ name, module, comment, source: [source, ...local.map((one) => one.source)].join("") }];
    }
    const names = new Set(list.match(/\w+/g));
    const target = moduleAt(folder, module, from);
    const own = exportsOf(folder, target);
    const [, namespace] = /^\* as (\w+)$/.exec(list) ?? [];
    if (namespace === undefined) return own.filter(({ name }) => list === "*" || names.has(name));
    const source = `declare namespace ${namespace} {\n  export { ${own.map(({ name }) => name).join(", ")} };\n}\n`;
    return [{ name: namespace, module: target, comment: "", source }];
  });
  // What `export type *` has too is exported by its name.
  return declarations.filter(
    ({ name }, place) => declarations.findIndex((one) => one.name === name) === place,
  );
}

/** Declarations with those that they extend, where these are not exported by themselves. */
function withBases(folder: string, declarations: readonly Declaration[]): readonly Declaration[] {
  const exported = new Set(declarations.map(({ name }) => name));
  return declarations.map((one) => {
    const [, list = ""] =
      /^export (?:declare )?(?:abstract )?(?:class|interface) .*? extends ([^{]*) \{$/m.exec(one.source) ??
      [];
    const bases = list
      .replaceAll(/<[^>]*>/g, "")
      .split(/, | implements /)
      .filter((name) => name !== "" && !exported.has(name));
    return {
      ...one,
      source: one.source + bases.map((name) => statementOf(folder, one.module, name)).join(""),
    };
  });
}

/** The declaration that a module names, of its own or of another; none where it is of another package. */
function statementOf(folder: string, module: string, name: string): string {
  const text = readFileSync(join(folder, `${module}.d.ts`), "utf8");
  const [, from] = new RegExp(`^import [^;]*\\b${name}\\b[^;]* from "(\\..*)";`, "m").exec(text) ?? [];
  if (from !== undefined) return statementOf(folder, moduleAt(folder, module, from), name);
  const found = statementsIn(text).find((one) => one.name === name);
  return found === undefined ? "" : found.doc + found.source;
}

/** The module that another one imports from a path. */
function moduleAt(folder: string, module: string, path: string): string {
  const target = normalize(join(dirname(module), path));
  return existsSync(join(folder, `${target}.d.ts`)) ? target : join(target, "index");
}

interface Statement {
  readonly name: string | undefined;
  readonly comment: string;
  /** The comment as it stands before it. */
  readonly doc: string;
  source: string;
}

/** The statements of a file of declarations; those of one name are one. */
function statementsIn(text: string): readonly Statement[] {
  const pieces = text.split(/^(?=\/\*\*|export |declare |type |interface |import )/m);
  const statements: Statement[] = [];
  let comment = "";
  for (const piece of pieces) {
    if (piece.startsWith("/**")) {
      comment = piece;
      continue;
    }
    const [, name] =
      /^(?:export )?(?:declare )?(?:abstract )?(?:class|function|const|interface|type) (\w+)/.exec(piece) ??
      [];
    const source = publicPart(piece);
    const known = statements.find((one) => name !== undefined && one.name === name);
    if (known === undefined) statements.push({ name, comment: withoutStars(comment), doc: comment, source });
    // An overload, with a comment of its own.
    else known.source += comment + source;
    comment = "";
  }
  return statements;
}

/** A class without its private members, and the comments on them. */
function publicPart(source: string): string {
  return source.replaceAll(/^ {4}(?:\/\*\*(?:(?!\*\/).)*\*\/\s*)?private (?!constructor)[^;]*;\n/gms, "");
}

function withoutStars(comment: string): string {
  return comment
    .replace(/^\/\*\*\s?|\s*\*\/\s*$/g, "")
    .replaceAll(/^\s*\* ?/gm, "")
    .trim();
}
