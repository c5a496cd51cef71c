import { Construct } from "constructs";
import { defaultConfigMapKey, defaultConfigMapName } from "../../chart";
import { defaultNamespace } from "../../environment";
import { manifest } from "./manifest";

/** What an {@link AlloyConfigMap} takes. */
export interface AlloyConfigMapProps {
  /** Alloy's configuration. */
  readonly text: string;
  /** @default "monitoring" */
  readonly namespace?: string;
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
    manifest(this, "ConfigMap", "ConfigMap", {
      metadata: { name: this.name, namespace: props.namespace ?? defaultNamespace },
      data: { [this.key]: props.text },
    });
  }
}
