import type { ApiObject } from "cdk8s";
import type { k8s } from "cdk8s-plus-28";
import type { Construct } from "constructs";
import { PlainObject } from "../pod/rendered-object";
import type { PrometheusRule } from "./configuration";
import type { ExternalSecret, VaultStaticSecret } from "./secrets";

/** The kinds of objects that this project writes itself, with their fields beside kind and version. */
interface Kinds {
  readonly ClusterRole: Of<k8s.KubeClusterRoleProps>;
  readonly ClusterRoleBinding: Of<k8s.KubeClusterRoleBindingProps>;
  readonly ConfigMap: Of<k8s.KubeConfigMapProps>;
  readonly ExternalSecret: Of<{ readonly spec: ExternalSecret["spec"] }>;
  readonly Namespace: Of<k8s.KubeNamespaceProps>;
  readonly NetworkPolicy: Of<k8s.KubeNetworkPolicyProps>;
  readonly PrometheusRule: Of<{ readonly spec: PrometheusRule["spec"] }>;
  readonly Role: Of<k8s.KubeRoleProps>;
  readonly RoleBinding: Of<k8s.KubeRoleBindingProps>;
  readonly VaultStaticSecret: Of<{ readonly spec: VaultStaticSecret["spec"] }>;
}

const apiVersions: { readonly [Kind in keyof Kinds]: string } = {
  ClusterRole: "rbac.authorization.k8s.io/v1",
  ClusterRoleBinding: "rbac.authorization.k8s.io/v1",
  ConfigMap: "v1",
  ExternalSecret: "external-secrets.io/v1",
  Namespace: "v1",
  NetworkPolicy: "networking.k8s.io/v1",
  PrometheusRule: "monitoring.coreos.com/v1",
  Role: "rbac.authorization.k8s.io/v1",
  RoleBinding: "rbac.authorization.k8s.io/v1",
  VaultStaticSecret: "secrets.hashicorp.com/v1beta1",
};

/** What an object is called, and what is said of it. */
interface Metadata {
  readonly name: string;
  /** Absent: the object is the whole cluster's. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

type Of<Fields> = Written<Omit<Fields, "metadata">> & { readonly metadata: Metadata };

/** As it is written: cdk8s' classes stand for numbers and strings, and nothing changes a list. */
type Written<T> = T extends k8s.IntOrString
  ? number | string
  : T extends readonly (infer Item)[]
    ? readonly Written<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Written<T[Key]> }
      : T;

/**
 * An object of Kubernetes whose kind and fields the compiler knows: `ApiObject` takes anything.
 *
 * The types are cdk8s-plus-28's; its classes are not loaded, which takes longer than synth.
 */
export function manifest<Kind extends keyof Kinds>(
  scope: Construct,
  id: string,
  kind: Kind,
  fields: Kinds[Kind],
): ApiObject {
  return new PlainObject(scope, id, { apiVersion: apiVersions[kind], kind, ...fields });
}
