import type { AlloyConfig } from "../alloy";
import type { Environment } from "../environment";
import type { AlloyWorkload } from "../workload";
import { type PodGrants, podGrants, readsNode } from "../workload/grants/pod-grants";
import { requiredOf } from "../workload/grants/required";
import type { VolumeGrant } from "../workload/grants/volume-grant";
import { apiTable } from "./api-rights";
import { code, listed, table } from "./markdown";
import { networkWords } from "./network";
import { podSecurityWords } from "./pod-security";
import { secretSources, secretTable } from "./secrets";
import { sorted } from "./sorted";

type VolumeMount = VolumeGrant["mounts"][number];

/**
 * Everything that the agent may do beyond running in its own container, and the components that need it.
 *
 * @throws WorkloadError when requirements contradict each other
 */
export function privilegesOf(
  environment: Environment,
  config: AlloyConfig,
  { podSecurity, network }: Pick<AlloyWorkload, "podSecurity" | "network">,
): string {
  const grants = podGrants(config.requirements, environment.storagePath);
  return [
    "## Privileges",
    "What the agent may do beyond its own container, and the components that need it.",
    ["### Kubernetes API", apiTable(config.requirements)],
    ["### Paths of the node", pathTable(grants)],
    ["### Storage", storage(grants), ...forgotten(environment, config)],
    ["### Secrets", secretTable(grants), ...secretSources(environment)],
    ["### Capabilities", capabilityTable(grants)],
    ["### Containers", containers(grants)],
    ["### Pod Security", podSecurityWords(podSecurity)],
    ["### Network", networkWords(environment, network)],
    ["### Stability level", stability(grants)],
  ]
    .flat()
    .join("\n\n");
}

function containers(grants: PodGrants): string {
  const user = readsNode(grants)
    ? "The agent runs as root without other capabilities than these: of the node it reads what root owns, and what everybody may read."
    : "Neither runs as root.";
  return `Neither container may gain privileges that it doesn't start with, or write to its root file system. Both have the system calls that the container runtime allows by default. ${user} Only the agent has the token of its ServiceAccount, and only if a component uses the Kubernetes API. What an environment's chart values say of these stands.`;
}

function pathTable({ volumes, storagePath }: PodGrants): string {
  const rows = volumes
    .filter(({ volume }) => volume.hostPath?.path !== storagePath)
    .flatMap((grant) => grant.mounts.map((mount) => ({ ...grant, mount })))
    .sort((a, b) => (a.mount.mountPath < b.mount.mountPath ? -1 : 1))
    .map(({ volume, mount, components }) => [
      code(volume.hostPath?.path ?? ""),
      code(mount.mountPath),
      access(mount),
      sorted(components),
    ]);
  if (rows.length === 0) return "None.";
  const paths = table(["Path", "In the container", "Access", "Needed by"], rows);
  const hasRoot = volumes.some(({ volume }) => volume.hostPath?.path === "/");
  return hasRoot ? `${paths}\n\n${sockets}` : paths;
}

/** What a read-only mount doesn't say of itself. */
const sockets =
  "A socket can be connected to wherever it is mounted, read-only too: below the node's root that is every one that root may, the container runtime's among them.";

function access({ readOnly, mountPropagation }: VolumeMount): string {
  const mode = readOnly ? "read" : "read and write";
  return mountPropagation === "HostToContainer" ? `${mode} (with what is mounted later)` : mode;
}

function storage({ volumes, storagePath }: PodGrants): string {
  const grant = volumes.find(({ volume }) => volume.hostPath?.path === storagePath);
  if (storagePath === undefined || grant === undefined) return "None: nothing outlives the pod.";
  return `${code(storagePath)} of the node holds what outlives the pod, such as positions and queues. It is made where it is missing. Needed by ${listed(sorted(grant.components))}.`;
}

/** What the pod's end costs where something should outlive it. */
function forgotten({ storagePath }: Environment, { requirements }: AlloyConfig): readonly string[] {
  const wanting = requiredOf(requirements, "storage").map(({ component }) => component);
  return storagePath === undefined && wanting.length > 0
    ? [
        `${listed(sorted(wanting))} would keep something on the node: without it, each new pod reads again what the node has of the logs.`,
      ]
    : [];
}

function capabilityTable({ capabilities }: PodGrants): string {
  const rows = capabilities.map(({ capability, components }) => [code(capability), sorted(components)]);
  return rows.length === 0 ? "None." : table(["Capability", "Needed by"], rows);
}

function stability({ stability: { level, components } }: PodGrants): string {
  const reason =
    level === "generally-available"
      ? "all components are generally available"
      : `${listed(sorted(components))} ${components.length === 1 ? "needs" : "need"} it`;
  return `${code(level)}: ${reason}.`;
}
