import { type Manifest, mapAt, mapsAt, textsAt } from "../../../lib/chart";
import { groupBy } from "../../../lib/schema";
import { accessIn, type PolicyRule, podSecurityOf, tokenHolders } from "../../../lib/workload";
import { type Sign, type Statement, sentence } from "../statement";
import { type Agent, flagValue } from "./agent";
import { connectionsOf, isConnection, isOpenNetwork } from "./connections";

/** An environment's objects, and the agent among them. */
export interface Deployed {
  readonly manifests: readonly Manifest[];
  /** @default - none */
  readonly agent: Agent | undefined;
}

/** What the agent may do from now on, and what it may do no more. */
export function accessStatements(before: Deployed, after: Deployed): readonly Statement[] {
  const [old, present] = [accessOf(before), accessOf(after)];
  const gained = present.filter((one) => !old.some((other) => isSame(one, other)));
  const lost = old.filter((one) => !present.some((other) => isSame(one, other)));
  // Where all connections are allowed, or were, a single one is neither gained nor lost.
  const [wasOpen, isOpen] = [
    lost.some(({ what }) => isOpenNetwork(what)),
    gained.some(({ what }) => isOpenNetwork(what)),
  ];
  const isSingle = ({ what }: Access) => isConnection(what) && !isOpenNetwork(what);
  return [
    ...joined(gained).map((one) => said(wasOpen && isSingle(one) ? " " : "+", one.what)),
    ...joined(lost.filter((one) => !isOpen || !isSingle(one))).map(({ what }) => said("-", what)),
  ];
}

function said(sign: Sign, what: string): Statement {
  return sentence("Access", sign, `${sign}${what}`, what);
}

/** Something that the agent may do. */
interface Access {
  /** In words; `{}` stands for a part of it. */
  readonly what: string;
  /** Which part: a verb of a right, a key of a Secret. @default - it has none */
  readonly part?: string;
}

function isSame(one: Access, other: Access): boolean {
  return one.what === other.what && one.part === other.part;
}

/** What is the same but for its part, as one with all the parts: `get, list, watch pods in the whole cluster`. */
function joined(all: readonly Access[]): readonly Access[] {
  return [...groupBy(all, ({ what }) => what)].map(([what, same]) => ({
    what: what.replace("{}", () => [...new Set(same.flatMap(({ part }) => part ?? []))].join(", ")),
  }));
}

/** All that the agent may do outside of its own containers, as its manifests say. */
function accessOf({ manifests, agent }: Deployed): readonly Access[] {
  if (agent === undefined) return [];
  const { pod } = agent;
  const { paths, secrets, capabilities, containers, others } = accessIn(
    pod,
    manifests.filter(({ kind }) => !kind.endsWith("Role")),
  );
  const holders = tokenHolders(pod);
  const whole = [
    ...paths.map(({ what }) => what),
    ...capabilities.map(({ what }) => what),
    ...containers.flatMap(({ name, user, beyond }) => [
      `container ${name} as ${/^\d+$/.test(user) ? `user ${user}` : user.replace("image's", "image's user")}`,
      ...beyond.map(({ what }) => what),
    ]),
    ...others.map(({ what }) => what),
    ...(holders === "all" ? [] : holders.map((name) => `token for the Kubernetes API in container ${name}`)),
    ...levelsOf(manifests, agent),
    ...uiOf(agent),
    ...connectionsOf(manifests, agent),
  ];
  return [
    ...whole.map((what) => ({ what })),
    ...manifests.flatMap(rightsOf),
    ...secrets.flatMap(({ secret, what, keys = ["all keys"] }) =>
      keys.map((part) => ({ what: what.replace(secret, `${secret}, {},`), part })),
    ),
  ];
}

/** Each verb on each resource that a role gives. */
function rightsOf({ kind, namespace, content }: Manifest): readonly Access[] {
  if (kind !== "Role" && kind !== "ClusterRole") return [];
  const place = kind === "Role" ? `in namespace ${namespace}` : "in the whole cluster";
  return mapsAt(content, "rules").flatMap((rule) => {
    const texts = (name: keyof PolicyRule) => textsAt(rule, name);
    const objects = texts("resourceNames");
    const only = objects.length === 0 ? "" : ` ${objects.join(", ")}`;
    const resources = texts("apiGroups").flatMap((group) =>
      texts("resources").map((resource) => (group === "" ? resource : `${resource}.${group}`)),
    );
    const all = [...resources, ...textsAt(rule, "nonResourceURLs")];
    return all.flatMap((resource) =>
      texts("verbs").map((part) => ({ what: `{} ${resource}${only} ${place}`, part })),
    );
  });
}

/** The Pod Security level of the namespace, or, where others own it, the lowest that admits the pod. */
function levelsOf(manifests: readonly Manifest[], { pod, workload }: Agent): readonly string[] {
  const namespace = manifests.find(({ kind, name }) => kind === "Namespace" && name === workload.namespace);
  if (namespace === undefined) {
    return [`a namespace of others that admits the Pod Security level ${podSecurityOf(pod).level}`];
  }
  const labels = mapAt(mapAt(namespace.content, "metadata"), "labels");
  const level = labels["pod-security.kubernetes.io/enforce"] ?? "privileged";
  return [`Pod Security level ${level} for all of namespace ${namespace.name}`];
}

/** Where Alloy's UI listens, on the node's network. */
function uiOf({ pod }: Agent): readonly string[] {
  if (pod.spec.hostNetwork !== true) return [];
  const addresses = mapsAt(pod.spec, "containers").flatMap(
    (container) => flagValue(textsAt(container, "args"), "--server.http.listen-addr") ?? [],
  );
  return addresses.map((address) => `UI at ${address} of the node`);
}
