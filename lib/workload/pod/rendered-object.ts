import { ApiObject, type ApiObjectProps, JsonPatch } from "cdk8s";
import type { Construct } from "constructs";
import {
  cloneMap,
  copyJson,
  copyMap,
  isJsonMap,
  type Json,
  type JsonMap,
  type Manifest,
  mapAt,
} from "../../chart";
import { canonicalQuantity } from "../../schema";

/**
 * A Kubernetes object whose fields are JSON. In others cdk8s looks at each field whether it stands for another value, and
 * up the tree for the app each time.
 */
export class PlainObject extends ApiObject {
  private readonly changes: JsonPatch[] = [];

  /** @param given may be changed until it is synthesized */
  constructor(
    scope: Construct,
    id: string,
    private readonly given: ApiObjectProps & Readonly<Record<string, unknown>>,
  ) {
    super(scope, id, given);
  }

  override addJsonPatch(...patches: JsonPatch[]): void {
    this.changes.push(...patches);
  }

  /** As in every `ApiObject`: keys in the alphabet's order but for the first three, and without what is null. */
  override toJson(): JsonMap {
    const { apiVersion, kind, changes } = this;
    const metadata = this.written(this.metadata.toJson(), "metadata");
    const json = { apiVersion, kind, metadata, ...this.fields() };
    return changes.length === 0 ? json : this.patched(JsonPatch.apply(cloneMap(json), ...changes));
  }

  /** Its fields but for those that every object has, as they are written. */
  protected fields(): JsonMap {
    return this.written(fieldsIn(this.given), "");
  }

  /** A part of it as it is written. @param name the field that has it; none has what is the object's own */
  protected written(map: object, _name: string): JsonMap {
    return sortedMap(map);
  }

  protected patched(json: JsonMap): JsonMap {
    return json;
  }
}

/** The fields of an object but for those that every object has. */
function fieldsIn(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { apiVersion: _, kind: __, metadata: ___, ...others } = object;
  return others;
}

/** @throws TypeError on anything that JSON cannot say */
function sorted(value: unknown): Json {
  if (Array.isArray(value)) return value.map(sorted);
  return typeof value === "object" && value !== null ? sortedMap(value) : copyJson(value);
}

function sortedMap(map: object): JsonMap {
  const values: Readonly<Record<string, unknown>> = { ...map };
  const result: JsonMap = {};
  for (const key of Object.keys(values).sort()) {
    const value = values[key];
    if (value !== null && value !== undefined) result[key] = sorted(value);
  }
  return result;
}

/** A Kubernetes object that a chart rendered, and that can be changed until it is synthesized. */
export class RenderedObject extends PlainObject {
  private changed: JsonMap | undefined;

  /**
   * @param rendered is copied when it is to be changed
   * @param namespace for a namespaced object whose manifest names none
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly rendered: Manifest,
    namespace: string,
  ) {
    const { apiVersion, kind, name, content } = rendered;
    const { namespace: _, ...metadata } = mapAt(content, "metadata");
    const place = clusterScoped(rendered) ? {} : { namespace: rendered.namespace ?? namespace };
    super(scope, id, { apiVersion, kind, metadata: { ...metadata, name, ...place } });
  }

  /** The object, to be changed. Its metadata is changed by `metadata`, as in every `ApiObject`. */
  get content(): JsonMap {
    this.changed ??= cloneMap(this.rendered.content);
    return this.changed;
  }

  /** The object as it stands now. */
  get manifest(): Manifest {
    const { apiVersion, kind, name, metadata } = this;
    const content = { ...this.content, metadata: copyMap(metadata.toJson()) };
    return { apiVersion, kind, name, namespace: metadata.namespace, content };
  }

  protected override fields(): JsonMap {
    if (this.changed !== undefined) return this.written(fieldsIn(this.changed), "");
    const { content } = this.rendered;
    const fields = known.get(content) ?? frozen(this.written(fieldsIn(content), ""));
    known.set(content, fields);
    return fields;
  }

  /** As the API server keeps it: what it leaves out would make each apply a change. */
  protected override written(map: object, name: string): JsonMap {
    return keptMap(super.written(map, name), name);
  }

  protected override patched(json: JsonMap): JsonMap {
    return keptMap(json, "");
  }
}

