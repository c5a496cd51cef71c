import type { Requirement, RequirementOf, UnknownRequirement } from "../../alloy";
import { type BlockSyntax, nodePath, walkBody } from "../../alloy";
import type { AlloyNeeds, Environment } from "../../environment";
import { secretFiles, secretsFolder } from "../node/node";
import type { FileMistake } from "./blocks";

/** A component of a file. */
export interface FileComponent {
  /** With the module that it stands in, such as `declare.a/prometheus.scrape.b`. */
  readonly address: string;
  readonly block: BlockSyntax;
}

type Needing = Pick<Environment, "alloyNeeds" | "hostNetwork" | "networkPolicy">;

/**
 * What components of files require, with what settings say in the place of what only a running Alloy knows, and with the
 * Secrets whose files they name.
 */
export function withNeeds(
  requirements: readonly RequirementOf[],
  components: readonly FileComponent[],
  { alloyNeeds }: Needing,
): readonly RequirementOf[] {
  return [
    ...requirements.filter(
      ({ component, requirement }) => !isAnswered(requirement, alloyNeeds.get(component)),
    ),
    ...components.flatMap(({ address, block }) =>
      [...saidNeeds(alloyNeeds.get(address)), ...secretsOf(block)].map((requirement) => ({
        component: address,
        requirement,
      })),
    ),
  ];
}

function isAnswered(requirement: Requirement, said: AlloyNeeds | undefined): boolean {
  return requirement.kind === "unknown" && said !== undefined;
}

function saidNeeds(
  { connections, paths }: AlloyNeeds = { connections: [], paths: [] },
): readonly Requirement[] {
  return [
    ...connections.map(
      ({ host, port }): Requirement => ({
        kind: "connection",
        to: { type: "host", port, ...(host !== undefined && { host }) },
      }),
    ),
    ...paths.map((path) => nodePath(path)),
  ];
}

/** The Secrets whose files a component names, wherever: as a file to read, or in an argument such as `ca_file`. */
function secretsOf({ body }: BlockSyntax): readonly Requirement[] {
  const keys = new Map<string, Set<string>>();
  walkBody(body, (value) => {
    const path = value.kind === "literal" ? value.value : undefined;
    const [, secret, key] = (typeof path === "string" && fileOfSecret.exec(path)) || [];
    if (secret !== undefined && key !== undefined) keys.set(secret, (keys.get(secret) ?? new Set()).add(key));
  });
  return [...keys].map(([secret, names]) => secretFiles(secret, ...names));
}

const fileOfSecret = new RegExp(
  `^${secretsFolder}/([a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9][-a-z0-9]*)*)/([-._A-Za-z0-9]+)$`,
);

/** Asks for what only a running Alloy knows, where the workload has to grant it. */
export function missingNeeds(
  requirements: readonly RequirementOf[],
  components: readonly FileComponent[],
  { hostNetwork, networkPolicy }: Needing,
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
