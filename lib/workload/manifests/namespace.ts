import { Construct } from "constructs";
import { agentContainer, type PodSecurityLevel, podSecurityLevels } from "../../chart";
import type { PodGrants } from "../grants/pod-grants";
import { byChartValues, type Grant, requiredBy, requiredByAnnotation } from "../grants/required";
import { loopback } from "../pod/listening";
import { type PodTemplate, podSecurityOf, type Violation } from "../pod/pod-security-levels";
import { type AlloyWorkloadProps, type NameOf, ownName, type PropMistake } from "../props/props";
import { manifest } from "./manifest";

/** What an {@link AgentNamespace} takes. */
export interface AgentNamespaceProps {
  readonly name: string;
  readonly podSecurity: AgentPodSecurity;
  readonly nameOf: NameOf;
}

/**
 * The agent's namespace.
 *
 * It admits what the agent's pod needs, and it stays when it is taken out of the manifests or they are taken down:
 * others may live in it, and go with it.
 */
export class AgentNamespace extends Construct {
  constructor(scope: Construct, id: string, { name, podSecurity, nameOf }: AgentNamespaceProps) {
    super(scope, id);
    const { level, needed, reasons } = podSecurity;
    const why = [
      ...(level === needed ? [] : [{ what: level, components: [nameOf(["podSecurity"])] }]),
      ...reasons.map(({ what, components }) => ({ what: `${needed} for ${what}`, components })),
    ];
    manifest(this, "namespace", "Namespace", {
      metadata: {
        name,
        labels: { "pod-security.kubernetes.io/enforce": level },
        annotations: {
          ...(why.length > 0 && { [requiredByAnnotation]: requiredBy(why) }),
          "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
          "kustomize.toolkit.fluxcd.io/prune": "disabled",
        },
      },
    });
  }
}

/** The Pod Security level of the agent's namespace. */
export interface AgentPodSecurity {
  readonly level: PodSecurityLevel;
  /** The lowest level that admits the agent's pod. */
  readonly needed: PodSecurityLevel;
  /** What the next lower level doesn't admit, and the components or the prop that want it. None at the lowest level. */
  readonly reasons: readonly Grant[];
}

type NodeGrants = Pick<PodGrants, "volumes" | "capabilities">;

/** The level that is asked for, or else the lowest that admits the agent's pod. */
export function agentPodSecurity(
  pod: PodTemplate,
  grants: NodeGrants,
  { podSecurity, nameOf = ownName }: Pick<AlloyWorkloadProps, "podSecurity" | "nameOf"> = {},
): AgentPodSecurity {
  const { level: needed, violations } = podSecurityOf(pod);
  const reasons = violations.map((violation) => ({
    what: violation.what,
    components: wantedBy(violation, grants, nameOf),
  }));
  return { level: podSecurity ?? needed, needed, reasons };
}

/** What is wrong with a level that doesn't admit the agent's pod. */
export function podSecurityMistakes({ level, needed, reasons }: AgentPodSecurity): readonly PropMistake[] {
  if (podSecurityLevels.indexOf(level) >= podSecurityLevels.indexOf(needed)) return [];
  const message = `${level} doesn't admit the agent's pod, which has ${reasons[0]?.what}; write ${needed}, or leave it out`;
  const components = [...new Set(reasons.flatMap((reason) => reason.components))];
  return [{ path: ["podSecurity"], message, components }];
}

function wantedBy(
  { what, volume, capability, container }: Violation,
  grants: NodeGrants,
  nameOf: NameOf,
): readonly string[] {
  const granted = [
    ...grants.volumes.filter((grant) => grant.volume.name === volume),
    ...grants.capabilities.filter((grant) => container === agentContainer && grant.capability === capability),
  ];
  if (granted.length > 0) return granted.flatMap(({ components }) => components);
  return [ofHostNetwork.includes(what) ? nameOf(["hostNetwork"]) : byChartValues];
}

/** The UI is on the node's loopback, where the kubelet then looks for it. */
const ofHostNetwork = [
  "the node's network",
  `a probe of the host ${loopback} of container ${agentContainer}`,
];
