import type { BlockSyntax, Place } from "../../alloy";

/** What is wrong in a file, at its place. */
export interface FileMistake {
  readonly at: Place;
  readonly message: string;
  /** The component that more has to be said of beside the file, and what that may be. @default - it is in the file */
  readonly asks?: { readonly component: string; readonly example: string };
}

export function mistake(at: Place | undefined, message: string): readonly FileMistake[] {
  return at === undefined ? [] : [{ at, message }];
}

/** The blocks of Alloy itself that no file may have, and what to do without them. */
const blocksOfAlloy: Readonly<Record<string, string>> = {
  http: "can't stand here, as the probes and the reloader need Alloy's server as it is; remove it",
  livedebugging: "is a setting of the environment; write livedebugging: true there, and remove it here",
  remotecfg: "can't stand here, as nobody knows what it would load; write the components of it here",
};

/** Finds blocks that Alloy would take, but that an agent with the pipeline can't have. */
export function blockMistakes(block: BlockSyntax): readonly FileMistake[] {
  const { name, body, at } = block;
  const message = blocksOfAlloy[name];
  if (message !== undefined) return mistake(at, `${name} ${message}`);
  if (name !== "logging") return moduleMistakes(block);
  const format = body.attributes.find((attribute) => attribute.name === "format");
  const isLogfmt =
    format === undefined || (format.value.kind === "literal" && format.value.value === "logfmt");
  return isLogfmt
    ? []
    : mistake(format.at, "the agent limits its own log, which it reads as logfmt; remove format");
}

/** The components that look into processes of the node. Source: Alloy's pages of them (read). */
const ofPrivileged: readonly string[] = ["beyla.ebpf", "pyroscope.ebpf", "pyroscope.java"];

/**
 * Finds what no agent of this project can run, in modules too: a module of elsewhere is not known, and the pod has no file
 * of it.
 */
function moduleMistakes({ name, at, body }: BlockSyntax): readonly FileMistake[] {
  if (name.startsWith("import.")) {
    const message = "loads what isn't known here, and a file that isn't in the pod";
    return mistake(at, `${name} ${message}; write its declares into a file beside this one`);
  }
  if (ofPrivileged.includes(name)) {
    const message = "takes a privileged container and the node's processes, which the agent isn't given";
    return mistake(at, `${name} ${message}; run it in an Alloy of its own`);
  }
  return name === "declare" ? body.blocks.flatMap(moduleMistakes) : [];
}
