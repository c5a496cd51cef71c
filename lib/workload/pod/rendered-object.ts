import { ApiObject, type ApiObjectProps, type JsonPatch } from "cdk8s";
import type { Construct } from "constructs";
import {
  cloneMap,
  copyJson,
  copyMap,
  isJsonMap,
  type Json,
  type JsonMap,
  type Manifest,
  WorkloadError,
} from "../../chart";
import { canonicalQuantity } from "../../schema";

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
export function clusterScoped(object: { readonly apiVersion: string; readonly kind: string }): boolean {
  const group = object.apiVersion.includes("/") ? object.apiVersion.split("/", 1).join() : "";
  return clusterScopedKinds[group]?.includes(object.kind) ?? false;
}

/**
 * A map of a rendered object, read with care: a chart may come to render another shape, and a change that no
 * longer fits it must fail and not go missing.
 */
export class Fields {
  /**
   * @param map is changed in place
   * @param where names the map in messages
   */
  constructor(
    readonly map: JsonMap,
    readonly where: string,
  ) {}

  /** The map at a path. */
  fields(...path: readonly string[]): Fields {
    let map = this.map;
    for (const key of path) {
      const value = map[key];
      if (!isJsonMap(value)) throw this.missing("map", path.join("."));
      map = value;
    }
    return new Fields(map, this.where);
  }

  /** The list of a key. */
  list(key: string): Json[] {
    const value = this.map[key];
    if (!Array.isArray(value)) throw this.missing("list", key);
    return value;
  }

  /** The maps in the list of a key. */
  maps(key: string): readonly JsonMap[] {
    return this.list(key).filter(isJsonMap);
  }

  /** The text of a key. */
  text(key: string): string {
    const value = this.map[key];
    if (typeof value !== "string") throw this.missing("text", key);
    return value;
  }

  private missing(what: string, key: string): WorkloadError {
    return new WorkloadError(
      `${this.where} has no ${what} at ${key}: what lib/workload changes there no longer fits what the chart renders`,
    );
  }
}

/** Sets what a map leaves out, in the maps that it holds too. What is there stays. */
export function fillIn(map: JsonMap, defaults: object): void {
  for (const [key, value] of Object.entries(copyMap(defaults))) {
    const present = map[key];
    if (present === undefined) {
      map[key] = value;
    } else if (isJsonMap(present) && isJsonMap(value)) {
      fillIn(present, value);
    }
  }
}

/**
 * A Kubernetes object whose fields are JSON. In others cdk8s looks at each field whether it stands for another value, and
 * up the tree for the app each time.
 */
export class PlainObject extends ApiObject {
  private isPatched = false;

  /** @param fields may be changed until it is synthesized */
  constructor(
    scope: Construct,
    id: string,
    private readonly fields: ApiObjectProps & Readonly<Record<string, unknown>>,
  ) {
    super(scope, id, fields);
  }

  override addJsonPatch(...patches: JsonPatch[]): void {
    this.isPatched = true;
    super.addJsonPatch(...patches);
  }

  /** As in every `ApiObject`: keys in the alphabet's order but for the first three, and without what is null. */
  override toJson(): JsonMap {
    if (this.isPatched) return super.toJson();
    const { apiVersion, kind, metadata: _, ...others } = this.fields;
    return { apiVersion, kind, metadata: sortedMap(this.metadata.toJson()), ...sortedMap(others) };
  }
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

  /** The object as it stands now. */
  get manifest(): Manifest {
    const { apiVersion, kind, name, metadata } = this;
    const content = { ...this.content, metadata: copyMap(metadata.toJson()) };
    return { apiVersion, kind, name, namespace: metadata.namespace, content };
  }

  /** As the API server keeps it: what it leaves out would make each apply a change. */
  override toJson(): JsonMap {
    return keptMap(super.toJson(), "");
  }
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
