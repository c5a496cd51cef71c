import {
  type BlockSyntax,
  type BodySyntax,
  type Component,
  nameOf,
  type Place,
  type RequirementOf,
  type Syntax,
  textOf,
  type UnknownRequirement,
  walkBody,
  walkValue,
} from "../../alloy";
import type { Environment } from "../../environment";
import { alternatives, carriesCredentials, holdsSecret } from "../../schema";
import { secretsFolder } from "../surroundings/secrets";
import type { End } from "./ends";

/** What is wrong in a file, at its place. */
export interface FileMistake {
  readonly at: Place;
  readonly message: string;
  /** The component that more has to be said of beside the file, and what that may be. @default - it is in the file */
  readonly asks?: { readonly component: string; readonly example: string };
}

/** What a check of files knows of the pipeline. */
export interface OwnPipeline {
  readonly ends: readonly End[];
  /** The addresses of its own components. */
  readonly addresses: ReadonlySet<string>;
}

/** Finds what Alloy would take in a file, but an agent with the pipeline can't have: blocks, and what they refer to. */
export function mistakesIn(body: BodySyntax, own: OwnPipeline): readonly FileMistake[] {
  return [...body.blocks.flatMap(blockMistakes), ...endMistakes(body, own)];
}

/** Asks for what only a running Alloy knows, where the workload has to grant it. */
export function missingNeeds(
  requirements: readonly RequirementOf[],
  components: readonly Pick<Component, "address" | "block">[],
  { hostNetwork, networkPolicy }: Pick<Environment, "hostNetwork" | "networkPolicy">,
): readonly FileMistake[] {
  const blocks = new Map(components.map(({ address, block }) => [address, block]));
  const isLimited = networkPolicy && !hostNetwork;
  const asked = new Set<string>();
  return requirements.flatMap(({ component, requirement }) => {
    const block = blocks.get(component);
    if (requirement.kind !== "unknown" || block?.at === undefined) return [];
    if (requirement.of === "connection" && !isLimited) return [];
    const id = `${component} ${requirement.of}`;
    if (asked.has(id)) return [];
    asked.add(id);
    return [{ at: requirement.at ?? block.at, ...question(component, requirement) }];
  });
}

function question(component: string, { of, argument }: UnknownRequirement): Omit<FileMistake, "at"> {
  const [missing, example] =
    of === "connection"
      ? ["where it connects to", "mimir.example.com:443"]
      : ["which files of the node it reads", "/var/log/app"];
  const said = argument === undefined ? "no argument says" : `${argument} doesn't say`;
  return { message: `${said} before Alloy runs ${missing}`, asks: { component, example } };
}

/** What is wrong with a secret in a file, and what to do instead. */
export const literalSecret = `a secret is never a literal; put it into a Secret, and read it of ${secretsFolder}/SECRET/KEY by local.file`;

/** Finds literals that are secrets, though no type says so: in URLs, and in headers and parameters of requests. */
export function secretMistakes({ attributes, blocks }: BodySyntax): readonly FileMistake[] {
  return [
    ...attributes.flatMap(({ name, value }) => {
      const found: (Place | undefined)[] = [];
      walkValue(value, (part) => {
        if (holdsSecret(textOf(part) ?? "")) found.push(part.at);
        for (const [key, entry] of part.kind === "map" ? part.entries : []) {
          const named = /headers$|^params$/.test(name) ? key : /^__param_(.*)$/.exec(key)?.[1];
          for (const one of entry.kind === "list" ? entry.items : [entry]) {
            const text = textOf(one) ?? "";
            if (named !== undefined && text !== "" && carriesCredentials(named, text)) found.push(one.at);
          }
        }
      });
      return found.flatMap((at) => mistake(at, literalSecret));
    }),
    ...blocks.flatMap(({ body }) => secretMistakes(body)),
  ];
}

function mistake(at: Place | undefined, message: string): readonly FileMistake[] {
  return at === undefined ? [] : [{ at, message }];
}

/** The blocks of Alloy itself that no file may have, and what to do without them. */
const blocksOfAlloy: Readonly<Record<string, string>> = {
  http: "can't stand here, as the probes and the reloader need Alloy's server as it is; remove it",
  livedebugging: "is a setting of the environment; write livedebugging: true there, and remove it here",
  remotecfg: "can't stand here, as nobody knows what it would load; write the components of it here",
};

function blockMistakes(block: BlockSyntax): readonly FileMistake[] {
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

/** The references to components of the pipeline that are no ends, and the signals that an end doesn't take. */
function endMistakes(body: BodySyntax, { ends, addresses }: OwnPipeline): readonly FileMistake[] {
  const found: FileMistake[] = [];
  for (const block of body.blocks) {
    // What stands in a declare sees nothing of the pipeline.
    if (block.name === "declare") continue;
    walkBody(block.body, (value) => {
      const name = referenceOf(value, addresses);
      if (name === undefined || ends.some((one) => one.name === name)) return;
      found.push(
        ...mistake(
          value.at,
          `${name} is of the pipeline's inside, and may change; write ${alternatives(ends.map((one) => one.name))}`,
        ),
      );
    });
    found.push(...signalMistakes(block.body, ends));
  }
  return found;
}

/** The export of a component of the pipeline that a value is, with what is taken of it left out. */
function referenceOf(value: Syntax, addresses: ReadonlySet<string>): string | undefined {
  const name = value.kind === "access" ? nameOf(value) : undefined;
  const address = name?.slice(0, name.lastIndexOf("."));
  return address !== undefined && addresses.has(address) ? name : undefined;
}

function signalMistakes(body: BodySyntax, ends: readonly End[]): readonly FileMistake[] {
  return body.blocks.flatMap((block) => {
    if (block.name !== "output") return signalMistakes(block.body, ends);
    return block.body.attributes.flatMap(({ name: signal, value }) => {
      const items = value.kind === "list" ? value.items : [];
      return items.flatMap((item) => {
        const end = ends.find((one) => one.name === nameOf(item));
        return end === undefined || end.signals.some((taken) => taken === signal)
          ? []
          : mistake(
              item.at,
              `${end.name} takes ${alternatives(end.signals)} alone; send ${signal} elsewhere`,
            );
      });
    });
  });
}
