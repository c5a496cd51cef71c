import { type Page, readPages } from "./docs";
import type { AlloySources, Module, SourceSchema } from "./sources";

/** What is read of a version of Alloy. */
export interface VersionSources {
  readonly alloy: Module;
  readonly syntax: Module;
  readonly source: SourceSchema;
  /** The documentation, by what each page is of. */
  readonly pages: ReadonlyMap<string, Page>;
}

/** Reads a version, with the module of the configuration language that it is built with. */
export function readVersion(sources: AlloySources, version: string): VersionSources {
  const alloy = sources.of(version);
  const syntax = sources.syntaxOf(alloy);
  return { alloy, syntax, source: sources.schemaOf(alloy, syntax), pages: readPages(alloy.folder) };
}
