import { isJsonMap, type JsonMap, type Manifest, mapAt, mapsAt, textsAt } from "../../../lib/chart";
import type { Agent } from "./agent";

/** How it is said that no policy limits a direction, in or out. */
const unlimited = /^connections .*everywhere: /;

export function isOpenNetwork(what: string): boolean {
  return unlimited.test(what);
}

export function isConnection(what: string): boolean {
  return what.startsWith("connections ");
}

/** What the network lets out of the agent's pods and in to them, as NetworkPolicies of its namespace say. */
export function connectionsOf(manifests: readonly Manifest[], { pod, workload }: Agent): readonly string[] {
  // No NetworkPolicy holds for a pod on the node's network.
  if (pod.spec.hostNetwork === true) return ["connections to and from everywhere: the node's network"];
  const policies = manifests.filter(
    ({ kind, namespace }) => kind === "NetworkPolicy" && namespace === workload.namespace,
  );
  return (["Egress", "Ingress"] as const).flatMap((type) => {
    const limiting = policies.filter(({ content }) => limits(mapAt(content, "spec"), type));
    const [key, peers, word] =
      type === "Egress" ? (["egress", "to", "to"] as const) : (["ingress", "from", "from"] as const);
    if (limiting.length === 0) return [`connections ${word} everywhere: no NetworkPolicy limits them`];
    return limiting.flatMap(({ content }) =>
      mapsAt(mapAt(content, "spec"), key).flatMap((rule) => {
        const places = Array.isArray(rule[peers]) ? mapsAt(rule, peers).map(peerWords) : ["everywhere"];
        return places.map((place) => `connections ${word} ${place}${portWords(rule)}`);
      }),
    );
  });
}

/**
 * Whether a policy limits a direction. One without types limits what comes in, and what goes out if it has rules for that.
 * Source: Kubernetes' API reference, NetworkPolicySpec (read).
 */
function limits(spec: JsonMap, type: "Egress" | "Ingress"): boolean {
  if (spec.policyTypes === undefined) return type === "Ingress" || spec.egress !== undefined;
  return textsAt(spec, "policyTypes").includes(type);
}

function peerWords(peer: JsonMap): string {
  const { cidr } = mapAt(peer, "ipBlock");
  if (cidr !== undefined) {
    const except = textsAt(mapAt(peer, "ipBlock"), "except");
    return `${cidr}${except.length === 0 ? "" : ` but for ${except.join(", ")}`}`;
  }
  const namespaces = isJsonMap(peer.namespaceSelector)
    ? namespaceWords(peer.namespaceSelector)
    : "its own namespace";
  const pods = isJsonMap(peer.podSelector) ? selectorWords(peer.podSelector) : "";
  return pods === "" ? namespaces : `pods ${pods} of ${namespaces}`;
}

/** The label that Kubernetes puts on each namespace. */
const nameLabel = "kubernetes.io/metadata.name";

function namespaceWords(selector: JsonMap): string {
  const { [nameLabel]: name, ...others } = mapAt(selector, "matchLabels");
  const isNamed =
    name !== undefined && Object.keys(others).length === 0 && selector.matchExpressions === undefined;
  if (isNamed) return `namespace ${name}`;
  const words = selectorWords(selector);
  return words === "" ? "all namespaces" : `namespaces ${words}`;
}

function selectorWords(selector: JsonMap): string {
  return [
    ...Object.entries(mapAt(selector, "matchLabels")).map(([key, value]) => `${key}=${value}`),
    ...mapsAt(selector, "matchExpressions").map((expression) => {
      const values = textsAt(expression, "values").join("|");
      if (expression.operator === "In") return `${expression.key}=${values}`;
      return `${expression.key} ${expression.operator}${values === "" ? "" : ` ${values}`}`;
    }),
  ].join(" ");
}

/** A port without a number is every port. */
function portWords(rule: JsonMap): string {
  const ports = mapsAt(rule, "ports").map(({ protocol = "TCP", port, endPort }) => {
    const numbers = endPort === undefined ? port : `${port}-${endPort}`;
    return port === undefined ? `any ${protocol} port` : `${protocol} ${numbers}`;
  });
  return ports.length === 0 ? "" : ` at ${ports.join(", ")}`;
}
