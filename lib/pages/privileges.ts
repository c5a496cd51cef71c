import type { AlloyConfig } from "../alloy";
import type { Environment } from "../environment";
import type { AlloyWorkload } from "../workload";
import type { PathAccess, PodAccess } from "../workload/access/access";
import { type PodGrants, podGrants } from "../workload/grants/pod-grants";
import { requiredOf } from "../workload/grants/required";
import { agentContainer } from "../workload/names";
import { apiTable } from "./api-rights";
import { code, listed, table } from "./markdown";
import { loopbackWords, networkWords } from "./network";
import { podSecurityWords } from "./pod-security";
import { secretSources, secretTable } from "./secrets";
import { sorted } from "./sorted";

/**
 * Everything that the agent may do beyond running in its own container, and the components that need it.
 *
 * @throws WorkloadError when requirements contradict each other
 */
export function privilegesOf(
  environment: Environment,
  config: AlloyConfig,
  { access, podSecurity, network }: Pick<AlloyWorkload, "access" | "podSecurity" | "network">,
): string {
  const grants = podGrants(config.requirements, environment.storagePath);
  return [
    "## Privileges",
    "What the agent's pod has beyond its own containers, read from its manifests, and the components or the setting that need it.",
    ["### Kubernetes API", apiTable(config.requirements)],
    ["### Paths of the node", pathTable(access, environment)],
    ["### Storage", storage(grants), ...forgotten(environment, config)],
    ["### Secrets", secretTable(access), ...secretSources(environment)],
    ["### Capabilities", capabilityTable(access)],
    ["### Containers", containerTable(access), token(access)],
    ...others(access),
    ["### Pod Security", podSecurityWords(podSecurity, environment.createNamespace)],
    ["### Network", networkWords(environment, network), ...loopbackWords(environment, config.requirements)],
    ["### Stability level", stability(grants)],
  ]
    .flat()
    .join("\n\n");
}

/** What every container is held to, and what each has beyond that. */
function containerTable({ containers }: PodAccess): string {
  const rows = containers.map(({ name, first, image, user, beyond, components }) => [
    code(name),
    code(image),
    first ? `${user}, before the others start` : user,
    beyond.length === 0 ? "nothing" : beyond.map(({ what }) => what.replace(`container ${name} `, "")),
    wanting([...components, ...beyond.flatMap((grant) => grant.components)]),
  ]);
  const rule =
    "No container may gain privileges that it doesn't start with, write to its root file system, or use other system calls than the container runtime allows by default, unless this table says so. Root without capabilities reads of the node what root owns, and what everybody may read.";
  return [rule, table(["Container", "Image", "User", "Beyond that", "By"], rows)].join("\n\n");
}

function wanting(components: readonly string[]): readonly string[] {
  return components.length === 0 ? ["the chart"] : sorted(components);
}

function token({ others }: PodAccess): string {
  const all = others.some(({ what }) => what.startsWith("token of"));
  return all
    ? "All containers have the token of the ServiceAccount, by chart values."
    : "Only the agent has the token of its ServiceAccount, and only if a component uses the Kubernetes API.";
}

/** What else the pod has: nothing is said where there is nothing. */
function others({ others: all }: PodAccess): readonly string[] {
  const rows = all.map(({ what, components }) => [code(what), sorted(components)]);
  return rows.length === 0 ? [] : ["### What else the pod has", table(["What", "By"], rows)];
}

function pathTable({ paths }: PodAccess, { storagePath }: Environment): string {
  const rows = paths
    .filter((one) => one.path !== storagePath || one.mountPath !== storagePath)
    .toSorted((a, b) => (a.mountPath < b.mountPath ? -1 : 1))
    .map((one) => [
      code(one.path),
      `${code(one.mountPath)}${inside(one.container)}`,
      accessWords(one),
      sorted(one.components),
    ]);
  if (rows.length === 0) return "None.";
  const all = table(["Path", "In the container", "Access", "Needed by"], rows);
  return paths.some(({ path }) => path === "/") ? `${all}\n\n${sockets}` : all;
}

/** In words, where it isn't Alloy's own container. */
function inside(container: string): string {
  return container === agentContainer ? "" : ` of ${code(container)}`;
}

/** What a read-only mount doesn't say of itself. */
const sockets =
  "A socket can be connected to wherever it is mounted, read-only too: below the node's root that is every one that root may, the container runtime's among them.";

function accessWords({ readOnly, propagation }: PathAccess): string {
  const mode = readOnly ? "read" : "read and write";
  if (propagation === "Bidirectional") return `${mode} (what it mounts, the node sees)`;
  return propagation === "HostToContainer" ? `${mode} (with what is mounted later)` : mode;
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

function capabilityTable({ capabilities }: PodAccess): string {
  const rows = capabilities.map(({ capability, container, components }) => [
    `${code(capability)}${inside(container)}`,
    sorted(components),
  ]);
  return rows.length === 0 ? "None." : table(["Capability", "Needed by"], rows);
}

function stability({ stability: { level, components } }: PodGrants): string {
  const reason =
    level === "generally-available"
      ? "all components are generally available"
      : `${listed(sorted(components))} ${components.length === 1 ? "needs" : "need"} it`;
  return `${code(level)}: ${reason}.`;
}
