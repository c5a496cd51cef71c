import { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import { cloneMap, isJsonMap, type JsonMap } from "../chart/json";
import type { Manifest } from "../chart/manifest";
import { clusterScoped } from "../cluster-scoped";

/** A Kubernetes object that a chart rendered, and that can be changed until it is synthesized. */
export class RenderedObject extends ApiObject {
  /** The object, to be changed. Its metadata is changed by `metadata`, as in every `ApiObject`. */
  readonly content: JsonMap;

  /**
   * @param manifest is copied
   * @param namespace for a namespaced object whose manifest names none
   */
  constructor(scope: Construct, id: string, manifest: Manifest, namespace: string) {
    const copy = cloneMap(manifest.content);
    const { namespace: _, ...metadata } = isJsonMap(copy.metadata) ? copy.metadata : {};
    const content = {
      ...copy,
      apiVersion: manifest.apiVersion,
      kind: manifest.kind,
      metadata: {
        ...metadata,
        name: manifest.name,
        ...(clusterScoped(manifest) ? {} : { namespace: manifest.namespace ?? namespace }),
      },
    };
    super(scope, id, content);
    this.content = content;
  }
}
