import { argumentIn, type BlockSyntax, blockIn, type Component, literalIn } from "../../lib/alloy";
import type { Environment } from "../../lib/environment";
import type { Labels } from "../../lib/testing";
import type { PodOptions } from "./options";

/** A container that runs on some node. */
export interface Pod extends PodOptions {
  readonly container: string;
}

/**
 * The pod that is meant: what its name tells, then what the command line says.
 *
 * Source of what AIStore's pods are called and labelled: github.com/NVIDIA/ais-k8s, operator/pkg/resources, read.
 */
export function podOf(options: PodOptions, { aistore }: Pick<Environment, "aistore">): Pod {
  const { namespace, name } = options;
  const [, set = "", cluster, component = ""] = /^((.+)-(proxy|target))-\d+$/.exec(name) ?? [];
  const isAistore = aistore.some((one) => one.namespace === namespace && one.name === cluster);
  if (cluster === undefined || !isAistore) return { ...options, container: options.container ?? "main" };
  const labels = {
    app: cluster,
    component,
    "app.kubernetes.io/name": cluster,
    "app.kubernetes.io/component": component,
  };
  return {
    ...options,
    container: options.container ?? "ais-node",
    controller: options.controller ?? { kind: "StatefulSet", name: set },
    labels: new Map([...Object.entries(labels), ...options.labels]),
  };
}

/**
 * The target that `discovery.kubernetes` makes of a container without ports, in the role pod. What changes while a pod
 * lives is as it is while it runs. Source: github.com/prometheus/prometheus v0.311.3, discovery/kubernetes/pod.go, read.
 */
export function targetOf({ namespace, name, container, image, controller, labels, node }: Pod): Labels {
  const meta = "__meta_kubernetes_";
  const ofLabels = [...labels].flatMap(([key, value]) => {
    const label = key.replaceAll(/[^a-zA-Z0-9_]/g, "_");
    return [
      [`${meta}pod_label_${label}`, value],
      [`${meta}pod_labelpresent_${label}`, "true"],
    ];
  });
  const address = "192.0.2.1";
  return {
    __address__: address,
    [`${meta}namespace`]: namespace,
    [`${meta}pod_name`]: name,
    [`${meta}pod_ip`]: address,
    [`${meta}pod_host_ip`]: "192.0.2.2",
    [`${meta}pod_node_name`]: node,
    [`${meta}pod_phase`]: "Running",
    [`${meta}pod_ready`]: "true",
    [`${meta}pod_uid`]: "00000000-0000-0000-0000-000000000000",
    [`${meta}pod_container_name`]: container,
    [`${meta}pod_container_init`]: "false",
    ...(image !== undefined && { [`${meta}pod_container_image`]: image }),
    ...(controller !== undefined && {
      [`${meta}pod_controller_kind`]: controller.kind,
      [`${meta}pod_controller_name`]: controller.name,
    }),
    ...Object.fromEntries(ofLabels),
  };
}

/**
 * The labels of a log that `loki.source.kubernetes` reads. Source: a run of PrepareLabels and NewTarget of Alloy v1.18.1,
 * internal/component/loki/source/kubernetes/kubetail.
 */
export function labelsOfLog(target: Labels, source: string): Labels {
  const first = (...names: readonly string[]) => names.map((name) => target[name]).find(Boolean) ?? "";
  const namespace = first("__pod_namespace__", "__meta_kubernetes_namespace");
  const pod = first("__pod_name__", "__meta_kubernetes_pod_name");
  const container = first("__pod_container_name__", "__meta_kubernetes_pod_container_name");
  const own = { job: source, instance: `${namespace}/${pod}:${container}`, ...target };
  return Object.fromEntries(
    Object.entries(own).filter(([name, value]) => !name.startsWith("__") && value !== ""),
  );
}

/**
 * Why a `discovery.kubernetes` doesn't find a pod on its own node; undefined where it does. Of fields that it selects by, the
 * pod's node is that of an agent.
 *
 * @param own the agent's namespace
 */
export function notFound({ block }: Component, pod: Pod, own: string): string | undefined {
  const namespaces = blockIn(block, "namespaces");
  const names = [
    ...textsIn(namespaces, "names"),
    ...(literalIn(namespaces, "own_namespace") === true ? [own] : []),
  ];
  if (names.length > 0 && !names.includes(pod.namespace)) {
    return `looks for pods of ${names.join(", ")} alone`;
  }
  const selectors = block.body.blocks
    .filter((one) => one.name === "selectors" && literalIn(one, "role") === "pod")
    .flatMap((one) => literalIn(one, "label") ?? []);
  const selector = selectors.find((one) => !isSelected(String(one), pod.labels));
  return selector === undefined ? undefined : `looks for pods with the labels ${selector} alone`;
}

function textsIn(block: BlockSyntax | undefined, name: string): readonly string[] {
  const value = argumentIn(block, name);
  if (value?.kind !== "list") return [];
  return value.items.flatMap((item) => (item.kind === "literal" ? [String(item.value)] : []));
}

/** Whether labels meet a selector, as Kubernetes has them: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. */
export function isSelected(selector: string, labels: ReadonlyMap<string, string>): boolean {
  const requirements = selector.match(/[^,(]+(\([^)]*\))?/g) ?? [];
  return requirements.every((text) => {
    const [, key = "", isIn, list] = /^\s*(\S+)\s+(in|notin)\s*\(([^)]*)\)\s*$/.exec(text) ?? [];
    if (list !== undefined) {
      const value = labels.get(key);
      const isListed = value !== undefined && list.split(",").some((one) => one.trim() === value);
      return isListed === (isIn === "in");
    }
    const [, name = "", operator, value = ""] = /^\s*([^=!\s]+)\s*(==?|!=)\s*(\S*)\s*$/.exec(text) ?? [];
    if (operator !== undefined) return (labels.get(name) === value) === (operator !== "!=");
    const [, not, present = ""] = /^\s*(!?)\s*(\S+)\s*$/.exec(text) ?? [];
    return labels.has(present) === (not === "");
  });
}
