import { Construct } from "constructs";
import { defaultConfigMapKey, defaultConfigMapName } from "../../chart";
import type { AgentPodSecurity } from "../access/pod-security";
import { requiredBy, requiredByAnnotation } from "../grants/required";
import type { NameOf } from "../props/props";
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

/** What an {@link AlloyConfigMap} takes. */
export interface AlloyConfigMapProps {
  /** Alloy's configuration. */
  readonly text: string;
  readonly namespace: string;
  /** @default "alloy-config" */
  readonly name?: string;
  /** @default "config.alloy" */
  readonly key?: string;
}

/** The ConfigMap from which the agent reads its configuration. */
export class AlloyConfigMap extends Construct {
  readonly name: string;
  readonly key: string;

  constructor(scope: Construct, id: string, props: AlloyConfigMapProps) {
    super(scope, id);
    this.name = props.name ?? defaultConfigMapName;
    this.key = props.key ?? defaultConfigMapKey;
    manifest(this, "config-map", "ConfigMap", {
      metadata: { name: this.name, namespace: props.namespace },
      data: { [this.key]: props.text },
    });
  }
}
