import type { ApiRequirement, Requirement } from "../schema/requirement";
import { attributeIn, type BodySyntax } from "../syntax/tree";
import { bodyIn, isTrue, literal, literals } from "./literals";

const watch = ["list", "watch"];

/**
 * The API groups and resources that each role of `discovery.kubernetes` watches.
 * Source: github.com/prometheus/prometheus v0.312.0, discovery/kubernetes/kubernetes.go (read).
 */
const discoveryRoles: Readonly<Record<string, readonly (readonly [apiGroup: string, resource: string])[]>> = {
  node: [["", "nodes"]],
  pod: [["", "pods"]],
  service: [["", "services"]],
  endpoints: [
    ["", "endpoints"],
    ["", "services"],
    ["", "pods"],
  ],
  endpointslice: [
    ["discovery.k8s.io", "endpointslices"],
    ["", "services"],
    ["", "pods"],
  ],
  ingress: [["networking.k8s.io", "ingresses"]],
};

/** Discovery lists and watches what its role names; other metadata costs a right of its own. */
export function discoveryNeed(body: BodySyntax): readonly Requirement[] {
  const role = literal(body, "role");
  const namespaces = discoveredNamespaces(body);
  const metadata = bodyIn(body, "attach_metadata");
  const watched = typeof role === "string" ? discoveryRoles[role] : undefined;
  if (watched === undefined) return [];
  return [
    ...watched.map(([apiGroup, resource]) => api(apiGroup, resource, watch, { namespaces })),
    ...(isTrue(metadata, "node") ? [api("", "nodes", watch)] : []),
    ...(isTrue(metadata, "namespace") ? [api("", "namespaces", watch)] : []),
  ];
}

/** The namespaces that discovery is limited to, where that is known. */
export function discoveredNamespaces(body: BodySyntax): readonly string[] | undefined {
  const limits = bodyIn(body, "namespaces");
  // The agent's own namespace is not known here.
  const own = limits && attributeIn(limits, "own_namespace");
  const isLimited = limits !== undefined && (own === undefined || literal(limits, "own_namespace") === false);
  return isLimited ? literals(limits, "names") : undefined;
}

/** One ConfigMap. */
export function configMapNeed(body: BodySyntax): readonly Requirement[] {
  return [objectOf("configmaps", body)];
}

/** One Secret. */
export function secretNeed(body: BodySyntax): readonly Requirement[] {
  return [objectOf("secrets", body)];
}

/** One object, by its name where that is known before Alloy runs. */
function objectOf(resource: string, body: BodySyntax): ApiRequirement {
  return api("", resource, ["get"], {
    namespaces: literals(body, "namespace"),
    resourceNames: literals(body, "name"),
  });
}

/** The events of some namespaces, or of all. */
export function eventsNeed(body: BodySyntax): readonly Requirement[] {
  return [api("", "events", watch, { namespaces: literals(body, "namespaces") })];
}

/** The logs of pods that targets name. */
export function containerLogsNeed(): readonly Requirement[] {
  return [api("", "pods", ["get"]), api("", "pods/log", ["get"])];
}

/** The pods that PodLogs choose, and their logs. Source: internal/component/loki/source/podlogs of Alloy v1.18.1 (read). */
export function podLogsNeed(): readonly Requirement[] {
  return [
    api("monitoring.grafana.com", "podlogs", watch),
    api("", "namespaces", watch),
    api("", "pods", ["get", ...watch]),
    api("", "pods/log", ["get"]),
  ];
}

/** PrometheusRules of all namespaces. */
export function prometheusRulesNeed(): readonly Requirement[] {
  return operatorObjects("prometheusrules");
}

/** AlertmanagerConfigs of all namespaces. */
export function alertmanagerConfigsNeed(): readonly Requirement[] {
  return operatorObjects("alertmanagerconfigs");
}

/** Objects of Prometheus' operator in all namespaces. Source: internal/component/{mimir,loki}/rules/kubernetes (read). */
function operatorObjects(resource: string): readonly Requirement[] {
  return [api("", "namespaces", watch), api("monitoring.coreos.com", resource, watch)];
}

/** PodMonitors, and the pods that they choose. */
export function podMonitorsNeed(body: BodySyntax): readonly Requirement[] {
  return monitors("podmonitors", "pod", body);
}

/** Probes, and the Ingresses that they choose. */
export function probesNeed(body: BodySyntax): readonly Requirement[] {
  return monitors("probes", "ingress", body);
}

/** ScrapeConfigs, which choose nothing of Kubernetes. */
export function scrapeConfigsNeed(body: BodySyntax): readonly Requirement[] {
  return monitors("scrapeconfigs", "", body);
}

/** ServiceMonitors, and the Endpoints that they choose, or EndpointSlices. */
export function serviceMonitorsNeed(body: BodySyntax): readonly Requirement[] {
  const role = literal(body, "kubernetes_role");
  return monitors("servicemonitors", typeof role === "string" ? role : "endpoints", body);
}

/**
 * The monitors of Prometheus' operator, and what discovers what they choose. Secrets that monitors name are not in it.
 * Source: internal/component/prometheus/operator of Alloy v1.18.1 (read).
 *
 * @param role by which their targets are discovered
 */
function monitors(resource: string, role: string, body: BodySyntax): readonly Requirement[] {
  return [
    api("monitoring.coreos.com", resource, watch, { namespaces: literals(body, "namespaces") }),
    ...(discoveryRoles[role] ?? []).map(([apiGroup, name]) => api(apiGroup, name, watch)),
  ];
}

/** Pods by their addresses, with what owns them. Source: processor/k8sattributesprocessor's README (read). */
export function podAttributesNeed(body: BodySyntax): readonly Requirement[] {
  const filter = bodyIn(body, "filter");
  const namespaces = filter && literals(filter, "namespace");
  return [
    api("", "pods", ["get", ...watch], { namespaces }),
    api("", "namespaces", ["get", ...watch]),
    api("apps", "replicasets", ["get", ...watch], { namespaces }),
  ];
}

/** What detectors ask the API for. Source: Alloy's page of `otelcol.processor.resourcedetection` (read). */
export function detectedNeed(body: BodySyntax): readonly Requirement[] {
  return (literals(body, "detectors") ?? []).flatMap((detector) => {
    switch (detector) {
      case "kubernetes_node":
        return [api("", "nodes", ["get", "list"])];
      case "kubeadm":
        return [
          api("", "configmaps", ["get"], { namespaces: ["kube-system"], resourceNames: ["kubeadm-config"] }),
        ];
      case "openshift":
        return [api("config.openshift.io", "infrastructures", ["get", ...watch])];
      default:
        return [];
    }
  });
}

function api(
  apiGroup: string,
  resource: string,
  verbs: readonly string[],
  {
    namespaces,
    resourceNames,
  }: { [key in "namespaces" | "resourceNames"]?: readonly string[] | undefined } = {},
): ApiRequirement {
  return { kind: "api", apiGroup, resource, verbs, namespaces, resourceNames };
}
