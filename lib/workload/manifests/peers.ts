import type { HostPeer, PodsPeer } from "../../alloy";

/** The label that Kubernetes puts on each namespace: its name. */
const nameLabel = "kubernetes.io/metadata.name";

/** Objects by their labels, as Kubernetes selects them. */
interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: "In";
    readonly values: readonly string[];
  }[];
}

/** The traffic that a NetworkPolicy lets out. */
export interface EgressRule {
  /** @default - to everywhere */
  readonly to?: readonly { readonly namespaceSelector: Selector; readonly podSelector?: Selector }[];
  readonly ports: readonly { readonly protocol: "TCP" | "UDP"; readonly port?: number }[];
}

/** A rule, and what it lets out in a few words. */
export interface Egress {
  readonly what: string;
  readonly rule: EgressRule;
}

/** Services have other ports than the pods behind them, and a policy sees the pods'. */
const anyPort = [{ protocol: "TCP" }] as const;

/** Pods by their labels, in one namespace or in all. */
export function toPods({ namespace, labels }: PodsPeer): Egress {
  const words = Object.entries(labels).map(([label, values]) => `${label}=${values.join("|")}`);
  return {
    what: `pods ${words.join(" ")} of ${namespace === undefined ? "all namespaces" : `namespace ${namespace}`}`,
    rule: {
      to: [
        {
          namespaceSelector: namespace === undefined ? {} : named(namespace),
          podSelector: selectorOf(labels),
        },
      ],
      ports: anyPort,
    },
  };
}

/**
 * A host: the pods of a namespace if it is a Service's name, else a port of every address that it may stand for. What
 * stays in the pod, no policy sees.
 */
export function toHost({ host = "", port }: HostPeer, ownNamespace: string): readonly Egress[] {
  if (host === "localhost") return [];
  const service = serviceOf(host, ownNamespace);
  const inCluster = service === undefined ? [] : [toNamespace(service.namespace)];
  return service?.certain ? inCluster : [...inCluster, toAnywhere(port)];
}

/** The API server. It is no pod that a selector could name, and its Service may have another port than itself. */
export function toApiServer(ports: readonly number[]): Egress {
  return {
    what: `the Kubernetes API at TCP ${ports.join(", ")}`,
    rule: { ports: ports.map((port) => ({ protocol: "TCP", port })) },
  };
}

/**
 * Where names are looked up: what answers may be a pod or, as with a cache on each node, a process of the node, which no
 * selector selects. OpenShift's pods have a port of their own.
 */
export const toDns: readonly Egress[] = [
  { what: "DNS at port 53", rule: { ports: dnsPorts(53) } },
  {
    what: "DNS in namespace openshift-dns",
    rule: { to: [{ namespaceSelector: named("openshift-dns") }], ports: dnsPorts(5353) },
  },
];

function dnsPorts(port: number): EgressRule["ports"] {
  return [
    { protocol: "UDP", port },
    { protocol: "TCP", port },
  ];
}

function toAnywhere(port: number): Egress {
  return { what: `TCP ${port}`, rule: { ports: [{ protocol: "TCP", port }] } };
}

function toNamespace(namespace: string): Egress {
  return {
    what: `namespace ${namespace}`,
    rule: { to: [{ namespaceSelector: named(namespace) }], ports: anyPort },
  };
}

/** A Service that a host may be. */
interface Service {
  readonly namespace: string;
  /** The host can be nothing else. */
  readonly certain: boolean;
}

/**
 * The Service of a name: `loki`, `loki.logs`, `loki.logs.svc`, `loki.logs.svc.cluster.local`, … With two labels, or below
 * another domain, it may be a machine elsewhere as well. With three and no `svc` it can be no Service.
 */
function serviceOf(host: string, ownNamespace: string): Service | undefined {
  if (isAddress(host) || host === "") return undefined;
  const labels = host.replace(/\.$/, "").split(".");
  const svc = labels.lastIndexOf("svc");
  const namespace = labels[svc - 1];
  if (svc > 1 && namespace !== undefined) {
    return { namespace, certain: ["", "cluster.local"].includes(labels.slice(svc + 1).join(".")) };
  }
  const [, second] = labels;
  if (second === undefined) return { namespace: ownNamespace, certain: true };
  return labels.length === 2 ? { namespace: second, certain: false } : undefined;
}

/** Whether DNS is asked for a URL's host. */
export function isLookedUp(host: string): boolean {
  return host !== "localhost" && !isAddress(host);
}

function isAddress(host: string): boolean {
  return host.startsWith("[") || /^\d+(\.\d+){3}$/.test(host);
}

function named(namespace: string): Selector {
  return { matchLabels: { [nameLabel]: namespace } };
}

function selectorOf(labels: PodsPeer["labels"]): Selector {
  const single = Object.entries(labels).flatMap(([key, [first = "", ...more]]) =>
    more.length > 0 ? [] : [[key, first]],
  );
  const several = Object.entries(labels).filter(([, values]) => values.length > 1);
  return {
    ...(single.length > 0 && { matchLabels: Object.fromEntries(single) }),
    ...(several.length > 0 && {
      matchExpressions: several.map(([key, values]) => ({ key, operator: "In", values })),
    }),
  };
}
