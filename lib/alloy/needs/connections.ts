import type {
  ConnectionRequirement,
  FindBlock,
  Requirement,
  UnknownRequirement,
} from "../schema/requirement";
import { attributeIn, type BodySyntax, textOf } from "../syntax/tree";
import { attributesNamed, type Found, literal, literals } from "./literals";
import { type Target, targetsOf } from "./targets";

/** Where an attribute names a server that its component connects to. */
const serverNames =
  /^((?!proxy_from_)\w*_)?(url|urls|uri|endpoint|endpoints|server|servers|address|addresses|addr|brokers?|hosts?|dsn|data_source_names?|connection_string|bootstrap_servers)$/;

/** The ports that a scheme stands for. */
const usualPorts: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/** A connection to what a URL or `host:port` names; none to a socket; undefined where it names no port. */
export function connectionTo(text: string): readonly ConnectionRequirement[] | undefined {
  if (/^unix:/.test(text)) return [];
  const [, scheme = "", host, digits] =
    /^(?:([a-z][a-z\d+.-]*):\/\/)?(?:[^@/\s]*@)?(\[[\da-fA-F:.]+\]|[\w.-]+)(?::(\d{1,5}))?(?:[/?].*)?$/.exec(
      text,
    ) ?? [];
  const port = digits === undefined ? usualPorts[scheme.toLowerCase()] : Number(digits);
  return host === undefined || port === undefined || port > 65_535
    ? undefined
    : [{ kind: "connection", to: { type: "host", host: host.toLowerCase(), port } }];
}

/** What a component connects to by the arguments that name servers; what it connects to by itself is not known. */
export function clientNeed(body: BodySyntax): readonly Requirement[] {
  const found = attributesNamed(body, serverNames).filter(
    ({ value }) => value.kind !== "literal" || value.value,
  );
  return found.length === 0 ? [unknown({})] : found.flatMap(serversOf);
}

/** As {@link clientNeed}, of a component that without such arguments connects to nothing. */
export function optionalClientNeed(body: BodySyntax): readonly Requirement[] {
  return attributesNamed(body, serverNames)
    .filter(({ value }) => value.kind !== "literal" || value.value)
    .flatMap(serversOf);
}

function serversOf(found: Found): readonly Requirement[] {
  const { value } = found;
  if (value.kind === "list") {
    return value.items.flatMap((item) => serversOf({ ...found, value: item, at: item.at ?? found.at }));
  }
  const text = textOf(value);
  return (text === undefined ? undefined : connectionTo(text)) ?? [unknown(found)];
}

function unknown({ path, at }: Partial<Found>): UnknownRequirement {
  return { kind: "unknown", of: "connection", argument: path, at };
}

/** What a component that scrapes connects to: its targets, and where it gets tokens or goes through. */
export function scrapedNeed(body: BodySyntax, find: FindBlock): readonly Requirement[] {
  const targets = attributeIn(body, "targets");
  const clients = optionalClientNeed(body);
  if (targets === undefined) return clients;
  const scheme = literal(body, "scheme");
  const port = scheme === "https" ? 443 : 80;
  return [...targetsOf(targets, find).flatMap((target) => connectionsOf(target, port)), ...clients];
}

function connectionsOf(target: Target, usualPort: number): readonly Requirement[] {
  switch (target.in) {
    case "process":
    case "matched":
      return [];
    case "pods":
      return [{ kind: "connection", to: target.pods }];
    case "map": {
      const address = target.labels.get("__address__");
      const known = typeof address === "string" ? hostOf(address, usualPort) : undefined;
      return known ?? [unknown({ path: "targets", at: target.value.at })];
    }
    case "relabelled":
      return [
        ...target.of.flatMap((one) => connectionsOf(one, usualPort)),
        ...target.rules.flatMap((rule) => rewritten(rule, usualPort)),
      ];
    case "unknown":
      return [unknown({ path: "targets", at: target.value.at })];
  }
}

/** Where a rule sends the scrapes of what it relabels. With a part of a label, that is another port of the same host. */
function rewritten(rule: BodySyntax, usualPort: number): readonly Requirement[] {
  const replacement = attributeIn(rule, "replacement");
  if (literal(rule, "target_label") !== "__address__" || replacement === undefined) return [];
  const text = textOf(replacement);
  if (text?.includes("$")) return [];
  return (
    (text === undefined ? undefined : hostOf(text, usualPort)) ?? [
      unknown({ path: "targets", at: replacement.at }),
    ]
  );
}

/** A target without a port has that of its scheme. */
function hostOf(address: string, usualPort: number): readonly ConnectionRequirement[] | undefined {
  return connectionTo(address) ?? connectionTo(`${address}:${usualPort}`);
}

/** What monitors of Prometheus' operator choose: pods of any namespace. */
export function monitoredNeed(): readonly Requirement[] {
  return [{ kind: "connection", to: { type: "pods", labels: {} } }];
}

/** Detectors of clouds ask the address that all of them have for it; that of others is not known. */
export function detectorsNeed(body: BodySyntax): readonly Requirement[] {
  const names = attributeIn(body, "detectors") === undefined ? ["env"] : literals(body, "detectors");
  if (names === undefined) return [unknown({ path: "detectors", at: attributeIn(body, "detectors")?.at })];
  return names.flatMap((detector): readonly Requirement[] => {
    if (["env", "system", "kubernetes_node", "kubeadm", "openshift"].includes(detector)) return [];
    return clouds.includes(detector)
      ? [{ kind: "connection", to: { type: "host", host: "169.254.169.254", port: 80 } }]
      : [unknown({})];
  });
}

const clouds = ["ec2", "ecs", "eks", "azure", "aks", "gcp"];
