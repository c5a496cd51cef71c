import { RootConstruct } from "constructs";
import {
  AlloyConfig,
  type BodySyntax,
  ConfigText,
  type ConnectionRequirement,
  type ParsedConfig,
  type Requirement,
  type StabilityLevel,
  stabilityLevels,
} from "../../lib/alloy";
import type { Definitions } from "./modules";

/** What a program says first: what its config requires where it runs. */
export function headOf(text: ParsedConfig, definitions: Definitions, file: string): readonly string[] {
  const config = new AlloyConfig(new RootConstruct(), "config");
  new ConfigText(config, "text", { text, definitions });
  const lines = config.requirements.flatMap(({ component, requirement }) => {
    const words = requirementWords(requirement);
    return words === undefined ? [] : [`- ${component}: ${words}`];
  });
  const levels = config.requirements.flatMap(({ requirement }) =>
    requirement.kind === "stability" ? [requirement.level] : [],
  );
  return [
    `Made of ${file}. Where it runs, it requires:`,
    `- the stability level ${strictest(levels)}`,
    ...(hasCommunityComponents(text.body, definitions) ? ["- --feature.community-components.enabled"] : []),
    ...new Set(lines),
  ];
}

/** Whether components of the community are in a body, or in the modules in it. */
export function hasCommunityComponents({ blocks }: BodySyntax, definitions: Definitions): boolean {
  return blocks.some(
    ({ name, body }) =>
      definitions.get(name)?.stability === "community" || hasCommunityComponents(body, definitions),
  );
}

function strictest(levels: readonly StabilityLevel[]): StabilityLevel {
  return stabilityLevels.findLast((level) => levels.includes(level)) ?? "generally-available";
}

/** A requirement in words; the level of all is said once. */
export function requirementWords(requirement: Requirement): string | undefined {
  switch (requirement.kind) {
    case "api": {
      const { apiGroup, resource, verbs, namespaces, resourceNames } = requirement;
      const group = apiGroup === "" ? "" : ` of ${apiGroup}`;
      const which = resourceNames === undefined ? "" : ` named ${resourceNames.join(", ")}`;
      const where = namespaces === undefined ? "" : ` in the namespaces ${namespaces.join(", ")}`;
      return `to ${verbs.join(" and ")} ${resource}${group}${which}${where}`;
    }
    case "hostPath":
      return `the node's ${requirement.hostPath} at ${requirement.mountPath}`;
    case "capability":
      return `the capability ${requirement.capability}`;
    case "secretFiles":
      return `${requirement.keys.join(", ")} of the Secret ${requirement.secret} at ${requirement.mountPath}`;
    case "connection":
      return `to reach ${peerText(requirement.to)}`;
    case "loopbackPort":
      return `port ${requirement.port} at 127.0.0.1`;
    case "port":
      return `to be reached at port ${requirement.port} over ${requirement.protocol}`;
    case "unknown": {
      const what = requirement.of === "connection" ? "to reach" : "to read of the node";
      const { argument } = requirement;
      return `${what} what ${argument === undefined ? "only a running Alloy knows" : `${argument} says where it runs`}`;
    }
    case "podField":
      return `the pod's ${requirement.fieldPath} as ${requirement.variable}`;
    case "storage":
      return "a storage path that outlives the pod";
    case "version":
      return `an Alloy that knows ${requirement.what}`;
    case "stability":
      return undefined;
  }
}

function peerText(to: ConnectionRequirement["to"]): string {
  switch (to.type) {
    case "pods": {
      const labels = Object.entries(to.labels).map(([name, values]) => `${name}=${values.join("|")}`);
      const where = to.namespace === undefined ? "" : ` in ${to.namespace}`;
      return labels.length === 0 ? `all pods${where}` : `pods with ${labels.join(", ")}${where}`;
    }
    case "host":
      return to.host === undefined ? `port ${to.port} of a host` : `${to.host}:${to.port}`;
    case "loopback":
      return `port ${to.port} at 127.0.0.1`;
  }
}
