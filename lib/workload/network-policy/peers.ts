import type { HostPeer, PodsPeer } from "../../alloy/requirement";
import { agentNamespace } from "../names";

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

/** A host: the pods of a namespace if it is a Service's name, else a port of every address that it may stand for. */
export function toHost({ host = "", port }: HostPeer): readonly Egress[] {
  const namespace = serviceNamespace(host);
  const anywhere = { what: `TCP ${port}`, rule: { ports: [{ protocol: "TCP", port }] } } as const;
  const inCluster = namespace === undefined ? [] : [toNamespace(namespace)];
  return isOnlyService(host) ? inCluster : [...inCluster, anywhere];
}

/** The API server is no pod. By its Service it is reached at one port, by itself at another. */
export function toApiServer(ports: readonly number[]): Egress {
  return {
    what: `the Kubernetes API at TCP ${ports.join(", ")}`,
    rule: { ports: ports.map((port) => ({ protocol: "TCP", port })) },
  };
}

/** Where names are looked up: in Kubernetes, and in OpenShift, whose pods have a port of their own. */
export const toDns: readonly Egress[] = [dns("kube-system", 53), dns("openshift-dns", 5353)];

function dns(namespace: string, port: number): Egress {
  return {
    what: `DNS in namespace ${namespace}`,
    rule: {
      to: [{ namespaceSelector: named(namespace) }],
      ports: [
        { protocol: "UDP", port },
        { protocol: "TCP", port },
      ],
    },
  };
}

function toNamespace(namespace: string): Egress {
  return {
    what: `namespace ${namespace}`,
    rule: { to: [{ namespaceSelector: named(namespace) }], ports: anyPort },
  };
}

/** The namespace of a Service's name: `loki`, `loki.logs`, `loki.logs.svc`, `loki.logs.svc.cluster.local`, … */
function serviceNamespace(host: string): string | undefined {
  if (isAddress(host) || host === "") return undefined;
  const labels = host.split(".");
  const svc = labels.lastIndexOf("svc");
  if (svc > 1) return labels[svc - 1];
  return labels.length === 1 ? agentNamespace : labels.length === 2 ? labels[1] : undefined;
}

/** With two labels it may be a Service or a machine elsewhere, with three and no `svc` it can be no Service. */
function isOnlyService(host: string): boolean {
  return serviceNamespace(host) !== undefined && host.split(".").length !== 2;
}

/** Whether a URL's host is no name, so that none is looked up. */
export function isAddress(host: string): boolean {
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