/** The built-in kinds of Kubernetes 1.28 and later that live in no namespace, by API group. */
const clusterScopedKinds: Readonly<Record<string, readonly string[]>> = {
  "": ["Namespace", "Node", "PersistentVolume"],
  "admissionregistration.k8s.io": [
    "MutatingAdmissionPolicy",
    "MutatingAdmissionPolicyBinding",
    "MutatingWebhookConfiguration",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
  ],
  "apiextensions.k8s.io": ["CustomResourceDefinition"],
  "apiregistration.k8s.io": ["APIService"],
  "certificates.k8s.io": ["CertificateSigningRequest", "ClusterTrustBundle"],
  "flowcontrol.apiserver.k8s.io": ["FlowSchema", "PriorityLevelConfiguration"],
  "networking.k8s.io": ["IngressClass", "IPAddress", "ServiceCIDR"],
  "node.k8s.io": ["RuntimeClass"],
  "rbac.authorization.k8s.io": ["ClusterRole", "ClusterRoleBinding"],
  "resource.k8s.io": ["DeviceClass", "DeviceTaintRule", "ResourceSlice"],
  "scheduling.k8s.io": ["PriorityClass"],
  "storage.k8s.io": ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "VolumeAttributesClass"],
};

/** Whether an object lives in no namespace. Kinds that Kubernetes doesn't bring along count as namespaced. */
function clusterScoped(object: { readonly apiVersion: string; readonly kind: string }): boolean {
  const group = object.apiVersion.includes("/") ? object.apiVersion.split("/", 1).join() : "";
  return clusterScopedKinds[group]?.includes(object.kind) ?? false;
}

/** The fields of manifests as they are written: those of a fleet share them. */
const known = new WeakMap<Manifest["content"], JsonMap>();

/** A value that nothing can change any more, nor any part of it: several objects share it. */
function frozen<T extends Json>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/** Fields that the API server leaves out, or gives their default, where they are empty, false or zero; by what has them. */
const unsetWhenZero: Readonly<Record<string, readonly string[]>> = {
  spec: ["minReadySeconds"],
  env: ["value"],
  volumeMounts: ["readOnly", "subPath"],
  tolerations: ["key", "operator", "value", "effect"],
  emptyDir: ["medium"],
  nfs: ["readOnly"],
  persistentVolumeClaim: ["readOnly"],
  serviceAccountToken: ["audience"],
  httpGet: ["host"],
  tcpSocket: ["host"],
  ...Object.fromEntries(
    ["livenessProbe", "readinessProbe", "startupProbe"].map((probe) => [
      probe,
      ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"],
    ]),
  ),
};

/** Maps of quantities, and fields that are one. */
const quantities: ReadonlySet<string> = new Set(["limits", "requests", "sizeLimit", "divisor"]);

/** Maps whose names are an operator's own: what stands in them is kept as it is, and they are left out where they are empty. */
const namedMaps: ReadonlySet<string> = new Set([
  "annotations",
  "data",
  "labels",
  "limits",
  "matchLabels",
  "nodeSelector",
  "requests",
  "volumeAttributes",
]);

/**
 * A part of an object without what the API server leaves out of it.
 *
 * @param name the field that has it; of an item, that which has the list
 */
function kept(value: Json, name: string): Json {
  if (Array.isArray(value)) return value.map((item) => kept(item, name));
  if (quantities.has(name)) {
    return isJsonMap(value)
      ? Object.fromEntries(
          Object.entries(value).map(([of, amount]) => [of, canonicalQuantity(String(amount))]),
        )
      : canonicalQuantity(String(value));
  }
  return isJsonMap(value) && !namedMaps.has(name) ? keptMap(value, name) : value;
}

function keptMap(map: JsonMap, name: string): JsonMap {
  const unset = unsetWhenZero[name] ?? [];
  const result: JsonMap = {};
  for (const [field, value] of Object.entries(map)) {
    if (isEmpty(value, field) || (!value && unset.includes(field))) continue;
    result[field] = kept(value, field);
  }
  return result;
}

function isEmpty(value: Json, field: string): boolean {
  return Array.isArray(value)
    ? value.length === 0
    : isJsonMap(value) && namedMaps.has(field) && Object.keys(value).length === 0;
}
