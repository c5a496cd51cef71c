import { createHash } from "node:crypto";
import type { Construct } from "constructs";
import { LocalFile } from "../../../imports/alloy/local";
import { OtelcolAuthBearer } from "../../../imports/alloy/otelcol.auth";
import type { Environment } from "../../environment";
import { needsSecondStage, type StageLink } from "./second-stage";

/**
 * The first of the ports between stages, and how many there are. None is a port that Linux gives to outgoing connections
 * by default (from 32768 on), that Kubernetes gives to Services (30000 to 32767), or that Cilium gives to its proxies
 * (10000 to 20000), and Debian's `/etc/services` has none of them.
 */
const ports = { first: 23_000, count: 1_000 } as const;

/**
 * A port for each name, by what its hash says: so it stays when others come or go. Where two are for one, the name that
 * is later in the alphabet gets the next that is free.
 *
 * @param namespace of the agent: agents of two namespaces may share the network of a node
 */
export function loopbackPorts(names: readonly string[], namespace: string): ReadonlyMap<string, number> {
  const taken = new Map<number, string>();
  for (const name of [...names].sort()) {
    const hash = createHash("sha256").update(`${namespace}/${name}`).digest();
    let offset = hash.readUInt32BE() % ports.count;
    while (taken.has(offset)) offset = (offset + 1) % ports.count;
    taken.set(offset, name);
  }
  return new Map([...taken].map(([offset, name]) => [name, ports.first + offset]));
}

/** Names have no capitals: no destination's component has this label. */
const label = "STAGES";

/**
 * The way from the first stage of each destination to its second, by name; those that have one stage are not in it.
 *
 * The stages know each other by a token of each start of the agent. Others of the same network can't know it: it is
 * random, and in no file but the kernel's, which has another for each reader.
 */
export function stageLinks(
  scope: Construct,
  { destinations, namespace }: Pick<Environment, "destinations" | "namespace">,
): ReadonlyMap<string, StageLink> {
  const names = destinations.filter(needsSecondStage).map(({ name }) => name);
  if (names.length === 0) return new Map();
  const random = new LocalFile(scope, label, {
    filename: "/proc/sys/kernel/random/uuid",
    // Read once: the next time is in a hundred years.
    detector: "poll",
    pollFrequency: "876000h",
    isSecret: true,
  });
  const auth = new OtelcolAuthBearer(scope, label, { token: random.content }).handler;
  return new Map([...loopbackPorts(names, namespace)].map(([name, port]) => [name, { port, auth }]));
}
