import { ottl } from "../../alloy";

/** The log records that tell nothing: CoreDNS warns at every reload that it has no further files to import. */
export const noise: readonly string[] = [
  ottl`resource.attributes["k8s.namespace.name"] == "kube-system" and resource.attributes["k8s.container.name"] == "coredns" and IsMatch(log.body, "No files matching import glob pattern")`,
];
