import type { AlloyConfig, ApiRequirement, RequirementOf } from "../../lib/alloy";
import { agentContainer } from "../../lib/chart";
import type { Environment } from "../../lib/environment";
import {
  type AccessGrant,
  type AgentPodSecurity,
  type AlloyWorkload,
  type PathAccess,
  type PodAccess,
  type PodGrants,
  requiredOf,
  tokenHolders,
} from "../../lib/workload";
import { secretSources, secretTable } from "./destinations";
import { code, listed, sorted, table } from "./markdown";
import { loopbackWords, networkWords } from "./network";

/** A right on the Kubernetes API, as it is granted. */
type Right = Omit<ApiRequirement, "kind" | "namespaces"> & { readonly namespace?: string | undefined };

/** The rights on the Kubernetes API that are granted, a resource a row, with the components that use them. */
export function apiTable(grants: readonly AccessGrant[], requirements: readonly RequirementOf[]): string {
  const rights = grants.flatMap(({ namespace, rules }) =>
    rules.flatMap(({ apiGroups = [], resources = [], resourceNames, verbs }) =>
      apiGroups.flatMap((apiGroup) =>
        resources.map((resource) => ({
          namespace,
          apiGroup,
          resource,
          verbs,
          resourceNames,
        })),
      ),
    ),
  );
  const rows = rights.map((right) => [
    right.namespace === undefined ? "the whole cluster" : `namespace ${code(right.namespace)}`,
    code(right.apiGroup === "" ? right.resource : `${right.resource}.${right.apiGroup}`),
    right.resourceNames === undefined ? "all" : listed(right.resourceNames.map(code)),
    right.verbs.join(", "),
    users(right, requirements),
  ]);
  return rows.length === 0 ? "None." : table(["Where", "Resource", "Objects", "Verbs", "Needed by"], rows);
}

/** The components that use a right; with the part that they use, where that is not all of it. */
function users(right: Right, requirements: readonly RequirementOf[]): readonly string[] {
  return requiredOf(requirements, "api").flatMap(({ component, requirement }) => {
    const verbs = requirement.verbs.filter((verb) => right.verbs.includes(verb));
    if (verbs.length === 0 || !covers(right, requirement)) return [];
    const { namespaces, resourceNames } = requirement;
    const part = [
      ...(verbs.length < right.verbs.length ? [verbs.join(", ")] : []),
      ...(right.namespace === undefined && namespaces ? [`in ${listed(namespaces.map(code))} only`] : []),
      ...(right.resourceNames === undefined && resourceNames
        ? [`on ${listed(resourceNames.map(code))} only`]
        : []),
    ];
    return [`${code(component)}${part.length === 0 ? "" : ` (${part.join(", ")})`}`];
  });
}

/** Whether a right is one on all that a component wants, verbs aside. */
function covers({ namespace, apiGroup, resource, resourceNames }: Right, wanted: ApiRequirement): boolean {
  return (
    apiGroup === wanted.apiGroup &&
    resource === wanted.resource &&
    (namespace === undefined || (wanted.namespaces?.includes(namespace) ?? false)) &&
    (resourceNames === undefined ||
      (wanted.resourceNames?.every((name) => resourceNames.includes(name)) ?? false))
  );
}

/** What the Pod Security level below doesn't admit of an environment's pod. */
const below = { restricted: "", baseline: "restricted", privileged: "baseline" } as const;

/**
 * The Pod Security level of the agent's namespace, and why it is no lower.
 *
 * @param isMade whether the Namespace is, with its level
 */
export function podSecurityWords({ level, needed, reasons }: AgentPodSecurity, isMade: boolean): string {
  const asked = isMade
    ? level === needed
      ? `The namespace's level is ${code(level)}, the lowest that admits the agent's pod.`
      : `The namespace's level is ${code(level)}, as ${code("pod_security")} says. The lowest that admits the agent's pod is ${code(needed)}.`
    : `The namespace is made by others, as ${code("create_namespace")} says. It has to admit the level ${code(needed)}, the lowest that admits the agent's pod.`;
  if (reasons.length === 0) return asked;
  const rows = reasons.map(({ what, components }) => [what, sorted(components)]);
  return [asked, table([`What ${code(below[needed])} doesn't admit`, "Needed by"], rows)].join("\n\n");
}

/** What is read of a workload. */
type Written = Pick<AlloyWorkload, "access" | "apiGrants" | "grants" | "network" | "podSecurity" | "render">;

/**
 * Everything that the agent may do beyond running in its own container, and the components that need it.
 */
export function privilegesOf(environment: Environment, config: AlloyConfig, workload: Written): string {
  const { access, apiGrants, grants, podSecurity } = workload;
  return [
    "## Privileges",
    "What the agent's pod has beyond its own containers, read from its manifests, and the components or the setting that need it.",
    ["### Kubernetes API", apiTable(apiGrants, config.requirements)],
    ["### Paths of the node", pathTable(access, grants)],
    ["### Storage", storage(grants), ...forgotten(grants, config)],
    ["### Secrets", secretTable(access), ...secretSources(environment)],
    ["### Capabilities", capabilityTable(access)],
    ["### Containers", containerTable(access), token(workload)],
    ...others(access),
    ["### Pod Security", podSecurityWords(podSecurity, environment.createNamespace)],
    ["### Network", networkWords(workload), ...loopbackWords(workload, config.requirements)],
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

/** Which containers have the token of the ServiceAccount: by its volume, or all by chart values. */
function token({ render }: Written): string {
  const holders = tokenHolders(render.daemonSet().podTemplate);
  if (holders === "all") return "All containers have the token of the ServiceAccount, by chart values.";
  return holders.length === 0
    ? "No container has a token for the Kubernetes API."
    : `The token of the ServiceAccount, for the Kubernetes API, is in ${listed(holders.map(code))} alone.`;
}

/** What else the pod has: nothing is said where there is nothing. */
function others({ others: all }: PodAccess): readonly string[] {
  const rows = all.map(({ what, components }) => [code(what), sorted(components)]);
  return rows.length === 0 ? [] : ["### What else the pod has", table(["What", "By"], rows)];
}

function pathTable({ paths }: PodAccess, { storagePath }: PodGrants): string {
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

/** Which container it is, in words; nothing for Alloy's own. */
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

/** What is lost with the pod, though it should outlive it. */
function forgotten({ storagePath }: PodGrants, { requirements }: AlloyConfig): readonly string[] {
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
